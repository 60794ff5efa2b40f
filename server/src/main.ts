import { parseArgs } from 'node:util';
import { readConfiguration } from './config.ts';
import { explain, UsageError } from './explain.ts';
import { createLogger } from './logger.ts';
import { ROLES, startRelay, type Role } from './relay.ts';

const USAGE = 'Usage: node server/src/main.ts --role web|worker|all [--parent-ipc]';

await main();

async function main(): Promise<void> {
  try {
    const { role, endsWithParent } = readArguments();
    const configuration = await readConfiguration(process.env);
    const logger = createLogger(configuration.logLevel);
    const stopAsked = waitForStop(endsWithParent);
    const relay = await startRelay(configuration, role, logger);
    await stopAsked;
    logger.info('stopping');
    await relay.stop();
    logger.info('stopped');
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  } finally {
    letGoOfParent();
  }
}

/** A channel or an input that is listened to would keep the process alive after its work has ended. */
function letGoOfParent(): void {
  if (process.connected) process.disconnect();
  process.stdin.destroy();
}

function readArguments(): { role: Role; endsWithParent: boolean } {
  try {
    const { values } = parseArgs({
      options: { role: { type: 'string' }, 'parent-ipc': { type: 'boolean' } },
    });
    const role = ROLES.find((name) => name === (values.role ?? 'all'));
    if (role === undefined) throw new UsageError(USAGE);
    return { role, endsWithParent: values['parent-ipc'] ?? false };
  } catch (cause) {
    throw new UsageError(USAGE, { cause });
  }
}

/**
 * Resolves when the process is asked to end: by a signal, or, so that no relay outlives whoever started it, when
 * the parent's channel closes. With `--parent-ipc` and no such channel, standard input stands for it.
 */
function waitForStop(endsWithParent: boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    if (process.connected) process.once('disconnect', stop);
    else if (endsWithParent) process.stdin.once('end', stop).once('close', stop).resume();
  });
}
