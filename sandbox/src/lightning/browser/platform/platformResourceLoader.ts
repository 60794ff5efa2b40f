import { environment } from './environment.ts';

/** Resources that are loaded or being loaded: the platform too loads each address once. */
const loads = new Map<string, Promise<void>>();

function once(url: string, load: () => Promise<void>): Promise<void> {
  const running = loads.get(url);
  if (running !== undefined) {
    return running;
  }
  const started = load();
  loads.set(url, started);
  // A failed load may be tried again.
  started.catch(() => loads.delete(url));
  return started;
}

/** Runs a script once. @throws when it can't be loaded */
export function loadScript(_component: unknown, url: string): Promise<void> {
  return once(url, () => environment.runScript(url));
}

/** Adds a style sheet once. @throws when it can't be loaded */
export function loadStyle(_component: unknown, url: string): Promise<void> {
  return once(
    url,
    () =>
      new Promise<void>((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = url;
        link.onload = () => resolve();
        link.onerror = () => reject(new Error(`The style sheet ${url} could not be loaded`));
        document.head.append(link);
      }),
  );
}
