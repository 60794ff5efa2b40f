import { pathToFileURL } from 'node:url';
import { buildSoftphone } from './buildSoftphone.ts';
import { emitLwc } from './emitLwc.ts';

/** Writes everything the package holds that is not a source: the softphone's static resource, the components' JavaScript. */
export async function buildPackage(): Promise<void> {
  await buildSoftphone();
  emitLwc();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPackage();
