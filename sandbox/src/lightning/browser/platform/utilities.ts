/** What a utility shows in the bar and how large its panel is. */
export interface UtilityState {
  readonly id: string;
  readonly label: string;
  /** With its category, e.g. `utility:call`. */
  readonly iconName: string;
  readonly highlighted: boolean;
  readonly open: boolean;
  readonly panelLabel: string;
  readonly panelIconName: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

type Listener = (utilities: readonly UtilityState[]) => void;

export interface Utilities {
  readonly all: readonly UtilityState[];
  add(utility: Omit<UtilityState, 'highlighted' | 'open' | 'panelLabel' | 'panelIconName'>): void;
  /** @throws for an id that is no utility's */
  change(id: string, change: Partial<Omit<UtilityState, 'id'>>): void;
  /** Opens one panel and minimises the others. */
  open(id: string): void;
  subscribe(listener: Listener): () => void;
}

export function createUtilities(): Utilities {
  const listeners = new Set<Listener>();
  let all: readonly UtilityState[] = [];
  const set = (utilities: readonly UtilityState[]) => {
    all = utilities;
    listeners.forEach((listener) => listener(all));
  };
  const check = (id: string) => {
    if (!all.some((utility) => utility.id === id)) {
      throw new Error(`There is no utility ${id}`);
    }
  };
  return {
    get all() {
      return all;
    },
    add(utility) {
      const { label, iconName } = utility;
      set([
        ...all,
        { ...utility, highlighted: false, open: false, panelLabel: label, panelIconName: iconName },
      ]);
    },
    change(id, change) {
      check(id);
      set(all.map((utility) => (utility.id === id ? { ...utility, ...change } : utility)));
    },
    open(id) {
      check(id);
      set(all.map((utility) => ({ ...utility, open: utility.id === id })));
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(all);
      return () => listeners.delete(listener);
    },
  };
}

/** The utilities of the page's one utility bar. */
export const utilities = createUtilities();

/** Click listeners of components, by utility id. */
export const utilityClicks = new EventTarget();
