import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SandboxError, startSandbox } from '@scoreline/sandbox';
import { buildPackage } from './build.ts';

const USAGE = `npm start -- [--port 3000] [--data .scoreline] [--reset]
  --port   the page's port; the relay, the switch and PostgreSQL take the three after it
  --data   the folder that keeps the demo's data
  --reset  begin anew with the sample data`;

const projectDirectory = join(import.meta.dirname, '..');

interface Arguments {
  readonly port: number;
  readonly dataDirectory: string;
  readonly reset: boolean;
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        data: { type: 'string', default: join(projectDirectory, '.scoreline') },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (values.help) exitWith(USAGE, 0);
    if (!Number.isInteger(port) || port < 1024 || port > 65_532)
      exitWith(`--port takes a whole number from 1024 to 65532.\n${USAGE}`, 1);
    return { port, dataDirectory: resolve(values.data), reset: values.reset };
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

const { port, dataDirectory, reset } = readArguments();
const stopRequest = askedToStop();
try {
  await buildPackage();
  const sandbox = await startSandbox({
    projectDirectory,
    dataDirectory,
    port,
    reset,
    onProgress: (text) => process.stdout.write(`${text}\n`),
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
