import { join } from 'node:path';
import { buildSoftphone } from './buildSoftphone.ts';
import { emitLwc } from './emitLwc.ts';

/** Writes what the package holds that is no source: the softphone's static resource, the components' JavaScript. */
export async function buildPackage(): Promise<void> {
  await buildSoftphone();
  emitLwc(join(import.meta.dirname, '..'));
}

if (import.meta.main) await buildPackage();
