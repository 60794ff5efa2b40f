import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figures } from '../bench.ts';
import { buildSoftphone } from '../buildSoftphone.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');

/** What a page downloads for the phone, beside the libraries it could have used, bundled and minified alike. */
export async function measure(): Promise<Figures> {
  // Engine and talk meter: both are downloaded.
  const { gzipBytes } = await buildSoftphone();
  return {
    phoneGzipKb: kilobytes(gzipBytes),
    sipjsGzipKb: gzipKb(await bundleOf('sip.js')),
    jssipGzipKb: gzipKb(await bundleOf('jssip')),
    twilioVoiceGzipKb: gzipKb(await bundleOf('@twilio/voice-sdk')),
  };
}

async function bundleOf(packageName: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${packageName}';`, resolveDir: projectDirectory },
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'peer',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`${packageName} made no bundle`);
  return file.contents;
}

/** Thousands of bytes after gzip -9. */
function gzipKb(content: Uint8Array): number {
  return kilobytes(gzipSync(content, { level: 9 }).length);
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 10) / 100;
}
