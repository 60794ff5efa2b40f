const REFRESH_EVENT_NAME = 'lightning__refresh';

/** Dispatched by a component, it asks the container around it to have its data read again. */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(REFRESH_EVENT_NAME, { bubbles: true, composed: true });
  }
}

export const RefreshComplete = 'RefreshComplete';
export const RefreshCompleteWithError = 'RefreshCompleteWithError';
export const RefreshError = 'RefreshError';

type RefreshHandler = () => unknown;

interface Container {
  readonly id: symbol;
  readonly element: EventTarget;
  readonly listener: (event: Event) => void;
}

/** Handlers and containers of the page, which is one view for refreshing. */
const handlers = new Map<symbol, RefreshHandler>();
const containers = new Map<symbol, Container>();

/**
 * Has `handler` called when the view is refreshed.
 * @returns the id to unregister with
 */
export function registerRefreshHandler(_component: unknown, handler: RefreshHandler): symbol {
  const id = Symbol('refresh handler');
  handlers.set(id, handler);
  return id;
}

export function unregisterRefreshHandler(id: symbol): void {
  handlers.delete(id);
}

/**
 * Makes an element the container that answers the refresh events of what is inside it.
 * @param onRefresh is told when all handlers are done
 */
export function registerRefreshContainer(
  element: EventTarget,
  onRefresh: (done: Promise<unknown>) => void = () => undefined,
): symbol {
  const id = Symbol('refresh container');
  const listener = (event: Event) => {
    event.stopPropagation();
    onRefresh(Promise.allSettled([...handlers.values()].map((handler) => Promise.resolve(handler()))));
  };
  element.addEventListener(REFRESH_EVENT_NAME, listener);
  containers.set(id, { id, element, listener });
  return id;
}

export function unregisterRefreshContainer(id: symbol): void {
  const container = containers.get(id);
  container?.element.removeEventListener(REFRESH_EVENT_NAME, container.listener);
  containers.delete(id);
}
