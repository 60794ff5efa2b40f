import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { slimModule, SLIMMED } from './softphoneBundle/slimModule.ts';

const ROOT = join(import.meta.dirname, '..');
const TARGET = join(ROOT, 'force-app/main/dialing/staticresources/scorelineSoftphone.js');
const LARGEST_GZIP_BYTES = 70_000;

/** Puts the slim form of each module into the bundle; see softphoneBundle/slimModule.ts. */
const slimModules: Plugin = {
  name: 'slim-modules',
  setup({ onLoad }) {
    onLoad({ filter: SLIMMED }, async ({ path }) => ({
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      contents: slimModule(path, await readFile(path, 'utf8')),
    }));
  },
};

export interface SoftphoneBuild {
  readonly path: string;
  readonly bytes: number;
  /** As a browser downloads it: gzip -9. */
  readonly gzipBytes: number;
}

/** Bundles the phone engine into its static resource. Throws when it has grown beyond 70 kB compressed. */
export async function buildSoftphone(): Promise<SoftphoneBuild> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'softphone/src/main.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'scorelineSoftphoneModule',
    // A top-level variable of the script is invisible outside it in a Lightning sandbox; a property is not. A
    // script that is loaded a second time must not take the running phone's place.
    footer: { js: 'globalThis.ScorelineSoftphone ??= scorelineSoftphoneModule;' },
    target: 'es2022',
    minify: true,
    legalComments: 'inline',
    plugins: [slimModules],
    // Served without a charset, other letters would be misread, and the grammar of SIP with them.
    charset: 'ascii',
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('The softphone bundle is empty');
  const gzipBytes = gzipSync(output.contents, { level: 9 }).length;
  if (gzipBytes > LARGEST_GZIP_BYTES)
    throw new Error(`The softphone takes ${gzipBytes} bytes compressed, more than ${LARGEST_GZIP_BYTES}`);
  mkdirSync(dirname(TARGET), { recursive: true });
  writeFileSync(TARGET, output.contents);
  return { path: TARGET, bytes: output.contents.length, gzipBytes };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { bytes, gzipBytes } = await buildSoftphone();
  console.log(`softphone: ${bytes} bytes, ${gzipBytes} gzip -9`);
}
