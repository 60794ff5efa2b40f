import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { BASE_COMPONENTS } from './baseComponents.ts';
import { FACTORY_OUTPUT, entryOffering, factoryModule } from './moduleFactory.ts';
import type { LwcPackages } from './lwcPackages.ts';
import { lwcPlugins } from './lwcPlugins.ts';
import { USER_MODULES } from './userModules.ts';

const ENTRY = 'vendor-entry';
/** Files here that decide what is in the bundle, besides the packages. */
const SOURCES_OF_BUNDLE: readonly string[] = [
  'baseComponents.ts',
  'lwcPlugins.ts',
  'moduleFactory.ts',
  'userModules.ts',
  'vendorBundle.ts',
];
const EMPTY = '\0empty';
const CLOSED_GATE = '\0closed-gate';
/** Base combobox calls `attachInternals`, which throws under synthetic shadow, unless this gate is closed. */
const GATES_TO_CLOSE: readonly string[] = ['@salesforce/gate/bc.260.enableComboboxElementInternals'];
const ICON_ADDRESS_BEFORE = "return this.src ? sanitizeURL(this.src) : '';";
const ICON_ADDRESS_AFTER =
  'return this.src ? sanitizeURL(this.src) : `/lightning/assets/slds${getIconPath(this.iconName)}`;';

/** The modules the bundle offers besides the base components: formats of the package for `en-US`. */
function offeredModules(
  lightningModules: readonly string[],
  internationalization: readonly string[],
): string[] {
  return ['lwc', ...lightningModules, ...internationalization];
}

/**
 * Icons: the package imports each of some 1,800 icons as a template (6.5 MB). Here they are drawn from the design
 * system's sprites instead, so none of them is in the bundle.
 */
function drawIconsFromSprites(): Plugin {
  return {
    name: 'icons-from-sprites',
    resolveId: (name) => (name.startsWith('lightning/iconSvgTemplates') ? EMPTY : null),
    load: (id) => (id === EMPTY ? 'export default {};' : null),
    transform(source, id) {
      if (!id.endsWith('/primitiveIcon/primitiveIcon.js')) {
        return null;
      }
      const code = source
        .replace(ICON_ADDRESS_BEFORE, ICON_ADDRESS_AFTER)
        .replace('import { getName, isValidName }', 'import { getIconPath, getName, isValidName }');
      if (!code.includes(ICON_ADDRESS_AFTER) || !code.includes('import { getIconPath,')) {
        throw new Error(
          'lightning/primitiveIcon has changed: its icons can no longer be drawn from the sprites',
        );
      }
      return { code, map: null };
    },
  };
}

function resolveVendorModules(packages: LwcPackages, offered: readonly string[]): Plugin {
  return {
    name: 'vendor-modules',
    resolveId(name) {
      if (name === ENTRY) {
        return `\0${ENTRY}`;
      }
      if (name === 'lwc') {
        return packages.engineFile;
      }
      if (name === '@lwc/synthetic-shadow') {
        return packages.syntheticShadowFile;
      }
      return GATES_TO_CLOSE.includes(name) ? CLOSED_GATE : null;
    },
    load(id) {
      if (id === CLOSED_GATE) {
        return 'export default { isOpen: () => false };';
      }
      // Base components rely on synthetic shadow, which must patch the DOM before the engine looks at it.
      return id === `\0${ENTRY}` ? `import '@lwc/synthetic-shadow';\n${entryOffering(offered)}` : null;
    },
  };
}

async function packageModules(packages: LwcPackages) {
  const text = await readFile(join(packages.baseComponentsDirectory, 'package.json'), 'utf8');
  const { lwc } = JSON.parse(text) as { lwc: { modules: { name?: string; path?: string; dir?: string }[] } };
  return lwc.modules.map(({ name, path, dir }) =>
    name === undefined || path === undefined
      ? { dir: join(packages.baseComponentsDirectory, dir ?? 'src') }
      : { name, path: join(packages.baseComponentsDirectory, path) },
  );
}

async function buildVendorBundle(packages: LwcPackages): Promise<string> {
  const modules = await packageModules(packages);
  const internationalization = modules.flatMap(({ name }) =>
    name?.startsWith('@salesforce/i18n/') === true && !USER_MODULES.includes(name) ? [name] : [],
  );
  const lightningModules = BASE_COMPONENTS.map((name) => `lightning/${name}`);
  const offered = offeredModules([...lightningModules, 'lightning/configProvider'], internationalization);
  const bundle = await rollup({
    input: ENTRY,
    external: [...USER_MODULES],
    plugins: [
      resolveVendorModules(packages, offered),
      drawIconsFromSprites(),
      ...lwcPlugins({
        modules,
        rootDir: packages.baseComponentsDirectory,
        exclude: [packages.engineFile, packages.syntheticShadowFile, '\0*'],
        enableDynamicComponents: true,
      }),
    ],
    onLog(level, log, handler) {
      // The package's own cycles and compiler warnings can't be mended here.
      if (level !== 'warn') {
        handler(level, log);
      }
    },
  });
  const { output } = await bundle.generate(FACTORY_OUTPUT);
  await bundle.close();
  return factoryModule(output[0].code);
}

async function vendorKey(packages: LwcPackages): Promise<string> {
  const hash = createHash('sha256').update(packages.versions.join('\n'));
  for (const name of SOURCES_OF_BUNDLE) {
    hash.update(await readFile(join(import.meta.dirname, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The bundle of what changes only with the installed packages: LWC's engine, synthetic shadow and the base components.
 * Built once (20 s or more) and kept in `cacheDirectory`; older ones there are removed.
 * @returns the path of the bundle's file
 */
export async function vendorBundle(options: {
  readonly packages: LwcPackages;
  readonly cacheDirectory: string;
  readonly onProgress: (text: string) => void;
}): Promise<string> {
  const name = `vendor-${await vendorKey(options.packages)}.js`;
  await mkdir(options.cacheDirectory, { recursive: true });
  const present = await readdir(options.cacheDirectory);
  const file = join(options.cacheDirectory, name);
  if (present.includes(name)) {
    return file;
  }
  options.onProgress('building the Lightning base components (once, up to a minute)');
  const code = await buildVendorBundle(options.packages);
  // A killed start must not leave half a file under the final name.
  await writeFile(`${file}.part`, code);
  await rename(`${file}.part`, file);
  for (const old of present.filter((other) => other.startsWith('vendor-') && other !== name)) {
    await rm(join(options.cacheDirectory, old), { force: true });
  }
  return file;
}
