import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '../../sandbox/src/postgres.ts';

export interface TestDatabase {
  readonly url: string;
  /** The same server, as an administrator's connection sees it. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL server of this test file's own, with one empty database. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const directory = await mkdtemp(join('/var/tmp', 'scoreline-test-'));
  const password = randomBytes(12).toString('hex');
  const postgres = await startPostgres({ directory, port: 0, password });
  await postgres.createDatabase('relay');
  return {
    url: postgres.url('relay'),
    adminUrl: postgres.url('postgres'),
    stop: async () => {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
