import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type Postgres } from '../src/postgres.ts';

/** The environment variable by which a run of the tests tells its files where its one server is. */
const SERVER_OF_THE_RUN = 'SCORELINE_TEST_POSTGRES';

/** Databases of one test file on a real PostgreSQL server. */
export interface TestServer {
  /** As whom a test may look at the server from outside its databases. */
  readonly adminUrl: string;
  /** Creates an empty database that no other test file has, and gives its address. */
  createDatabase(name: string): Promise<string>;
  /** Ends what is still connected to the databases, and throws them away. */
  stop(): Promise<void>;
}

/** The server that the run has started, or else one of this file's own, as when a single file is run. */
export async function startTestServer(): Promise<TestServer> {
  const adminUrl = process.env[SERVER_OF_THE_RUN];
  if (adminUrl !== undefined) return onServerOfTheRun(adminUrl);
  const { postgres, stop } = await startThrowawayServer();
  const { adminUrl: own, createDatabase } = onServerOfTheRun(postgres.url('postgres'));
  return { adminUrl: own, createDatabase, stop };
}

/** Starts the one server of a run; its files find it by the environment they are started with. */
export async function startServerOfTheRun(): Promise<() => Promise<void>> {
  const { postgres, stop } = await startThrowawayServer();
  process.env[SERVER_OF_THE_RUN] = postgres.url('postgres');
  return stop;
}

async function startThrowawayServer(): Promise<{ postgres: Postgres; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join('/var/tmp', 'scoreline-test-'));
  const postgres = await startPostgres({
    directory,
    port: 0,
    password: randomBytes(12).toString('hex'),
    isDisposable: true,
  });
  return {
    postgres,
    stop: async () => {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function onServerOfTheRun(adminUrl: string): TestServer {
  const created: string[] = [];
  const administer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    adminUrl,
    async createDatabase(name) {
      const database = `${name}_${randomBytes(6).toString('hex')}`;
      await administer(`CREATE DATABASE ${database}`);
      created.push(database);
      const url = new URL(adminUrl);
      url.pathname = database;
      return url.href;
    },
    async stop() {
      for (const database of created) await administer(`DROP DATABASE ${database} WITH (FORCE)`);
    },
  };
}
