import { environment } from './environment.ts';
import { addressOf, referenceOf } from './pageReference.ts';
import type { PageReference } from './pageReference.ts';

type Listener = (reference: PageReference) => void;

interface Router {
  readonly current: PageReference;
  /** Calls the listener now and at every navigation; returns what ends that. */
  subscribe(listener: Listener): () => void;
  /** Shows a page, keeping the one before in the history unless `replace` is set. */
  go(reference: PageReference, replace?: boolean): void;
  address(reference: PageReference): string | undefined;
}

function createRouter(page: Window): Router {
  const listeners = new Set<Listener>();
  const read = () => referenceOf(new URL(page.location.href), environment.keptParameters);
  let current = read();
  const show = () => {
    current = read();
    listeners.forEach((listener) => listener(current));
  };
  const address = (reference: PageReference) => addressOf(reference, environment.keptParameters);
  page.addEventListener('popstate', show);
  return {
    get current() {
      return current;
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
    go(reference, replace = false) {
      if (reference.type === 'standard__webPage') {
        page.open(reference.attributes['url'], '_blank', 'noopener');
        return;
      }
      const target = address(reference);
      if (target === undefined) {
        throw new Error(`The local Lightning page has no ${reference.type}`);
      }
      if (replace) {
        page.history.replaceState(null, '', target);
      } else {
        page.history.pushState(null, '', target);
      }
      show();
    },
    address,
  };
}

/** The page's one router: an address bar exists once. */
export const router = createRouter(window);
