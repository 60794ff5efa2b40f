import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the packages of the page are installed, and which versions they have. */
export interface LwcPackages {
  /** The engine as an ES module. */
  readonly engineFile: string;
  readonly syntheticShadowFile: string;
  readonly baseComponentsDirectory: string;
  readonly designSystemDirectory: string;
  /** Versions of everything that ends up in the vendor bundle, e.g. `lwc 9.4.3`. */
  readonly versions: readonly string[];
}

function packageVersion(directory: string): string {
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/**
 * Finds the packages from the `lwc` package's own place, because another LWC engine (that of the component tests) may
 * be installed beside it: engine, synthetic shadow and compiler have to be of one version.
 * @throws when the compiler's version is not the engine's
 */
export function locateLwcPackages(): LwcPackages {
  const own = createRequire(import.meta.url);
  const lwcDirectory = dirname(own.resolve('lwc'));
  const ofLwc = createRequire(join(lwcDirectory, 'package.json'));
  const moduleFile = (name: string) => join(dirname(ofLwc.resolve(name)), 'index.js');
  const version = packageVersion(lwcDirectory);
  const compilerVersion = packageVersion(dirname(dirname(own.resolve('@lwc/rollup-plugin'))));
  const engineFile = moduleFile('@lwc/engine-dom');
  const engineVersion = packageVersion(dirname(dirname(engineFile)));
  if (engineVersion !== version || compilerVersion !== version) {
    throw new Error(
      `lwc ${version}, its engine ${engineVersion} and compiler ${compilerVersion} must be of one version`,
    );
  }
  const baseComponentsDirectory = dirname(own.resolve('lightning-base-components/package.json'));
  return {
    engineFile,
    syntheticShadowFile: moduleFile('@lwc/synthetic-shadow'),
    baseComponentsDirectory,
    designSystemDirectory: dirname(own.resolve('@salesforce-ux/design-system/package.json')),
    versions: [`lwc ${version}`, `lightning-base-components ${packageVersion(baseComponentsDirectory)}`],
  };
}
