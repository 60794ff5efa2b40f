import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findCalls } from '../../../../src/calls/index.ts';
import { markDue, startDelivery } from '../../../../src/crm/index.ts';
import { createCardSource } from '../../../../src/performance/index.ts';
import { answeredCall, outcomeEvent } from '../../../callEvents.ts';
import { deliverDue, forgetPauses, type DeliveryReport } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

const deliver = (...callIds: string[]): Promise<DeliveryReport> => deliverDue(under, callIds);

const SENT = { step: 'sent', faults: [] };
const NOTHING_DUE = { step: 'idle', faults: [] };
const failedWith = (code: string) => ({
  step: 'failed',
  faults: [{ orgId: under.orgId, what: 'request', codes: { [code]: 1 } }],
});
const refusedWith = (code: string) => ({
  step: 'sent',
  faults: [{ orgId: under.orgId, what: 'calls', codes: { [code]: 1 } }],
});

const TASK_FIELDS = [
  'Id',
  'OwnerId',
  'WhoId',
  'Subject',
  'Status',
  'TaskSubtype',
  'ActivityDate',
  'Description',
  'CallType',
  'CallDurationInSeconds',
  'CallDisposition',
  'CallObject',
  'Call_Id__c',
  'Call_Version__c',
  'Call_Outcome__c',
  'Call_Evidence__c',
  'Talk_Seconds__c',
  'Ring_Seconds__c',
  'Hold_Seconds__c',
  'After_Call_Seconds__c',
];

async function tasksOf(callId: string): Promise<Record<string, unknown>[]> {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT ${TASK_FIELDS.join(', ')} FROM Task WHERE Call_Id__c = '${callId}'`,
  );
  return records;
}

async function onlyTaskOf(callId: string): Promise<Record<string, unknown>> {
  const tasks = await tasksOf(callId);
  assert.equal(tasks.length, 1);
  return tasks[0] ?? {};
}

async function endedCall(talkSeconds = 95): Promise<string> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(talkSeconds * 1000));
  return callId;
}

async function deliveryOf(callId: string) {
  const [row] = await under.ledger.database.query<{
    lastError: string | null;
    dueAt: Date | null;
    deadAt: Date | null;
  }>(
    `select last_error as "lastError", due_at as "dueAt", dead_at as "deadAt" from crm_delivery
     where call_id = $1`,
    [callId],
  );
  return row ?? { lastError: null, dueAt: null, deadAt: null };
}

test('a call becomes one Task with all its fields', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [
    ...answeredCall(95_000),
    outcomeEvent(5, 112_000, { outcome: 'callBack', note: 'Call in May.' }),
  ]);
  assert.deepEqual(await deliver(callId), SENT);
  const stored = await onlyTaskOf(callId);
  const task = Object.fromEntries(TASK_FIELDS.map((field) => [field, stored[field]]));
  assert.deepEqual(task, {
    Id: stored['Id'],
    OwnerId: under.repId,
    WhoId: under.contactId,
    Subject: 'Call: Call back',
    Status: 'Completed',
    TaskSubtype: 'Call',
    ActivityDate: '2026-10-05',
    Description: 'Call in May.',
    CallType: 'Outbound',
    CallDurationInSeconds: 95,
    CallDisposition: 'Call back',
    CallObject: callId,
    Call_Id__c: callId,
    Call_Version__c: 2,
    Call_Outcome__c: 'callBack',
    Call_Evidence__c: 'verified',
    Talk_Seconds__c: 95,
    Ring_Seconds__c: 4,
    Hold_Seconds__c: 0,
    After_Call_Seconds__c: 12,
  });
});

test('a call that goes on is not delivered yet', async () => {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(1000).slice(0, 3));
  assert.deepEqual(await deliver(callId), NOTHING_DUE);
  assert.deepEqual(await tasksOf(callId), []);
});

test('the answer of an upsert is lost: there is one Task, and the job succeeds the next time', async () => {
  const callId = await endedCall();
  under.proxy.plan({ kind: 'loseAnswer', method: 'POST', pathIncludes: '/composite' });
  assert.deepEqual(await deliver(callId), failedWith('ORG_UNREACHABLE'));
  const { Id } = await onlyTaskOf(callId);
  assert.deepEqual(await deliver(callId), SENT);
  assert.equal((await onlyTaskOf(callId))['Id'], Id);
});

test('after a lost answer, what the rep edited meanwhile stays', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'noInterest' })]);
  under.proxy.plan({ kind: 'loseAnswer', method: 'POST', pathIncludes: '/composite' });
  assert.deepEqual(await deliver(callId), failedWith('ORG_UNREACHABLE'));
  const { Id } = await onlyTaskOf(callId);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: String(Id), Call_Outcome__c: 'meeting', Description: 'Mine.' });
  await under.report(callId, 'carrier', answeredCall(94_000));
  assert.deepEqual(await deliver(callId), SENT);
  const task = await onlyTaskOf(callId);
  assert.deepEqual(
    [task['Call_Outcome__c'], task['Description'], task['Talk_Seconds__c'], task['Call_Version__c']],
    ['meeting', 'Mine.', 94, 3],
  );
});

test('a late carrier event amends the Task, creates none, and leaves the rep’s edits alone', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [
    outcomeEvent(1, 99_000, { outcome: 'noInterest', note: 'First.' }),
  ]);
  await deliver(callId);
  const { Id } = await onlyTaskOf(callId);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: String(Id), Description: 'Corrected by hand.' });
  await under.report(callId, 'carrier', answeredCall(92_000));
  assert.deepEqual(await deliver(callId), SENT);
  const task = await onlyTaskOf(callId);
  assert.deepEqual(
    [task['Id'], task['Talk_Seconds__c'], task['Description'], task['Call_Version__c']],
    [Id, 92, 'Corrected by hand.', 3],
  );
});

test('a new outcome is written over the old one', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'noInterest', note: 'No.' })]);
  await deliver(callId);
  await under.report(callId, 'softphone', [outcomeEvent(2, 120_000, { outcome: 'meeting', note: 'Yes.' })]);
  await deliver(callId);
  const task = await onlyTaskOf(callId);
  assert.deepEqual(
    [task['Call_Outcome__c'], task['Description'], task['Subject'], task['TaskSubtype']],
    ['meeting', 'Yes.', 'Call: Meeting', 'Call'],
  );
});

test('a stale version never overwrites: a repeated or outrun job sends nothing', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000)]);
  await deliver(callId);
  const sent = under.proxy.requests.length;
  assert.deepEqual(await deliver(callId), NOTHING_DUE);
  assert.deepEqual(await deliver(callId, callId), NOTHING_DUE);
  assert.equal(under.proxy.requests.length, sent);
  assert.equal((await onlyTaskOf(callId))['Call_Version__c'], 2);
});

test('the org has a newer version than the relay remembers sending: it is left alone', async () => {
  const callId = await endedCall();
  await deliver(callId);
  await under.connection
    .sobject('Task')
    .update({ Id: String((await onlyTaskOf(callId))['Id']), Call_Version__c: 7, Talk_Seconds__c: 3 });
  await under.ledger.database.query('delete from crm_delivery where call_id = $1', [callId]);
  assert.deepEqual(await deliver(callId), SENT);
  const task = await onlyTaskOf(callId);
  assert.deepEqual([task['Call_Version__c'], task['Talk_Seconds__c']], [7, 3]);
});

test('20 a suspended worker’s stale write arrives behind a newer one: the org refuses it', async () => {
  const callId = await endedCall();
  await deliver(callId);
  const staleWrite = { ...(await onlyTaskOf(callId)) };
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'meeting', note: 'Yes.' })]);
  await deliver(callId);
  const [refused] = await under.connection
    .sobject('Task')
    .upsert([{ Call_Id__c: callId, Call_Version__c: 1, Description: null }], 'Call_Id__c');
  assert.equal(refused?.success, false);
  assert.notEqual(staleWrite['Call_Version__c'], 2);
  const task = await onlyTaskOf(callId);
  assert.deepEqual([task['Call_Version__c'], task['Description']], [2, 'Yes.']);
});

test('two workers that deliver one call at once make one Task', async () => {
  const callId = await endedCall();
  const steps = (await Promise.all([deliver(callId), deliver(callId)])).map(({ step }) => step);
  assert.equal(steps.filter((step) => step === 'sent').length, 1, steps.join());
  await onlyTaskOf(callId);
});

test('a refused row of a batch does not hold the others, and its reason is kept without personal data', async () => {
  const good = [await endedCall(20), await endedCall(30)];
  const bad = await under.placeCall({ userId: await inactiveUser() });
  await under.report(bad, 'switch', answeredCall(40_000), await inactiveUser());
  const [before = '', behind = ''] = good;
  assert.deepEqual(await deliver(before, bad, behind), refusedWith('INACTIVE_OWNER_OR_USER'));
  await onlyTaskOf(before);
  await onlyTaskOf(behind);
  assert.deepEqual(await tasksOf(bad), []);
  const { lastError, dueAt, deadAt } = await deliveryOf(bad);
  assert.deepEqual([lastError, dueAt, deadAt === null], ['INACTIVE_OWNER_OR_USER OwnerId', null, false]);
});

test('a locked row alone is retried, later each time; a refused one is a dead letter', async () => {
  const [locked, good] = [await endedCall(), await endedCall()];
  under.org.faults.set([{ kind: 'lockedRow', share: 1, times: 1 }]);
  assert.deepEqual(await deliver(locked, good), refusedWith('UNABLE_TO_LOCK_ROW'));
  await onlyTaskOf(good);
  const { dueAt, deadAt } = await deliveryOf(locked);
  assert.ok(dueAt !== null && deadAt === null);
  const justBefore = new Date(dueAt.getTime() - 1);
  assert.deepEqual(await deliverDue(under, [], justBefore), { step: 'idle', faults: [] });
  assert.deepEqual(await deliverDue(under, [], new Date(Date.now() + 7_200_000)), SENT);
  assert.equal((await deliveryOf(locked)).lastError, null);
});

test('a call whose contact was deleted is logged without it', async () => {
  const [gone = ''] = await under.org.insert('Contact', [{ LastName: 'Gone', OwnerId: under.repId }]);
  const callId = await under.placeCall({ recordId: gone });
  await under.report(callId, 'switch', answeredCall(30_000));
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').delete(gone);
  assert.deepEqual(await deliver(callId), SENT);
  assert.equal((await onlyTaskOf(callId))['WhoId'], null);
});

test('the session expires in mid-job: one login, one retry', async () => {
  const callId = await endedCall();
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite' });
  const sent = under.proxy.requests.length;
  assert.deepEqual(await deliver(callId), SENT);
  assert.deepEqual(
    under.proxy.requests.slice(sent).map((request) => request.replace(/\/v[\d.]+/u, '')),
    ['POST /services/data/composite', 'POST /services/oauth2/token', 'POST /services/data/composite'],
  );
});

test('a session that is refused again and again does not go round for ever', async () => {
  const callId = await endedCall();
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite' });
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite' });
  assert.deepEqual(await deliver(callId), failedWith('INVALID_SESSION_ID'));
  assert.deepEqual(await deliver(callId), SENT);
});

test('the daily limit is reached: the batch waits as a whole', async () => {
  const callId = await endedCall();
  under.proxy.plan({
    kind: 'answer',
    pathIncludes: '/composite',
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  });
  assert.deepEqual(await deliver(callId), failedWith('REQUEST_LIMIT_EXCEEDED'));
  assert.deepEqual(await deliver(callId), SENT);
});

test('a rep that was never read waits for the sync', async () => {
  const userId = await unsyncedUser();
  const callId = await under.placeCall({ userId });
  await under.report(callId, 'switch', answeredCall(30_000), userId);
  assert.deepEqual(await deliver(callId), refusedWith('REP_NOT_SYNCED'));
  await syncOnce(under);
  assert.deepEqual(await deliver(callId), SENT);
});

test('in the background: a refused call ends among the dead letters, its neighbour in the org', async () => {
  const { database } = under.ledger;
  const userId = await inactiveUser();
  const [good, bad] = [await endedCall(25), await under.placeCall({ userId })];
  await under.report(bad, 'switch', answeredCall(40_000), userId);
  const { promise: refused, resolve } = Promise.withResolvers<unknown>();
  await markDue(database, under.orgId, await findCalls(database, under.orgId, [good, bad]));
  await forgetPauses(under);
  const delivery = startDelivery({
    database,
    organizations: under.organizations,
    cards: createCardSource({ database, networkReports: () => true }),
    onFault: resolve,
    onError: assert.ifError,
  });
  assert.deepEqual(await refused, {
    orgId: under.orgId,
    what: 'calls',
    codes: { INACTIVE_OWNER_OR_USER: 1 },
  });
  await delivery.stop();
  await onlyTaskOf(good);
  assert.deepEqual(await tasksOf(bad), []);
});

const EXPIRED = {
  kind: 'answer',
  status: 401,
  body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
} as const;

let inactive: Promise<string> | undefined;
function inactiveUser(): Promise<string> {
  inactive ??= insertUser({ IsActive: false });
  return inactive.then(async (id) => {
    await syncOnce(under);
    return id;
  });
}

function unsyncedUser(): Promise<string> {
  return insertUser({ IsActive: true });
}

async function insertUser(fields: { IsActive: boolean }): Promise<string> {
  const username = `user${Date.now()}@northwind-outdoor.test`;
  const [id = ''] = await under.org.insert('User', [
    { LastName: 'New', Username: username, Email: username, TimeZoneSidKey: 'Europe/Berlin', ...fields },
  ]);
  return id;
}
