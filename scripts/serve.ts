import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LARGE_COMPANY, SandboxError, startSandbox } from '@scoreline/sandbox';
import { buildPackage } from './build.ts';
import { createProgressBar } from './progressBar.ts';

const USAGE = `npm start -- [--port 3000] [--data .scoreline] [--seed small|large] [--reset]
  --port   the page's port; the relay, the switch and PostgreSQL take the three after it
  --data   the folder that keeps the demo's data
  --seed   large: 40 reps, two years of opportunities, 120,000 calls; kept in .scoreline-large unless --data says
  --reset  begin anew with the sample data`;

const projectDirectory = join(import.meta.dirname, '..');

interface Arguments {
  readonly port: number;
  readonly dataDirectory: string;
  readonly isLarge: boolean;
  readonly reset: boolean;
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string' },
        seed: { type: 'string', default: 'small' },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (values.help) exitWith(USAGE, 0);
    if (!Number.isInteger(port) || port < 1024 || port > 65_532)
      exitWith(`--port takes a whole number from 1024 to 65532.\n${USAGE}`, 1);
    const isLarge = values.seed === 'large';
    if (!isLarge && values.seed !== 'small') exitWith(`--seed takes small or large.\n${USAGE}`, 1);
    const folder = join(projectDirectory, isLarge ? '.scoreline-large' : '.scoreline');
    return { port, dataDirectory: resolve(values.data ?? folder), isLarge, reset: values.reset };
  } catch (error) {
    return exitWith(`${(error as Error).message}\n${USAGE}`, 1);
  }
}

function exitWith(text: string, code: number): never {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`);
  process.exit(code);
}

/** Resolves at the first Ctrl-C or request to end; a second one ends the process at once. */
function askedToStop(): Promise<void> {
  return new Promise((resolveStop) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolveStop();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

const { port, dataDirectory, isLarge, reset } = readArguments();
const stopRequest = askedToStop();
try {
  await buildPackage();
  const sandbox = await startSandbox({
    projectDirectory,
    dataDirectory,
    port,
    reset,
    ...(isLarge ? { company: LARGE_COMPANY } : {}),
    onProgress: (text) => process.stdout.write(`${text}\n`),
    onAdvance: createProgressBar(process.stdout),
  });
  process.stdout.write(`ready at ${sandbox.url}\n`);
  await stopRequest;
  process.stdout.write('stopping\n');
  await sandbox.stop();
  process.exit(0);
} catch (error) {
  const isPlain = error instanceof SandboxError || (error as Error).name === 'PostgresError';
  exitWith(
    isPlain ? (error as Error).message : `Could not start: ${(error as Error).stack ?? String(error)}`,
    1,
  );
}
