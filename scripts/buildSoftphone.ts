import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BuildOptions, Plugin } from 'esbuild';
import { build } from 'esbuild';
import { slimModule, SLIMMED } from './softphoneBundle/slimModule.ts';

const ROOT = join(import.meta.dirname, '..');
const RESOURCES = join(ROOT, 'force-app/main/dialing/staticresources');
/** The engine, and the worklet that it has the browser load beside it. */
const PHONE_RESOURCES = ['scorelineSoftphone.js', 'scorelineTalkMeter.js'].map((name) =>
  join(RESOURCES, name),
);
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
  readonly bytes: number;
  /** As a browser downloads them: gzip -9. */
  readonly gzipBytes: number;
}

/** What both bundles have in common. */
const BUNDLE = {
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  legalComments: 'inline',
  // Served without a charset, other letters would be misread, and the grammar of SIP with them.
  charset: 'ascii',
  write: false,
} as const satisfies BuildOptions;

/** Bundles the phone into its static resources. Throws when they have grown beyond 70 kB compressed. */
export async function buildSoftphone(): Promise<SoftphoneBuild> {
  const engine = await bundle({
    entryPoints: [join(ROOT, 'softphone/src/main.ts')],
    globalName: 'scorelineSoftphoneModule',
    // A top-level variable of the script is invisible outside it in a Lightning sandbox; a property is not. A
    // script that is loaded a second time must not take the running phone's place.
    footer: { js: 'globalThis.ScorelineSoftphone ??= scorelineSoftphoneModule;' },
    plugins: [slimModules],
  });
  const talkMeter = await bundle({
    entryPoints: [join(ROOT, 'softphone/src/browser/talkMeterWorklet.ts')],
  });
  const contents = [engine, talkMeter];
  const gzipBytes = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  if (gzipBytes > LARGEST_GZIP_BYTES)
    throw new Error(`The softphone takes ${gzipBytes} bytes compressed, more than ${LARGEST_GZIP_BYTES}`);
  mkdirSync(RESOURCES, { recursive: true });
  PHONE_RESOURCES.forEach((path, index) => writeFileSync(path, contents[index] ?? ''));
  return { bytes: engine.length + talkMeter.length, gzipBytes };
}

async function bundle(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({ ...BUNDLE, ...options, write: false });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('A bundle of the softphone is empty');
  return output.contents;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { bytes, gzipBytes } = await buildSoftphone();
  console.log(`softphone: ${bytes} bytes, ${gzipBytes} gzip -9`);
}
