import type { BundleFactory } from './moduleRegistry.ts';

/** Where components of `c` and the scripts they load run: on the page itself, or inside a membrane. */
export interface ComponentRealm {
  loadBundle(): Promise<BundleFactory>;
  runScript(url: string): Promise<void>;
}

/** The page itself. */
export function createPageRealm(bundleUrl: string): ComponentRealm {
  return {
    async loadBundle() {
      const bundle = (await import(bundleUrl)) as { default: BundleFactory };
      return bundle.default;
    },
    runScript: (url) =>
      new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = url;
        script.onload = () => resolve();
        script.onerror = () => reject(new Error(`The script ${url} could not be loaded`));
        document.head.append(script);
      }),
  };
}
