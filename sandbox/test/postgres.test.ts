import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { type Postgres, PostgresError, startPostgres } from '../src/postgres.ts';

const PASSWORD = 'a password with / and @';

async function query(postgres: Postgres, database: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url(database) });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'scoreline-postgres-'));
  });

  after(() => rm(directory, { recursive: true, force: true }));

  it('keeps its data from one start to the next', async () => {
    const first = await startPostgres({ directory, port: 0, password: PASSWORD });
    await first.createDatabase('org');
    await query(first, 'org', 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const second = await startPostgres({ directory, port: 0, password: PASSWORD });
    await second.createDatabase('org');
    assert.deepEqual(await query(second, 'org', 'SELECT answer FROM kept'), [{ answer: 42 }]);
    await second.stop();
  });

  it('takes over a server that a killed start left running', async () => {
    await startPostgres({ directory, port: 0, password: PASSWORD });
    const next = await startPostgres({ directory, port: 0, password: PASSWORD });
    assert.deepEqual(await query(next, 'postgres', 'SELECT 1 AS one'), [{ one: 1 }]);
    await next.stop();
  });

  it('leaves alone another program that has the process id of an old server', async () => {
    const file = join(directory, 'cluster', 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${join(directory, 'cluster')}\n0\n0\n\n\n\n\n`);
    const postgres = await startPostgres({ directory, port: 0, password: PASSWORD });
    assert.deepEqual(await query(postgres, 'postgres', 'SELECT 1 AS one'), [{ one: 1 }]);
    await postgres.stop();
  });

  it('begins anew when its first initialisation was interrupted', async () => {
    const interrupted = await mkdtemp(join(tmpdir(), 'scoreline-postgres-'));
    const first = await startPostgres({ directory: interrupted, port: 0, password: PASSWORD });
    await first.stop();
    await rm(join(interrupted, 'cluster', 'scoreline-initialised'));
    await rm(join(interrupted, 'cluster', 'global'), { recursive: true });

    const second = await startPostgres({ directory: interrupted, port: 0, password: PASSWORD });
    assert.deepEqual(await query(second, 'postgres', 'SELECT 1 AS one'), [{ one: 1 }]);
    await second.stop();
    await rm(interrupted, { recursive: true });
  });

  it('says what to do about a damaged folder, and a reset mends it', async () => {
    const damaged = await mkdtemp(join(tmpdir(), 'scoreline-postgres-'));
    const first = await startPostgres({ directory: damaged, port: 0, password: PASSWORD });
    await first.stop();
    await writeFile(join(damaged, 'cluster', 'global', 'pg_control'), 'not a control file');
    await assert.rejects(
      () => startPostgres({ directory: damaged, port: 0, password: PASSWORD }),
      (error: Error) => error instanceof PostgresError && /--reset/u.test(error.message),
    );

    const mended = await startPostgres({ directory: damaged, port: 0, password: PASSWORD, reset: true });
    assert.deepEqual(await query(mended, 'postgres', 'SELECT 1 AS one'), [{ one: 1 }]);
    await mended.stop();
    await rm(damaged, { recursive: true });
  });

  it('names a port that another program holds', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await assert.rejects(() => startPostgres({ directory, port, password: PASSWORD }), {
      name: 'PostgresError',
      message: new RegExp(`Port ${port} is taken`, 'u'),
    });
    holder.close();
  });

  it('lets nobody in with another password', async () => {
    const postgres = await startPostgres({ directory, port: 0, password: PASSWORD });
    const client = new pg.Client({
      connectionString: postgres.url('postgres').replace(/:[^:@]*@/u, ':wrong@'),
    });
    await assert.rejects(() => client.connect(), { code: '28P01' });
    await postgres.stop();
    await assert.rejects(() => stat(join(directory, 'cluster-password')), { code: 'ENOENT' });
  });
});
