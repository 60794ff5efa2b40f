import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DatabaseUnavailable, migrate, openDatabase, type Database } from '../../src/database/index.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';

let server: TestDatabase;
let database: Database;

before(async () => {
  server = await startTestDatabase();
  database = await openDatabase(server.url);
});
after(async () => {
  await database.close();
  await server.stop();
});

test('migrations run once each, also when several relays start together', async () => {
  const [first = [], second = [], third = []] = await Promise.all([
    migrate(database),
    migrate(database),
    migrate(database),
  ]);
  const ran = [...first, ...second, ...third];
  assert.ok(ran.includes('001-calls.sql'));
  assert.equal(new Set(ran).size, ran.length);
  assert.deepEqual(await migrate(database), []);
});

test('a transaction commits as a whole or not at all', async () => {
  await database.query('create table drawer (number integer primary key)');
  await database.transaction((connection) => connection.query('insert into drawer values ($1)', [1]));
  await assert.rejects(
    database.transaction(async (connection) => {
      await connection.query('insert into drawer values ($1)', [2]);
      throw new RangeError('changed my mind');
    }),
    RangeError,
  );
  await assert.rejects(
    database.transaction(async (connection) => {
      await connection.query('insert into drawer values ($1)', [3]);
      await connection.query('insert into drawer values ($1)', [1]);
    }),
    { code: '23505' },
  );
  assert.deepEqual(await database.query('select number from drawer'), [{ number: 1 }]);
});

test('bigint is a number, a date a day, an instant a Date', async () => {
  const [row] = await database.query(
    `select 9007199254740991::bigint as big, date '2026-02-28' as day, timestamptz '2026-02-28T12:00:00Z' as at`,
  );
  assert.deepEqual(row, {
    big: Number.MAX_SAFE_INTEGER,
    day: '2026-02-28',
    at: new Date('2026-02-28T12:00:00Z'),
  });
});

test('a statement with a kept plan is planned once a connection, and answers each time anew', async () => {
  const plans = await database.transaction(async (connection) => {
    for (const number of [1, 2, 3])
      assert.deepEqual(await connection.query('select $1::integer as number', [number], { keepPlan: true }), [
        { number },
      ]);
    return connection.query("select from pg_prepared_statements where statement like 'select $1%'");
  });
  assert.equal(plans.length, 1);
});

test('a broken connection inside a transaction is DatabaseUnavailable, a wrong statement is not', async () => {
  await assert.rejects(
    database.transaction((connection) => connection.query('select pg_terminate_backend(pg_backend_pid())')),
    DatabaseUnavailable,
  );
  await assert.rejects(database.query('select * from nothing'), { code: '42P01' });
  assert.deepEqual(await database.query('select 1 as one'), [{ one: 1 }]);
});

test('a database that does not answer, or does not know the user, is DatabaseUnavailable', async () => {
  await assert.rejects(openDatabase('postgres://relay:x@127.0.0.1:1/relay'), DatabaseUnavailable);
  const { port } = new URL(server.url);
  await assert.rejects(openDatabase(`postgres://nobody:x@127.0.0.1:${port}/relay`), DatabaseUnavailable);
});
