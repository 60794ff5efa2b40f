type Namespace = Readonly<Record<string, unknown>>;

/** A bundle of the page: it asks for modules of other bundles and offers its own. */
export type BundleFactory = (require: (name: string) => Namespace) => {
  readonly modules: Readonly<Record<string, Namespace>>;
};

export interface ModuleRegistry {
  provide(name: string, namespace: Namespace): void;
  /** Runs a bundle and takes over the modules it offers. */
  load(factory: BundleFactory): void;
  /** @throws when no bundle has offered the module */
  require(name: string): Namespace;
}

export function createModuleRegistry(): ModuleRegistry {
  const namespaces = new Map<string, Namespace>();
  const require = (name: string): Namespace => {
    const namespace = namespaces.get(name);
    if (namespace === undefined) {
      throw new Error(`The page has no module ${name}`);
    }
    return namespace;
  };
  return {
    require,
    provide: (name, namespace) => namespaces.set(name, namespace),
    load(factory) {
      for (const [name, namespace] of Object.entries(factory(require).modules)) {
        namespaces.set(name, namespace);
      }
    },
  };
}
