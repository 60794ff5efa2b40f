import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';

import jsforce from 'jsforce';

import type { LocalOrg } from '../../../src/org/index.ts';
import { CLIENT_ID, FIXTURE_METADATA, assertionOf, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';
import { until } from '../../until.ts';

const BASE = '/services/data/v66.0';
let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
});
afterEach(() => world.org.faults.clear());
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

type Faults = Parameters<LocalOrg['faults']['set']>[0];

function plan(...faults: Faults): void {
  world.org.faults.set(faults);
}

async function tasksWith(key: string): Promise<number> {
  return (await world.org.query(`SELECT Id FROM Task WHERE Call_Id__c LIKE '${key}%'`)).length;
}

const upsert = (key: string, values: object = {}, client = connection) =>
  client.sobject('Task').upsert([{ Call_Id__c: key, Subject: 'Call', ...values }], 'Call_Id__c');

/** What jsforce rejects with when the org refuses. */
const refusal = (errorCode: string) => (error: unknown) =>
  error instanceof Error && 'errorCode' in error && error.errorCode === errorCode;

function codesOf(results: readonly { readonly errors: readonly object[] }[]): unknown[] {
  return results.flatMap(({ errors }) =>
    errors.map((error) => ('statusCode' in error ? error.statusCode : null)),
  );
}

/** A bare request, so that a test can give up on it or see its connection end. */
async function bareUpsert(key: string): Promise<ReturnType<typeof httpRequest>> {
  const outgoing = httpRequest(`${world.url}${BASE}/sobjects/Task/Call_Id__c/${key}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${await world.tokenOf(world.people.relay)}`,
      'content-type': 'application/json',
    },
  });
  outgoing.end(JSON.stringify({ Subject: 'Call' }));
  return outgoing;
}

async function isCutOff(outgoing: ReturnType<typeof httpRequest>): Promise<boolean> {
  const [error] = (await once(outgoing, 'error')) as [Error];
  return 'code' in error && error.code === 'ECONNRESET';
}

async function giveUp(outgoing: ReturnType<typeof httpRequest>): Promise<void> {
  outgoing.destroy();
  await once(outgoing, 'error');
}

describe('a fault', () => {
  test('unavailable', async () => {
    plan({ kind: 'unavailable', path: '/composite', times: 1 });
    await assert.rejects(upsert('unavailable'), refusal('SERVER_UNAVAILABLE'));
    assert.equal(await tasksWith('unavailable'), 0);
    assert.equal((await upsert('unavailable'))[0]?.success, true);
    const answer = await fetchWithPlan({ kind: 'unavailable' });
    assert.equal(answer.status, 503);
  });

  test('unavailable, at the token endpoint', async () => {
    plan({ kind: 'unavailable', path: '/services/oauth2/token', times: 1 });
    const client = new jsforce.Connection({ oauth2: { loginUrl: world.url }, instanceUrl: world.url });
    const assertion = await assertionOf(world.relayKey, { audience: world.url, issuer: CLIENT_ID });
    const signIn = () =>
      client.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    await assert.rejects(signIn());
    assert.equal((await signIn()).id, world.people.relay);
  });

  test('timeOutBeforeCommit', async () => {
    plan({ kind: 'timeOutBeforeCommit', method: 'PATCH' });
    const outgoing = await bareUpsert('time-out-before');
    await until(() => world.org.faults.list()[0]?.strikes === 1);
    await giveUp(outgoing);
    plan({ kind: 'timeOutBeforeCommit', method: 'PATCH', milliseconds: 1 });
    assert.ok(await isCutOff(await bareUpsert('time-out-before')));
    assert.equal(await tasksWith('time-out-before'), 0);
  });

  test('timeOutAfterCommit', async () => {
    plan({ kind: 'timeOutAfterCommit', method: 'PATCH' });
    const outgoing = await bareUpsert('time-out-after');
    await until(async () => (await tasksWith('time-out-after')) === 1);
    await giveUp(outgoing);
    plan({ kind: 'timeOutAfterCommit', method: 'PATCH', milliseconds: 1 });
    assert.ok(await isCutOff(await bareUpsert('time-out-after-2')));
    assert.equal(await tasksWith('time-out-after'), 2);
  });

  test('requestLimitExceeded', async () => {
    plan({ kind: 'requestLimitExceeded', times: 1 });
    await assert.rejects(upsert('limit'), (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.equal(error.message, 'TotalRequests Limit exceeded.');
      return refusal('REQUEST_LIMIT_EXCEEDED')(error);
    });
    assert.equal(await tasksWith('limit'), 0);
  });

  test('lockedRow, where another request writes to the same parent', async () => {
    const [accountId, otherId] = await world.org.insert('Account', [{ Name: 'Alder' }, { Name: 'Birch' }]);
    await upsert('lock-held');
    plan({ kind: 'lockedRow' });
    const blocker = await world.pool.connect();
    await blocker.query('BEGIN');
    await blocker.query(`SELECT 1 FROM org."Task" WHERE "Call_Id__c" = 'lock-held' FOR UPDATE`);
    // The first takes the account with its first row and then waits for its second row.
    const first = connection.sobject('Task').upsert(
      [
        { Call_Id__c: 'lock-1', WhatId: accountId },
        { Call_Id__c: 'lock-held', Subject: 'Changed' },
      ],
      'Call_Id__c',
    );
    await until(async () => {
      const { rows } = await world.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length > 0;
    });
    const second = await connection.sobject('Task').upsert(
      [
        { Call_Id__c: 'lock-2', WhatId: accountId },
        { Call_Id__c: 'lock-3', WhatId: otherId },
      ],
      'Call_Id__c',
    );
    await blocker.query('COMMIT');
    blocker.release();
    assert.deepEqual(
      second.map(({ success }) => success),
      [false, true],
    );
    assert.deepEqual(codesOf(second), ['UNABLE_TO_LOCK_ROW']);
    assert.ok((await first).every(({ success }) => success));
    assert.equal((await upsert('lock-2', { WhatId: accountId }))[0]?.success, true);
  });

  test('lockedRow, for a share of the rows that is the same for the same seed', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ Call_Id__c: `share-${index}` }));
    const successes = async (seed: number): Promise<boolean[]> => {
      world.org.faults.set([{ kind: 'lockedRow', share: 0.25 }], seed);
      const results = await connection.sobject('Task').upsert(rows, 'Call_Id__c');
      assert.ok(codesOf(results).every((code) => code === 'UNABLE_TO_LOCK_ROW'));
      return results.map(({ success }) => success);
    };
    const once7 = await successes(7);
    const refused = once7.filter((success) => !success).length;
    assert.ok(refused > 20 && refused < 80, `${refused} of 200 rows`);
    assert.deepEqual(await successes(7), once7);
    assert.notDeepEqual(await successes(8), once7);
  });

  test('expiredSession', async () => {
    const client = await world.connectionOf(world.people.relay);
    plan({ kind: 'expiredSession', times: 1 });
    await assert.rejects(upsert('session', {}, client), refusal('INVALID_SESSION_ID'));
    await assert.rejects(upsert('session', {}, client), refusal('INVALID_SESSION_ID'));
    assert.equal((await upsert('session'))[0]?.success, true);
  });

  test('droppedSocket', async () => {
    plan({ kind: 'droppedSocket', method: 'PATCH', times: 1 });
    assert.ok(await isCutOff(await bareUpsert('dropped-socket')));
    assert.equal(await tasksWith('dropped-socket'), 0);
  });

  test('droppedAnswer', async () => {
    plan({ kind: 'droppedAnswer', method: 'PATCH', times: 1 });
    assert.ok(await isCutOff(await bareUpsert('dropped-answer')));
    assert.equal(await tasksWith('dropped-answer'), 1);
    assert.equal((await upsert('dropped-answer'))[0]?.created, false);
  });

  test('latency', async () => {
    plan({ kind: 'latency', method: 'PATCH', milliseconds: 600_000 });
    const outgoing = await bareUpsert('latency');
    await until(() => world.org.faults.list()[0]?.strikes === 1);
    await giveUp(outgoing);
    assert.equal(await tasksWith('latency'), 0);
    plan({ kind: 'latency', path: '/composite', milliseconds: 5 });
    assert.equal((await upsert('latency'))[0]?.success, true);
    assert.equal(world.org.faults.list()[0]?.strikes, 1);
  });

  test('hiddenField', async () => {
    plan({ kind: 'hiddenField', object: 'Task', field: 'Call_Outcome__c' });
    const refused = await upsert('hidden', { Call_Outcome__c: 'meeting' });
    assert.deepEqual(codesOf(refused), ['INVALID_FIELD']);
    await assert.rejects(
      async () => connection.query('SELECT Call_Outcome__c FROM Task'),
      refusal('INVALID_FIELD'),
    );
    const { fields } = await connection.describe('Task');
    assert.ok(!fields.some(({ name }) => name === 'Call_Outcome__c'));
    world.org.faults.clear();
    assert.equal((await upsert('hidden', { Call_Outcome__c: 'meeting' }))[0]?.success, true);
  });

  test('deletedParent', async () => {
    const [whoId] = await world.org.insert('Contact', [{ LastName: 'Ruiz' }]);
    plan({ kind: 'deletedParent', path: '/composite', times: 1 });
    const results = await upsert('deleted-parent', { WhoId: whoId });
    assert.deepEqual(codesOf(results), ['INVALID_CROSS_REFERENCE_KEY']);
    assert.equal((await world.org.query(`SELECT Id FROM Contact WHERE Id = '${whoId}'`)).length, 0);
  });

  test('automation that rejects', async () => {
    plan({ kind: 'automation', object: 'Task', rejects: 'Log calls on open deals only', times: 1 });
    const results = await upsert('rejected');
    assert.deepEqual(codesOf(results), ['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
    assert.equal((await upsert('rejected'))[0]?.success, true);
  });

  test('automation that changes', async () => {
    plan({ kind: 'automation', object: 'Task', changes: { Priority: 'High' } });
    await upsert('changed', { Priority: 'Low' });
    const [task] = await world.org.query(
      `SELECT Priority, IsHighPriority FROM Task WHERE Call_Id__c = 'changed'`,
    );
    assert.deepEqual([task?.['Priority'], task?.['IsHighPriority']], ['High', true]);
  });
});

/** A request while the plan, set over HTTP as from the demo's page, holds one fault. */
async function fetchWithPlan(fault: object): Promise<Response> {
  await fetch(`${world.url}/sandbox/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults: [fault] }),
  });
  return fetch(`${world.url}${BASE}/limits`);
}

describe('the fault plan', () => {
  const send = async (method: string, body?: unknown) => {
    const answer = await fetch(`${world.url}/sandbox/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as unknown };
  };

  test('is set, told with its strikes, and cleared', async () => {
    const fault = { kind: 'unavailable', path: '/limits', times: 2 };
    assert.equal((await send('PUT', { faults: [fault] })).status, 200);
    for (let index = 0; index < 3; index += 1) {
      const { status } = await world.request(world.people.relay, 'GET', `${BASE}/limits`);
      assert.equal(status, index < 2 ? 503 : 200);
    }
    assert.deepEqual((await send('GET')).body, { faults: [{ ...fault, strikes: 2 }] });
    assert.equal((await send('DELETE')).status, 204);
    assert.deepEqual((await send('GET')).body, { faults: [] });
  });

  test('refuses what it cannot do, in a plain sentence, and stays as it was', async () => {
    plan({ kind: 'unavailable', path: '/limits' });
    const wrong: [unknown, RegExp][] = [
      [{ faults: [{ kind: 'earthquake' }] }, /kind/],
      [{ faults: [{ kind: 'unavailable', share: 2 }] }, /faults\.0\.share/],
      [{ faults: [{ kind: 'latency' }] }, /milliseconds/],
      [{ faults: [{ kind: 'automation', object: 'Task' }] }, /either rejects or changes/],
      [{ faults: [{ kind: 'hiddenField', object: 'Task', field: 'Nope__c' }] }, /no field Task\.Nope__c/],
      [{ faults: [{ kind: 'hiddenField', object: 'Nope', field: 'Name' }] }, /no object Nope/],
      [{}, /faults/],
    ];
    for (const [body, message] of wrong) {
      const answer = await send('PUT', body);
      assert.equal(answer.status, 400);
      assert.match((answer.body as { message: string }).message, message);
    }
    assert.equal(world.org.faults.list().length, 1);
  });
});
