import { relative } from 'node:path';
import { rollup } from 'rollup';
import type { Plugin, RollupLog } from 'rollup';
import { BASE_COMPONENTS } from './baseComponents.ts';
import type { Project } from '../metadata/project.ts';
import { FACTORY_OUTPUT, entryOffering } from './moduleFactory.ts';
import { lwcPlugins } from './lwcPlugins.ts';
import { PLATFORM_MODULES } from './platformModules.ts';
import { salesforceModuleSource } from './salesforceModules.ts';
import { USER_MODULES } from './userModules.ts';

const ENTRY = 'components-entry';

export interface ComponentBundle {
  /** The bundle's text, to be put into a function by `factoryModule` or `factoryExpression`. */
  readonly code: string;
  /** Modules outside the bundle, and which of their exports are used. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
}

function isOfferedOutside(name: string, project: Project): boolean {
  return (
    name === 'lwc' ||
    PLATFORM_MODULES.has(name) ||
    USER_MODULES.includes(name) ||
    (name.startsWith('lightning/') && BASE_COMPONENTS.includes(name.slice('lightning/'.length))) ||
    name.startsWith('@salesforce/i18n/') ||
    salesforceModuleSource(name, project) !== undefined
  );
}

function resolveComponentModules(project: Project): Plugin {
  const describe = (importer: string | undefined) =>
    importer === undefined ? 'the page' : relative(project.directory, importer.replace(/\?.*$/u, ''));
  return {
    name: 'component-modules',
    resolveId(name, importer) {
      if (name === ENTRY) {
        return `\0${ENTRY}`;
      }
      if (name.startsWith('.') || name.startsWith('/')) {
        return null;
      }
      if (name.startsWith('c/')) {
        return project.components.has(name.slice(2))
          ? null
          : this.error(`${name}, used by ${describe(importer)}, is no component under force-app`);
      }
      return isOfferedOutside(name, project)
        ? { id: name, external: true }
        : this.error(`${name}, used by ${describe(importer)}, is not offered by the local Lightning page`);
    },
    load: (id) =>
      id === `\0${ENTRY}` ? entryOffering([...project.components.keys()].map((name) => `c/${name}`)) : null,
  };
}

/**
 * Bundles all components under `force-app` from their sources.
 * @throws when a component, module or template is missing or does not compile, naming the file that uses it
 */
export async function componentBundle(
  project: Project,
  onWarning: (log: RollupLog) => void,
): Promise<ComponentBundle> {
  const bundle = await rollup({
    input: ENTRY,
    plugins: [
      resolveComponentModules(project),
      ...lwcPlugins({
        rootDir: project.directory,
        modules: [...project.components].map(([name, path]) => ({ name: `c/${name}`, path })),
        exclude: ['\0*'],
        // Salesforce compiles components so for Lightning Web Security; outside of it the result runs as well.
        enableLightningWebSecurityTransforms: true,
      }),
    ],
    onLog(level, log, handler) {
      if (level === 'warn') {
        onWarning(log);
      } else {
        handler(level, log);
      }
    },
  });
  try {
    const [chunk] = (await bundle.generate(FACTORY_OUTPUT)).output;
    return { code: chunk.code, imports: new Map(Object.entries(chunk.importedBindings)) };
  } finally {
    await bundle.close();
  }
}
