import { join } from 'node:path';

const PLATFORM_DIRECTORY = join(import.meta.dirname, '../browser/platform');

/** Modules of Lightning Experience that the open package lacks, and the files that stand in for them here. */
export const PLATFORM_MODULES: ReadonlyMap<string, string> = new Map(
  [
    'graphql',
    'messageService',
    'navigation',
    'platformResourceLoader',
    'platformShowToastEvent',
    'platformUtilityBarApi',
    'refresh',
    'uiListsApi',
    'uiRecordApi',
  ].map((name) => [`lightning/${name}`, join(PLATFORM_DIRECTORY, `${name}.ts`)]),
);
