/** The part of LWC's wire protocol that the page's adapters implement. */
export interface WireAdapterInstance<Config> {
  connect(): void;
  update(config: Config): void;
  disconnect(): void;
}

type Emit = (value: unknown) => void;

/** A subscription of one wire: `load` fetches, `emit` delivers unless a newer configuration has replaced this one. */
interface Fetching<Config> {
  /** The request for this configuration, or undefined while a required parameter is missing. */
  request(config: Config): (() => Promise<unknown>) | undefined;
  /** Groups wires that are to be read again together, e.g. a record id. */
  topic?(config: Config): string;
}

/** Tells wires to read again, by topic. */
export interface RefreshTopics {
  add(topic: string, refresh: () => Promise<void>): () => void;
  refresh(topic: string): Promise<void>;
}

export function createRefreshTopics(): RefreshTopics {
  const refreshes = new Map<string, Set<() => Promise<void>>>();
  return {
    add(topic, refresh) {
      const members = refreshes.get(topic) ?? new Set();
      refreshes.set(topic, members.add(refresh));
      return () => members.delete(refresh);
    },
    async refresh(topic) {
      await Promise.all([...(refreshes.get(topic) ?? [])].map((refresh) => refresh()));
    },
  };
}

function freezeDeeply<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freezeDeeply);
  }
  return value;
}

/**
 * Makes a wire adapter that emits `{data: undefined, error: undefined}` first and then the answer, read-only, as the
 * platform's do; an answer for an earlier configuration is dropped.
 * @param shape how a result and an error are put to the component
 */
export function createFetchingAdapter<Config>(
  fetching: Fetching<Config>,
  topics: RefreshTopics,
  shape: (result: { data?: unknown; error?: unknown }, refresh: () => Promise<void>) => unknown,
): new (emit: Emit) => WireAdapterInstance<Config> {
  return class implements WireAdapterInstance<Config> {
    private readonly emit: Emit;
    private connected = false;
    private config: Config | undefined;
    private generation = 0;
    private leaveTopic: (() => void) | undefined;

    constructor(emit: Emit) {
      this.emit = emit;
      emit(shape({}, () => this.refresh()));
    }

    connect() {
      this.connected = true;
    }

    update(config: Config) {
      this.config = config;
      this.leaveTopic?.();
      this.leaveTopic = topics.add(fetching.topic?.(config) ?? '', () => this.refresh());
      void this.refresh();
    }

    disconnect() {
      this.connected = false;
      this.generation += 1;
      this.leaveTopic?.();
      this.leaveTopic = undefined;
    }

    private async refresh(): Promise<void> {
      const send = this.config === undefined ? undefined : fetching.request(this.config);
      this.generation += 1;
      const { generation } = this;
      if (send === undefined) {
        return;
      }
      const result = await send().then(
        (data) => ({ data: freezeDeeply(data) }),
        (error: unknown) => ({ error }),
      );
      if (this.connected && generation === this.generation) {
        this.emit(shape(result, () => this.refresh()));
      }
    }
  };
}
