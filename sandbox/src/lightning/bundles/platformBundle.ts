import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { BASE_COMPONENTS } from './baseComponents.ts';
import type { ComponentBundle } from './componentBundle.ts';
import type { Project } from '../metadata/project.ts';
import { FACTORY_OUTPUT, entryOffering, factoryModule } from './moduleFactory.ts';
import { lwcPlugins } from './lwcPlugins.ts';
import { PLATFORM_MODULES } from './platformModules.ts';
import { salesforceModuleSource } from './salesforceModules.ts';
import { USER_MODULES } from './userModules.ts';

const ENTRY = 'platform-entry';
const VIRTUAL_PREFIX = '\0virtual:';
const SHELL_ROOT = 'shell/app';
const LIGHTNING_DIRECTORY = join(import.meta.dirname, '..');

function resolvePlatformModules(project: Project, offered: readonly string[]): Plugin {
  const isFromVendor = (name: string) =>
    name === 'lwc' ||
    USER_MODULES.includes(name) ||
    name.startsWith('@salesforce/i18n/') ||
    (name.startsWith('lightning/') && BASE_COMPONENTS.includes(name.slice('lightning/'.length)));
  return {
    name: 'platform-modules',
    resolveId(name) {
      if (name === ENTRY) {
        return `\0${ENTRY}`;
      }
      if (isFromVendor(name)) {
        return { id: name, external: true };
      }
      const file = PLATFORM_MODULES.get(name);
      return file ?? (name.startsWith('@salesforce/') ? `${VIRTUAL_PREFIX}${name}` : null);
    },
    load(id) {
      if (id === `\0${ENTRY}`) {
        return entryOffering(offered);
      }
      return id.startsWith(VIRTUAL_PREFIX)
        ? (salesforceModuleSource(id.slice(VIRTUAL_PREFIX.length), project) ?? null)
        : null;
    },
  };
}

/** A binding that the page's own module lacks would only be noticed when a component happens to use it. */
function missingBindings(
  imports: ComponentBundle['imports'],
  exportsOf: (name: string) => readonly string[] | undefined,
): string[] {
  return [...imports].flatMap(([name, bindings]) => {
    const present = exportsOf(name);
    return present === undefined
      ? []
      : bindings
          .filter((binding) => binding !== '*' && !present.includes(binding))
          .map((b) => `${b} of ${name}`);
  });
}

/**
 * Bundles the page's shell, the stand-ins for the modules of Lightning Experience, and the `@salesforce/*` modules that
 * the given components import.
 * @throws when a component imports a name that the stand-in does not export
 */
export async function platformBundle(project: Project, components: ComponentBundle): Promise<string> {
  const virtual = [...components.imports.keys()].filter(
    (name) =>
      name.startsWith('@salesforce/') &&
      !name.startsWith('@salesforce/i18n/') &&
      !USER_MODULES.includes(name),
  );
  const offered = [SHELL_ROOT, ...PLATFORM_MODULES.keys(), ...virtual];
  const bundle = await rollup({
    input: ENTRY,
    plugins: [
      resolvePlatformModules(project, offered),
      nodeResolve({ modulesOnly: true, resolveOnly: ['zod'] }),
      ...lwcPlugins({
        rootDir: LIGHTNING_DIRECTORY,
        modules: [{ dir: LIGHTNING_DIRECTORY }],
        exclude: ['\0*', '**/node_modules/**'],
        enableDynamicComponents: true,
      }),
    ],
    onLog(level, log, handler) {
      // What installed packages are warned about can't be mended here.
      if (log.id?.includes('node_modules') !== true && log.code !== 'CIRCULAR_DEPENDENCY') {
        handler(level, log);
      }
    },
  });
  try {
    const [chunk] = (await bundle.generate(FACTORY_OUTPUT)).output;
    const exportedBy = new Map<string, readonly string[]>();
    for (const [name, file] of PLATFORM_MODULES) {
      exportedBy.set(name, chunk.modules[file]?.renderedExports ?? []);
    }
    const missing = missingBindings(components.imports, (name) => exportedBy.get(name));
    if (missing.length > 0) {
      throw new Error(`the local Lightning page does not offer ${missing.join(', ')}`);
    }
    return factoryModule(chunk.code);
  } finally {
    await bundle.close();
  }
}
