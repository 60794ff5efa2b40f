import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '../../../sandbox/src/postgres.ts';
import { eventually } from './eventually.ts';

/** A PostgreSQL that can be killed, and comes back on its port and data. */
export interface KillablePostgres {
  readonly postgres: Postgres;
  /** SIGKILL to the server, as the kernel out of memory would; one that is down already stays so until `restart`. */
  kill(): Promise<void>;
  /** Resolves once it answers again; a server that runs is stopped first, its open transactions rolled back. */
  restart(): Promise<void>;
}

export async function startKillablePostgres(
  directory: string,
  port: number,
  password: string,
): Promise<KillablePostgres> {
  const start = (): Promise<Postgres> => startPostgres({ directory, port, password });
  let restarting: Promise<void> | undefined;
  return {
    postgres: await start(),
    async kill() {
      try {
        const lockFile = await readFile(join(directory, 'cluster', 'postmaster.pid'), 'utf8');
        process.kill(Number(lockFile.split('\n')[0]), 'SIGKILL');
      } catch (error) {
        if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    },
    restart() {
      // The killed server's backends may hold its memory for another moment, and until then a new one refuses to start.
      restarting ??= eventually('PostgreSQL runs again', start, 120_000)
        .then(() => undefined)
        .finally(() => {
          restarting = undefined;
        });
      return restarting;
    },
  };
}
