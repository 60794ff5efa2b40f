import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the page reads of a Salesforce project: files in source format under `force-app/main/<feature>/`. */
export interface Project {
  readonly directory: string;
  /** Source file of each component of the default namespace, by its name. */
  readonly components: ReadonlyMap<string, string>;
  /** The one file of a kind, e.g. `('messageChannels', 'Scoreline_Dial.messageChannel-meta.xml')`. */
  find(folder: string, fileName: string): string | undefined;
  /** All files of a kind, sorted. */
  findAll(folder: string, ending: string): readonly string[];
}

function componentFile(directory: string): string | undefined {
  const name = basename(directory);
  return ['ts', 'js', 'html', 'css']
    .map((extension) => join(directory, `${name}.${extension}`))
    .find((file) => existsSync(file));
}

/** Reads which components and metadata the project in `directory` has. */
export function openProject(directory: string): Project {
  const filesOf = (pattern: string) =>
    globSync(`force-app/main/*/${pattern}`, { cwd: directory })
      .map((path) => join(directory, path))
      .sort();
  const components = new Map<string, string>();
  for (const folder of filesOf('lwc/*')) {
    const file = componentFile(folder);
    if (file !== undefined) {
      components.set(basename(dirname(file)), file);
    }
  }
  return {
    directory,
    components,
    find: (folder, fileName) => filesOf(`${folder}/${fileName}`)[0],
    findAll: (folder, ending) => filesOf(`${folder}/*${ending}`),
  };
}
