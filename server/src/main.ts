import { parseArgs } from 'node:util';
import { ConfigurationError, readConfiguration } from './config.ts';
import { DatabaseUnavailable } from './database/index.ts';
import { createLogger } from './logger.ts';
import { ROLES, startRelay, type Role } from './relay.ts';

const USAGE = 'Usage: node server/src/main.ts --role web|worker|all [--parent-ipc]';

/** The command line asks for something that does not exist. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

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

/** One sentence for the operator; configuration messages name a value and never show it. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof UsageError) return error.message;
  if (error instanceof DatabaseUnavailable)
    return 'The database at DATABASE_URL does not answer, or refuses the connection.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return 'PORT is taken by another program.';
  return `The relay could not start: ${error instanceof Error ? `${error.name} ${code}`.trim() : 'unknown'}.`;
}
