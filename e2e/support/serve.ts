import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const projectDirectory = join(import.meta.dirname, '..', '..');

/** A `npm start` under test. */
export interface Serve {
  readonly child: ChildProcess;
  /** What it printed, a line each. */
  readonly lines: readonly string[];
  /** Whether it said that it is ready; resolves to false when it ended before. */
  readonly isReady: Promise<boolean>;
  /** Its exit code, once everything it printed was read. */
  readonly exitCode: Promise<number | null>;
}

/** Runs what `npm start` runs. */
export function serve(port: number, dataDirectory: string, ...more: string[]): Serve {
  const child = spawn(
    'node',
    ['scripts/serve.ts', '--port', String(port), '--data', dataDirectory, ...more],
    {
      cwd: projectDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  const exitCode = once(child, 'close').then(([code]) => code as number | null);
  const isReady = new Promise<boolean>((resolve) => {
    const read = (line: string): void => {
      lines.push(line);
      if (line.startsWith('ready at ')) resolve(true);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    void exitCode.then(() => resolve(false));
  });
  return { child, lines, isReady, exitCode };
}

/** Ends it as Ctrl-C does and waits until it is gone. */
export async function interrupt({ child, exitCode }: Serve): Promise<number | null> {
  child.kill('SIGINT');
  return await exitCode;
}

/** An empty data folder. PostgreSQL runs as another user when the tests run as root, and must be able to enter. */
export async function makeDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'scoreline-e2e-'));
  await chmod(directory, 0o755);
  return directory;
}

/** Below the ports that systems give outgoing connections, so that none of those takes one of the block meanwhile. */
const FIRST_BLOCK = 12_000;
const BLOCKS = 2_000;

/**
 * The first of four neighbouring ports that nobody listens on. The search begins anywhere: two that search at the
 * same moment would else find the same block.
 */
export async function freePortBlock(): Promise<number> {
  const begin = Math.floor(Math.random() * BLOCKS);
  for (let tried = 0; tried < BLOCKS; tried += 1) {
    const first = FIRST_BLOCK + ((begin + tried) % BLOCKS) * 10;
    const free = await Promise.all([0, 1, 2, 3].map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('No four neighbouring ports are free');
}

/** Whether nobody listens on this loopback port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
