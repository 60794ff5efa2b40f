import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as z from 'zod/mini';
import {
  openDatabase,
  openQueue,
  DatabaseUnavailable,
  type Database,
  type FailedJobs,
  type JobFailure,
  type Queue,
} from '../../src/database/index.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';

const payloadSchema = z.object({ number: z.int() });
type Payload = z.infer<typeof payloadSchema>;

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

const openNamed = (name: string, onError: (error: Error) => void = () => undefined): Promise<Queue> =>
  openQueue(server.url, { queueNames: [name], onError });
const add = (queue: Queue, name: string, payloads: object[]): Promise<void> =>
  database.transaction((connection) => queue.enqueue(connection, name, payloads));
const numbers = (count: number): Payload[] => Array.from({ length: count }, (_none, number) => ({ number }));

/** Works until `expected` payloads came by, and gives the batches. */
async function workUntil(
  queue: Queue,
  name: string,
  expected: number,
  handle: (payloads: Payload[]) => Promise<readonly JobFailure[] | void>,
): Promise<number[][]> {
  const batches: number[][] = [];
  await new Promise<void>((resolve, reject) => {
    const work = queue.work(name, {
      batchSize: 200,
      schema: payloadSchema,
      handle: (payloads) => {
        batches.push(payloads.map(({ number }) => number));
        if (batches.flat().length >= expected) resolve();
        return handle(payloads);
      },
    });
    work.catch(reject);
  });
  await queue.stop();
  return batches;
}

const deadLetters = (name: string): Promise<{ data: object }[]> =>
  database.query('select data from pgboss.job where name = $1', [`${name}-dead`]);
const states = async (name: string): Promise<Record<string, number>> => {
  const rows = await database.query<{ state: string; count: number }>(
    'select state::text, count(*)::integer as count from pgboss.job where name = $1 group by state',
    [name],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

test('a job exists if and only if its transaction commits', async () => {
  const queue = await openNamed('atomic');
  await add(queue, 'atomic', numbers(1));
  const rolledBack = database.transaction(async (connection) => {
    await queue.enqueue(connection, 'atomic', [{ number: 99 }]);
    throw new RangeError('rolled back');
  });
  await assert.rejects(rolledBack, RangeError);
  await add(queue, 'atomic', [{ number: 1 }]);
  const batches = await workUntil(queue, 'atomic', 2, async () => undefined);
  assert.deepEqual(batches.flat().sort(), [0, 1]);
  assert.deepEqual(await states('atomic'), { completed: 2 });
});

test('jobs come in batches of at most 200', async () => {
  const queue = await openNamed('batches');
  await add(queue, 'batches', numbers(450));
  const batches = await workUntil(queue, 'batches', 450, async () => undefined);
  assert.deepEqual(
    batches.map(({ length }) => length),
    [200, 200, 50],
  );
});

test('one poison job does not hold up the others', async () => {
  const queue = await openNamed('poison');
  await add(queue, 'poison', numbers(5));
  await workUntil(queue, 'poison', 10, async (payloads) => {
    if (payloads.some(({ number }) => number === 3)) throw new TypeError('poison');
  });
  assert.deepEqual(await states('poison'), { completed: 4, retry: 1 });
});

test('named failures are retried or, when final, kept as dead letters', async () => {
  const queue = await openNamed('named');
  await add(queue, 'named', numbers(4));
  await workUntil(queue, 'named', 4, async () => [
    { index: 1, reason: 'row locked' },
    { index: 2, reason: 'field hidden', final: true },
  ]);
  assert.deepEqual(await states('named'), { completed: 2, retry: 1, failed: 1 });
  assert.deepEqual(await deadLetters('named'), [{ data: { number: 2 } }]);
});

test('a payload that fits no schema becomes a dead letter, not an endless retry', async () => {
  const queue = await openNamed('misfit');
  await add(queue, 'misfit', [{ number: 'one' }, ...numbers(1)]);
  await workUntil(queue, 'misfit', 1, async () => undefined);
  assert.deepEqual(await deadLetters('misfit'), [{ data: { number: 'one' } }]);
});

test('a whole batch that failed is tried again as a whole, and says so', async () => {
  const errors: Error[] = [];
  const queue = await openNamed('whole', (error) => errors.push(error));
  await add(queue, 'whole', numbers(3));
  const batches = await workUntil(queue, 'whole', 3, async () => {
    throw new DatabaseUnavailable(new Error('gone'));
  });
  assert.equal(batches.length, 1);
  assert.deepEqual(await states('whole'), { retry: 3 });
  assert.ok(errors.some((error) => error instanceof DatabaseUnavailable));
});

test('a failed job is kept and retried for more than three days', async () => {
  const queue = await openNamed('patient');
  await queue.stop();
  const [policy] = await database.query<{ limit: number; pause: number; keep: number }>(
    `select retry_limit as limit, retry_delay_max as pause, retention_seconds as keep
     from pgboss.queue where name = 'patient'`,
  );
  assert.ok(policy !== undefined);
  assert.ok((policy.limit * policy.pause) / 2 > 3 * 86_400);
  assert.ok(policy.keep > 365 * 86_400);
});

test('work left by a worker that died is handed out again', { timeout: 40_000 }, async () => {
  const first = await openNamed('orphan');
  await add(first, 'orphan', numbers(1));
  await database.query(
    `update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute'
     where name = 'orphan'`,
  );
  const batches = await workUntil(first, 'orphan', 1, async () => undefined);
  assert.deepEqual(batches, [[0]]);
});

test('jobs that failed are told of by their reasons, dead letters counted', async () => {
  const name = 'told';
  const queue = await openQueue(server.url, {
    queueNames: [name],
    onError: () => undefined,
    onJobsFailed: (failed) => told(failed),
  });
  let told: (failed: FailedJobs) => void = () => undefined;
  const firstTold = new Promise<FailedJobs>((resolve) => (told = resolve));
  await add(queue, name, numbers(3));
  await queue.work(name, {
    batchSize: 200,
    schema: payloadSchema,
    handle: (payloads) =>
      Promise.resolve(
        payloads.flatMap(({ number }, index) =>
          number === 0 ? [] : [{ index, reason: `REASON_${number}`, final: number === 2 }],
        ),
      ),
  });
  assert.deepEqual(await firstTold, {
    queueName: name,
    jobFailures: { REASON_1: 1, REASON_2: 1 },
    count: 1,
  });
  await queue.stop();
});
