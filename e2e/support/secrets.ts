import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningSandbox } from './sandbox.ts';

/** A secret of the sandbox under test, from its data folder. */
export async function readSecret(sandbox: RunningSandbox, name: string): Promise<string> {
  const secrets = JSON.parse(await readFile(join(sandbox.dataDirectory, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >;
  return secrets[name] ?? '';
}
