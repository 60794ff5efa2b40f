import { join } from 'node:path';
import { build } from 'esbuild';

const BOOT_DIRECTORY = join(import.meta.dirname, '../browser/boot');

/**
 * Bundles the scripts that start the page: `boot`, which every page runs, and `membraneRealm`, loaded on demand; and
 * `faultPage` and `callerPage`, which run the pages of faults and of callers alone.
 * @returns their texts by name
 */
export async function bootBundle(): Promise<ReadonlyMap<string, string>> {
  const names = ['boot', 'membraneRealm', 'faultPage', 'callerPage'];
  const { outputFiles } = await build({
    entryPoints: names.map((name) => join(BOOT_DIRECTORY, `${name}.ts`)),
    outdir: BOOT_DIRECTORY,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return new Map(names.map((name, index) => [name, outputFiles[index]?.text ?? '']));
}
