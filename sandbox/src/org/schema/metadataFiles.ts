import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

import { parseXml } from './xmlElement.ts';
import type { XmlElement } from './xmlElement.ts';

/** One metadata file in source format. */
export interface MetadataFile {
  readonly path: string;
  /** What stands before `.<type>-meta.xml`, e.g. `Call_Id__c`. */
  readonly name: string;
  /** The folder under `objects/`, e.g. `Activity`; empty elsewhere. */
  readonly objectName: string;
  readonly content: XmlElement;
}

export type MetadataSuffix =
  'object' | 'field' | 'md' | 'globalValueSet' | 'permissionset' | 'validationRule';
export type MetadataFiles = Readonly<Record<MetadataSuffix, readonly MetadataFile[]>>;

const FOLDERS_WITHOUT_METADATA = new Set(['lwc', 'classes', 'staticresources', 'node_modules']);

/** Every metadata file below the directories, by type. A directory that does not exist holds none. */
export function readMetadataFiles(directories: readonly string[]): MetadataFiles {
  const paths = directories.filter((directory) => existsSync(directory)).flatMap((root) => filesBelow(root));
  const ofType = (suffix: MetadataSuffix) =>
    paths
      .filter((path) => path.endsWith(`.${suffix}-meta.xml`))
      .map((path) => readMetadataFile(path, suffix));
  return {
    object: ofType('object'),
    field: ofType('field'),
    md: ofType('md'),
    globalValueSet: ofType('globalValueSet'),
    permissionset: ofType('permissionset'),
    validationRule: ofType('validationRule'),
  };
}

/** Runs the work on a file and names the file in whatever it throws. */
export function withFile<Result>(file: MetadataFile, work: (content: XmlElement) => Result): Result {
  try {
    return work(file.content);
  } catch (cause) {
    throw new Error(`${file.path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => !FOLDERS_WITHOUT_METADATA.has(entry.name))
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

function readMetadataFile(path: string, suffix: MetadataSuffix): MetadataFile {
  const parts = path.split(sep);
  const objects = parts.lastIndexOf('objects');
  return {
    path,
    name: basename(path).slice(0, -`.${suffix}-meta.xml`.length),
    objectName: objects === -1 ? '' : (parts[objects + 1] ?? ''),
    content: parseXml(readFileSync(path, 'utf8')),
  };
}
