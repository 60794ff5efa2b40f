import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';
import { until } from '../../until.ts';

const BASE = '/services/data/v66.0';
let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
});
after(() => world.stop());

async function countOf(where: string): Promise<number> {
  return (await connection.query(`SELECT Id FROM Task WHERE ${where}`)).totalSize;
}

/** The codes of a collection's errors; jsforce passes them on as the org writes them, not as its types say. */
function codesOf(results: readonly { readonly errors: readonly object[] }[]): unknown[] {
  return results.flatMap(({ errors }) =>
    errors.map((error) => ('statusCode' in error ? error.statusCode : null)),
  );
}

describe('collections', () => {
  test('upsert 200 records in one call, twice', async () => {
    const records = Array.from({ length: 200 }, (_, index) => ({
      Call_Id__c: `batch-${index}`,
      Subject: 'Call',
    }));
    const first = await connection.sobject('Task').upsert(records, 'Call_Id__c');
    const second = await connection.sobject('Task').upsert(records, 'Call_Id__c');
    assert.ok(first.every(({ success, created }) => success && created));
    assert.ok(second.every(({ success, created }) => success && !created));
    assert.equal(await countOf(`Call_Id__c LIKE 'batch-%'`), 200);
  });

  test('keep the good records beside the bad ones, in order', async () => {
    const results = await connection.sobject('Task').upsert(
      [
        { Call_Id__c: 'mixed-1', Subject: 'Good' },
        { Call_Id__c: 'mixed-2', Subject: 'x'.repeat(300) },
        { Call_Id__c: 'mixed-3', Call_Outcome__c: 'meeting' },
      ],
      'Call_Id__c',
    );
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, false, true],
    );
    assert.deepEqual(codesOf(results), ['STRING_TOO_LONG']);
    assert.equal(await countOf(`Call_Id__c LIKE 'mixed-%'`), 2);
  });

  test('with allOrNone keep nothing beside a bad one', async () => {
    const results = await connection
      .sobject('Task')
      .create([{ Subject: 'all-1' }, { Subject: 'all-2', Nope: 1 }], { allOrNone: true });
    assert.deepEqual(codesOf(results), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_FIELD']);
    assert.equal(await countOf(`Subject LIKE 'all-%'`), 0);
  });

  test('refuse a key that stands in the call twice', async () => {
    const results = await connection
      .sobject('Task')
      .upsert([{ Call_Id__c: 'double' }, { Call_Id__c: 'DOUBLE' }, { Call_Id__c: 'single' }], 'Call_Id__c');
    assert.deepEqual(
      results.map(({ success }) => success),
      [false, false, true],
    );
  });

  test('update and delete many, answering for each', async () => {
    const created = await connection.sobject('Task').create([{ Subject: 'm-1' }, { Subject: 'm-2' }]);
    const ids = created.map(({ id }) => String(id));
    const updated = await connection.sobject('Task').update([
      { Id: String(ids[0]), Subject: 'm-1b' },
      { Id: '00TLc0zzzzzzzzz', Subject: 'nobody' },
    ]);
    assert.deepEqual(
      updated.map(({ success }) => success),
      [true, false],
    );
    assert.deepEqual(codesOf(updated), ['INVALID_CROSS_REFERENCE_KEY']);
    const retrieved = await connection.sobject('Task').retrieve(ids);
    assert.deepEqual(
      retrieved.map((record) => record['Subject']),
      ['m-1b', 'm-2'],
    );
    const deleted = await connection.sobject('Task').destroy(ids);
    assert.ok(deleted.every(({ success }) => success));
  });

  test('refuse more than 200 records', async () => {
    const records = Array.from({ length: 201 }, () => ({ attributes: { type: 'Task' }, Subject: 'x' }));
    const answer = await world.request(world.people.relay, 'POST', `${BASE}/composite/sobjects`, { records });
    assert.equal((answer.body as { errorCode: string }[])[0]?.errorCode, 'EXCEEDED_ID_LIMIT');
  });

  test('two calls with one new key at once make one record', async () => {
    const upsert = () =>
      connection.sobject('Task').upsert([{ Call_Id__c: 'race', Subject: 'x' }], 'Call_Id__c');
    const results = (await Promise.all([upsert(), upsert(), upsert()])).flat();
    const codes = codesOf(results);
    assert.ok(codes.every((code) => code === 'DUPLICATE_VALUE'));
    assert.equal(await countOf(`Call_Id__c = 'race'`), 1);
  });
});

test('two calls that wait for each other: one of them is refused that row', async () => {
  const ids = await world.org.insert('Task', [{ Subject: 'A' }, { Subject: 'B' }, { Subject: 'C' }]);
  const [a = '', b = '', c = ''] = ids;
  const update = (order: readonly string[]) =>
    connection.sobject('Task').update(order.map((Id) => ({ Id, Subject: 'Changed' })));
  const waiting = async (count: number): Promise<boolean> => {
    const { rows } = await world.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return rows.length === count;
  };
  const blocker = await world.pool.connect();
  await blocker.query('BEGIN');
  await blocker.query('SELECT 1 FROM org."Task" WHERE "Id" = $1 FOR UPDATE', [c]);
  const first = update([a, c, b]);
  await until(() => waiting(1));
  const second = update([b, a]);
  await until(() => waiting(2));
  await blocker.query('COMMIT');
  blocker.release();
  assert.deepEqual(codesOf([...(await first), ...(await second)]), ['UNABLE_TO_LOCK_ROW']);
});

describe('composite', () => {
  interface Answer {
    readonly compositeResponse: { referenceId: string; httpStatusCode: number; body: unknown }[];
  }
  const composite = async (
    compositeRequest: object[],
    allOrNone = true,
  ): Promise<Answer['compositeResponse']> => {
    const body = { allOrNone, compositeRequest };
    const answer = await world.request(world.people.relay, 'POST', `${BASE}/composite`, body);
    assert.equal(answer.status, 200);
    return (answer.body as Answer).compositeResponse;
  };
  const upsertScorecard = (key: string) => ({
    method: 'PATCH',
    url: `${BASE}/sobjects/Rep_Scorecard__c/Scorecard_Key__c/${key}`,
    referenceId: 'card',
    body: { Score__c: 50 },
  });
  const upsertMetrics = (key: string, value: unknown = 1) => ({
    method: 'PATCH',
    url: `${BASE}/composite/sobjects/Rep_Metric__c/Metric_Key__c`,
    referenceId: 'metrics',
    body: {
      allOrNone: true,
      records: [
        {
          attributes: { type: 'Rep_Metric__c' },
          Metric_Key__c: `${key}:dials`,
          Scorecard__c: '@{card.id}',
          Value__c: value,
        },
      ],
    },
  });

  test('a series refers to its earlier answers, collections included', async () => {
    const answers = await composite([
      upsertScorecard('c1'),
      upsertMetrics('c1'),
      {
        method: 'GET',
        url: `${BASE}/query?q=SELECT+Scorecard__r.Score__c+FROM+Rep_Metric__c+WHERE+Id='@{metrics[0].id}'`,
        referenceId: 'read',
      },
    ]);
    assert.deepEqual(
      answers.map(({ httpStatusCode }) => httpStatusCode),
      [201, 200, 200],
    );
    const { records } = answers[2]?.body as { records: { Scorecard__r: { Score__c: number } }[] };
    assert.equal(records[0]?.Scorecard__r.Score__c, 50);
  });

  test('with allOrNone one refusal undoes the series', async () => {
    const answers = await composite([
      upsertScorecard('c2'),
      { method: 'POST', url: `${BASE}/sobjects/Task`, referenceId: 'task', body: { Nope: 1 } },
      { method: 'GET', url: `${BASE}/limits`, referenceId: 'limits' },
    ]);
    const codes = answers.map(({ body }) => (body as { errorCode: string }[])[0]?.errorCode);
    assert.deepEqual(codes, ['PROCESSING_HALTED', 'INVALID_FIELD', 'PROCESSING_HALTED']);
    const left = await connection.query(`SELECT Id FROM Rep_Scorecard__c WHERE Scorecard_Key__c = 'c2'`);
    assert.equal(left.totalSize, 0);
  });

  for (const inner of [true, false]) {
    test(`with allOrNone a bad row undoes the series, in a collection with allOrNone ${inner}`, async () => {
      const key = `c4-${inner}`;
      const metrics = upsertMetrics(key);
      const bad = { attributes: { type: 'Rep_Metric__c' }, Metric_Key__c: `${key}:bad`, Value__c: 'nine' };
      const answers = await composite([
        upsertScorecard(key),
        { ...metrics, body: { allOrNone: inner, records: [...metrics.body.records, bad] } },
        { method: 'GET', url: `${BASE}/limits`, referenceId: 'limits' },
      ]);
      const [card, rows, limits] = answers.map(
        ({ body }) => body as { errorCode?: string; errors: object[] }[],
      );
      assert.equal(card?.[0]?.errorCode, 'PROCESSING_HALTED');
      assert.equal(limits?.[0]?.errorCode, 'PROCESSING_HALTED');
      assert.deepEqual(codesOf(rows ?? []), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INVALID_TYPE_ON_FIELD']);
      for (const [object, field] of [
        ['Rep_Scorecard__c', 'Scorecard_Key__c'],
        ['Rep_Metric__c', 'Metric_Key__c'],
      ]) {
        const left = await connection.query(`SELECT Id FROM ${object} WHERE ${field} LIKE '${key}%'`);
        assert.equal(left.totalSize, 0);
      }
    });
  }

  test('without it a collection does as its own allOrNone says', async () => {
    for (const inner of [true, false]) {
      const create = {
        method: 'POST',
        url: `${BASE}/composite/sobjects`,
        referenceId: 'tasks',
        body: {
          allOrNone: inner,
          records: [
            { attributes: { type: 'Task' }, Subject: `inner-${inner}` },
            { attributes: { type: 'Task' }, Nope: 1 },
          ],
        },
      };
      await composite([upsertScorecard(`c5-${inner}`), create], false);
      assert.equal(await countOf(`Subject = 'inner-${inner}'`), inner ? 0 : 1);
      const cards = await connection.query(
        `SELECT Id FROM Rep_Scorecard__c WHERE Scorecard_Key__c = 'c5-${inner}'`,
      );
      assert.equal(cards.totalSize, 1);
    }
  });

  test('without it the others stay, but what refers to a refusal halts', async () => {
    const answers = await composite(
      [
        upsertScorecard('c3'),
        { method: 'POST', url: `${BASE}/sobjects/Task`, referenceId: 'task', body: { Nope: 1 } },
        { method: 'GET', url: `${BASE}/sobjects/Task/@{task.id}`, referenceId: 'read' },
      ],
      false,
    );
    assert.deepEqual(
      answers.map(({ httpStatusCode }) => httpStatusCode),
      [201, 400, 400],
    );
    assert.equal((answers[2]?.body as { errorCode: string }[])[0]?.errorCode, 'PROCESSING_HALTED');
    const left = await connection.query(`SELECT Id FROM Rep_Scorecard__c WHERE Scorecard_Key__c = 'c3'`);
    assert.equal(left.totalSize, 1);
  });

  test('more than 25 requests and doubled names are refused', async () => {
    const one = (referenceId: string) => ({ method: 'GET', url: `${BASE}/limits`, referenceId });
    const send = async (compositeRequest: object[]) =>
      (await world.request(world.people.relay, 'POST', `${BASE}/composite`, { compositeRequest })).status;
    assert.equal(await send(Array.from({ length: 26 }, (_, index) => one(`r${index}`))), 400);
    assert.equal(await send([one('same'), one('same')]), 400);
  });
});

describe('batch', () => {
  interface Answer {
    readonly hasErrors: boolean;
    readonly results: { statusCode: number; result: unknown }[];
  }
  const batch = async (batchRequests: object[], haltOnError?: boolean): Promise<Answer> => {
    const answer = await world.request(world.people.relay, 'POST', `${BASE}/composite/batch`, {
      batchRequests,
      haltOnError,
    });
    assert.equal(answer.status, 200);
    return answer.body as Answer;
  };
  const create = (Subject: string, more: object = {}) => ({
    method: 'POST',
    url: 'v66.0/sobjects/Task',
    richInput: { Subject, ...more },
  });

  test('keeps what succeeds beside what fails', async () => {
    const { hasErrors, results } = await batch([
      create('batch-a'),
      create('batch-b', { Nope: 1 }),
      { method: 'GET', url: `${BASE}/limits` },
      { method: 'GET', url: 'nowhere' },
    ]);
    assert.equal(hasErrors, true);
    assert.deepEqual(
      results.map(({ statusCode }) => statusCode),
      [201, 400, 200, 400],
    );
    assert.equal(await countOf(`Subject LIKE 'batch-%'`), 1);
  });

  test('halts at the first error where it is asked to, and keeps what came before', async () => {
    const { results } = await batch(
      [create('halt-a'), create('halt-b', { Nope: 1 }), create('halt-c')],
      true,
    );
    assert.deepEqual(
      results.map(({ statusCode }) => statusCode),
      [201, 400, 412],
    );
    assert.deepEqual(results[2]?.result, [
      { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' },
    ]);
    assert.equal(await countOf(`Subject LIKE 'halt-%'`), 1);
  });

  test('refuses more than 25 requests', async () => {
    const batchRequests = Array.from({ length: 26 }, () => ({ method: 'GET', url: 'v66.0/limits' }));
    const answer = await world.request(world.people.relay, 'POST', `${BASE}/composite/batch`, {
      batchRequests,
    });
    assert.equal(answer.status, 400);
  });
});
