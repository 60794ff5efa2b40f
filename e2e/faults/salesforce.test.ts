import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type Chain, startChain } from './support/chain.ts';
import { eventually } from './support/eventually.ts';
import { assertFinalSet } from './support/finalSet.ts';
import { countingRequests, planFaults, strikes } from './support/orgFaults.ts';
import { bringForward, deliveriesOf } from './support/outbox.ts';
import { type AcknowledgedCall, phoneOf } from './support/phone.ts';
import { deliveryFaults } from './support/relayLog.ts';
import { hasTask, managerConnection } from './support/tasks.ts';

/** Whatever request writes Tasks, its path begins so. */
const WRITES = '/composite';
const CLI = join(import.meta.dirname, '..', '..', 'server/src/cli.ts');

let chain: Chain;
const acknowledged: AcknowledgedCall[] = [];

before(async () => {
  chain = await startChain({ webs: 1, workers: 1 });
});
after(() => chain.stop());
afterEach(async () => {
  await planFaults(chain);
  await assertFinalSet(chain, acknowledged);
});

async function placeCalls(count: number, plan: { recordId?: string } = {}): Promise<string[]> {
  const phone = phoneOf(chain, 0);
  const callIds: string[] = [];
  for (let calls = 0; calls < count; calls += 1) {
    const call = await phone.placeCall(plan);
    acknowledged.push(call);
    callIds.push(call.callId);
  }
  return callIds;
}

/** Places calls that the worker finds all at once. */
async function placeCallsTogether(count: number, meanwhile: () => Promise<void>): Promise<string[]> {
  await chain.workers[0]?.stop();
  const callIds = await placeCalls(count);
  await meanwhile();
  await chain.workers[0]?.start();
  return callIds;
}

async function struck(times = 1): Promise<void> {
  await eventually(`the fault struck ${times} times`, async () => ((await strikes(chain))[0] ?? 0) >= times);
}

async function isDeadFor(callIds: readonly string[], reason: string): Promise<void> {
  await eventually(`the calls are dead letters for ${reason}`, async () => {
    const deliveries = await deliveriesOf(chain, callIds);
    return (
      deliveries.length === callIds.length &&
      deliveries.every(({ isDead, lastError }) => isDead && lastError === reason)
    );
  });
}

/** Runs a command of the operator's, and gives its lines. */
async function scoreline(...parameters: string[]): Promise<string[]> {
  const environment = { PATH: process.env['PATH'], ...chain.environment, PORT: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...parameters], { env: environment });
  return stdout.trim().split('\n');
}

async function taskOf(callId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const connection = await managerConnection(chain);
  const { records } = await connection.query<Record<string, unknown>>(
    `SELECT Id, WhoId, Priority, CreatedDate, LastModifiedDate FROM Task WHERE Call_Id__c = '${callId}'`,
  );
  return records[0];
}

async function faultsWith(code: string) {
  return (await deliveryFaults(chain)).filter(({ codes }) => codes !== undefined && code in codes);
}

test('23 session expired in mid-job: one refresh, one retry', async () => {
  await planFaults(
    chain,
    { kind: 'expiredSession', path: WRITES, times: 1 },
    countingRequests('/services/oauth2/token'),
    countingRequests(WRITES),
  );
  const [callId = ''] = await placeCalls(1);
  await eventually('the call has its Task', () => hasTask(chain, callId));
  const [expired, logins, writes = 0] = await strikes(chain);
  assert.deepEqual([expired, logins], [1, 1]);
  assert.ok(writes >= 2, `${writes} writes`);
  assert.deepEqual(await faultsWith('INVALID_SESSION_ID'), []);
});

test('24 REQUEST_LIMIT_EXCEEDED: pause, alert, and it goes on by itself', async () => {
  await planFaults(chain, { kind: 'requestLimitExceeded', path: WRITES });
  const first = await placeCalls(1);
  const alert = await eventually('the log has an alert', async () => {
    const [line] = await faultsWith('REQUEST_LIMIT_EXCEEDED');
    return line;
  });
  assert.deepEqual([alert.level, alert.what], [50, 'request']);
  // The alert goes out before the pause is stored.
  const seconds = await eventually('the org is paused', async () => {
    const { rows } = await chain.relayDatabase.query<{ seconds: number }>(
      'select extract(epoch from resume_at - now())::float as seconds from crm_pace where resume_at > now()',
    );
    return rows[0]?.seconds;
  });
  assert.ok(seconds > 240, `${seconds} s`);

  const later = await placeCalls(3);
  await eventually('the later calls are due', async () => {
    const deliveries = await deliveriesOf(chain, later);
    return deliveries.length === 3 && deliveries.every(({ dueAt }) => dueAt !== null && dueAt <= new Date());
  });
  assert.deepEqual(await strikes(chain), [1]);
  await planFaults(chain);
  await bringForward(chain);
  await eventually('all are delivered', async () =>
    (await deliveriesOf(chain, [...first, ...later])).every(({ isDelivered }) => isDelivered),
  );
});

test('25 UNABLE_TO_LOCK_ROW: a jittered retry of those rows alone', async () => {
  const isSettled = async (callIds: readonly string[]) => {
    const deliveries = await deliveriesOf(chain, callIds);
    return deliveries.every(({ isDelivered }) => isDelivered);
  };
  const some = await placeCallsTogether(8, () =>
    planFaults(chain, { kind: 'lockedRow', path: WRITES, share: 0.5, times: 4 }),
  );
  await struck(4);
  await planFaults(chain);
  await bringForward(chain);
  await eventually('all are delivered', () => isSettled(some));
  assert.ok((await faultsWith('UNABLE_TO_LOCK_ROW')).some(({ what }) => what === 'calls'));
  for (const callId of some) {
    const task = await taskOf(callId);
    // A row that was taken was not sent again with those that were not.
    assert.equal(task?.['LastModifiedDate'], task?.['CreatedDate']);
  }

  const locked = await placeCallsTogether(6, () =>
    planFaults(chain, { kind: 'lockedRow', path: WRITES, share: 1 }),
  );
  const waiting = await eventually('each was refused three times', async () => {
    const deliveries = await deliveriesOf(chain, locked);
    return deliveries.every(({ attempts }) => attempts >= 3) && deliveries;
  });
  const moments = waiting.map(({ dueAt }) => dueAt?.getTime());
  assert.equal(new Set(moments).size, locked.length, moments.join());
});

test('26 field hidden: a dead letter with a clear reason, and a replay after mending delivers', async () => {
  await planFaults(chain, { kind: 'hiddenField', object: 'Task', field: 'Hold_Seconds__c', path: WRITES });
  const callIds = await placeCalls(2);
  await isDeadFor(callIds, 'INVALID_FIELD Hold_Seconds__c');
  const listed = await scoreline('dead-letters', 'list');
  for (const callId of callIds)
    assert.ok(listed.some((line) => line.endsWith(`call ${callId}  INVALID_FIELD Hold_Seconds__c`)));
  await planFaults(chain);
  assert.deepEqual(await scoreline('dead-letters', 'replay'), ['2 will be tried again.']);
});

test('26 record deleted: the call is logged without it', async () => {
  const connection = await managerConnection(chain);
  const { records } = await connection.query<{ Id: string }>('SELECT Id FROM Contact LIMIT 1');
  const recordId = records[0]?.Id ?? '';
  await planFaults(chain, { kind: 'deletedParent', path: WRITES, times: 1 });
  const [callId = ''] = await placeCalls(1, { recordId });
  await eventually('the call has its Task', () => hasTask(chain, callId));
  assert.equal((await taskOf(callId))?.['WhoId'], null);
});

test('27 undefined, {$like} and a trailing backslash: 400 before any call to the org', async () => {
  const backslash = '003000000000001AA\\';
  const phone = phoneOf(chain, 0);
  const callId = await phone.dial();
  acknowledged.push(await phone.chooseOutcome(callId));
  await assertFinalSet(chain, acknowledged);
  // What is left of the relay speaks to the org for no other reason.
  await chain.workers[0]?.stop();
  await planFaults(chain, countingRequests('/services/'));
  const number = '+1 303 555 0142';
  const wrong: readonly (readonly [path: string, body: object])[] = [
    ['/v1/calls', { callId }],
    ['/v1/calls', { callId, number: { $like: '%' } }],
    ['/v1/calls', { callId, number, recordId: { $like: '003%' } }],
    ['/v1/calls', { callId, number, recordId: backslash }],
    ['/v1/calls', { callId: 'undefined', number }],
    ['/v1/calls/undefined/outcome', { sequence: 9 }],
    [`/v1/calls/${callId}/record`, { recordId: undefined }],
    [`/v1/calls/${callId}/record`, { recordId: { $like: '003%' } }],
    [`/v1/calls/${callId}/record`, { recordId: backslash }],
    [`/v1/calls/${encodeURIComponent(`${callId}\\`)}/record`, { recordId: '003000000000001AAA' }],
    [`/v1/calls/${callId}/outcome`, { outcome: { $like: 'm%' } }],
    [`/v1/calls/${callId}/events`, { events: [{ kind: { $like: '%' } }] }],
  ];
  for (const [path, body] of wrong)
    assert.equal(await phone.statusOf(path, body), 400, `${path} ${JSON.stringify(body)}`);
  assert.deepEqual(await strikes(chain), [0]);
  await chain.workers[0]?.start();
});

test('28 the upsert’s answer is lost: the same record', async () => {
  await planFaults(chain, { kind: 'droppedAnswer', path: WRITES, times: 1 });
  const [callId = ''] = await placeCalls(1);
  await struck();
  const first = await eventually('the call has its Task', () => taskOf(callId));
  await assertFinalSet(chain, acknowledged);
  assert.equal((await taskOf(callId))?.['Id'], first['Id']);
  assert.ok((await faultsWith('ORG_UNREACHABLE')).some(({ what }) => what === 'request'));
});

for (const [name, fault] of [
  ['503', { kind: 'unavailable', path: WRITES, times: 2 }],
  ['a time-out before the commit', { kind: 'timeOutBeforeCommit', path: WRITES, times: 1, milliseconds: 50 }],
  ['a time-out after the commit', { kind: 'timeOutAfterCommit', path: WRITES, times: 1, milliseconds: 50 }],
  ['a dropped connection', { kind: 'droppedSocket', path: WRITES, times: 2 }],
] as const)
  test(`${name}: every call has one Task all the same`, async () => {
    await placeCallsTogether(4, () => planFaults(chain, fault));
    await struck();
    await assertFinalSet(chain, acknowledged);
  });

test('a customer’s automation rejects Tasks: dead letters, the others go on, and a replay delivers', async () => {
  const callIds = await placeCallsTogether(4, () =>
    planFaults(chain, { kind: 'automation', object: 'Task', rejects: 'Ana Ruiz: not on Mondays', times: 1 }),
  );
  await struck();
  const dead = await eventually('all are decided', async () => {
    const deliveries = await deliveriesOf(chain, callIds);
    const isDecided = deliveries.every(({ isDead, isDelivered }) => isDead || isDelivered);
    return isDecided && deliveries.filter(({ isDead }) => isDead);
  });
  assert.deepEqual(
    dead.map(({ lastError }) => lastError),
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION'],
  );
  assert.deepEqual(await scoreline('dead-letters', 'replay'), ['1 will be tried again.']);
});

test('a customer’s automation changes Tasks: what it set stays, and each call has its Task', async () => {
  await planFaults(chain, { kind: 'automation', object: 'Task', changes: { Priority: 'High' } });
  const [callId = ''] = await placeCalls(1);
  await assertFinalSet(chain, acknowledged);
  await planFaults(chain);
  const corrected = await phoneOf(chain, 0).chooseOutcome(callId, { outcome: 'noInterest' }, 6);
  acknowledged.splice(-1, 1, corrected);
  await assertFinalSet(chain, acknowledged);
  assert.equal((await taskOf(callId))?.['Priority'], 'High');
});
