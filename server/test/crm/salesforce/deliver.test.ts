import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WholeBatchFailed, type JobFailure } from '../../../src/database/index.ts';
import {
  deliverBatch,
  deliverCallSchema,
  startDelivery,
  type DeliverCall,
} from '../../../src/crm/salesforce/deliver.ts';
import { answeredCall, outcomeEvent } from '../../callEvents.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

async function deliver(...callIds: string[]): Promise<JobFailure[]> {
  const { ledger, organizations, orgId } = under;
  return deliverBatch(
    { database: ledger.database, organizations },
    callIds.map((callId) => ({ orgId, callId })),
  );
}

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

async function lastErrorOf(callId: string): Promise<string | null> {
  const [row] = await under.ledger.database.query<{ code: string | null }>(
    'select last_error as code from crm_delivery where call_id = $1',
    [callId],
  );
  return row?.code ?? null;
}

test('a call becomes one Task with all its fields', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [
    ...answeredCall(95_000),
    outcomeEvent(5, 112_000, { outcome: 'callBack', note: 'Call in May.' }),
  ]);
  assert.deepEqual(await deliver(callId), []);
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
  assert.deepEqual(await deliver(callId), []);
  assert.deepEqual(await tasksOf(callId), []);
});

test('the answer of an upsert is lost: there is one Task, and the job succeeds the next time', async () => {
  const callId = await endedCall();
  under.proxy.plan({ kind: 'loseAnswer', method: 'PATCH', pathIncludes: '/composite/sobjects/Task' });
  await assert.rejects(deliver(callId), WholeBatchFailed);
  const { Id } = await onlyTaskOf(callId);
  assert.deepEqual(await deliver(callId), []);
  assert.equal((await onlyTaskOf(callId))['Id'], Id);
});

test('after a lost answer, what the rep edited meanwhile stays', async () => {
  const callId = await endedCall();
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'noInterest' })]);
  under.proxy.plan({ kind: 'loseAnswer', method: 'PATCH', pathIncludes: '/composite/sobjects/Task' });
  await assert.rejects(deliver(callId), WholeBatchFailed);
  const { Id } = await onlyTaskOf(callId);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: String(Id), Call_Outcome__c: 'meeting', Description: 'Mine.' });
  await under.report(callId, 'carrier', answeredCall(94_000));
  assert.deepEqual(await deliver(callId), []);
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
  assert.deepEqual(await deliver(callId), []);
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
  assert.deepEqual(await deliver(callId), []);
  assert.deepEqual(await deliver(callId, callId), []);
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
  assert.deepEqual(await deliver(callId), []);
  const task = await onlyTaskOf(callId);
  assert.deepEqual([task['Call_Version__c'], task['Talk_Seconds__c']], [7, 3]);
});

test('two workers that deliver one call at once make one Task', async () => {
  const callId = await endedCall();
  assert.deepEqual(await Promise.all([deliver(callId), deliver(callId)]), [[], []]);
  await onlyTaskOf(callId);
});

test('a refused row of a batch does not hold the others, and its reason is kept without personal data', async () => {
  const good = [await endedCall(20), await endedCall(30)];
  const bad = await under.placeCall({ userId: await inactiveUser() });
  await under.report(bad, 'switch', answeredCall(40_000), await inactiveUser());
  const [before = '', behind = ''] = good;
  const failures = await deliver(before, bad, behind);
  assert.deepEqual(failures, [{ index: 1, reason: 'INACTIVE_OWNER_OR_USER', final: true }]);
  await onlyTaskOf(before);
  await onlyTaskOf(behind);
  assert.deepEqual(await tasksOf(bad), []);
  assert.equal(await lastErrorOf(bad), 'INACTIVE_OWNER_OR_USER');
});

test('a locked row is retried, a refused one is not', async () => {
  const callId = await endedCall();
  const errors = [
    { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', fields: [] },
  ];
  under.proxy.plan({
    kind: 'answer',
    method: 'PATCH',
    pathIncludes: '/composite/sobjects/Task',
    status: 200,
    body: [{ success: false, created: false, errors }],
  });
  assert.deepEqual(await deliver(callId), [{ index: 0, reason: 'UNABLE_TO_LOCK_ROW', final: false }]);
  assert.deepEqual(await deliver(callId), []);
  assert.equal(await lastErrorOf(callId), null);
});

test('a call whose contact was deleted is logged without it', async () => {
  const [gone = ''] = await under.org.insert('Contact', [{ LastName: 'Gone', OwnerId: under.repId }]);
  const callId = await under.placeCall({ recordId: gone });
  await under.report(callId, 'switch', answeredCall(30_000));
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Contact').delete(gone);
  assert.deepEqual(await deliver(callId), []);
  assert.equal((await onlyTaskOf(callId))['WhoId'], null);
});

test('the session expires in mid-job: one login, one retry', async () => {
  const callId = await endedCall();
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite/sobjects/Task' });
  const sent = under.proxy.requests.length;
  assert.deepEqual(await deliver(callId), []);
  assert.deepEqual(
    under.proxy.requests.slice(sent).map((request) => request.replace(/\/v[\d.]+/u, '')),
    [
      'PATCH /services/data/composite/sobjects/Task/Call_Id__c',
      'POST /services/oauth2/token',
      'PATCH /services/data/composite/sobjects/Task/Call_Id__c',
    ],
  );
});

test('a session that is refused again and again does not go round for ever', async () => {
  const callId = await endedCall();
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite/sobjects/Task' });
  under.proxy.plan({ ...EXPIRED, pathIncludes: '/composite/sobjects/Task' });
  await assert.rejects(deliver(callId), { name: 'WholeBatchFailed', message: /INVALID_SESSION_ID/u });
  assert.deepEqual(await deliver(callId), []);
});

test('the daily limit is reached: the batch waits as a whole', async () => {
  const callId = await endedCall();
  under.proxy.plan({
    kind: 'answer',
    pathIncludes: '/composite/sobjects/Task',
    status: 403,
    body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
  });
  await assert.rejects(deliver(callId), { name: 'WholeBatchFailed', message: /REQUEST_LIMIT_EXCEEDED/u });
  assert.deepEqual(await deliver(callId), []);
});

test('a rep that was never read waits for the sync', async () => {
  const userId = await unsyncedUser();
  const callId = await under.placeCall({ userId });
  await under.report(callId, 'switch', answeredCall(30_000), userId);
  assert.deepEqual(await deliver(callId), [{ index: 0, reason: 'REP_NOT_SYNCED', final: false }]);
  await syncOnce(under);
  assert.deepEqual(await deliver(callId), []);
});

test('by the queue: a refused call ends among the dead letters, its neighbour in the org', async () => {
  const { database, queue } = under.ledger;
  const userId = await inactiveUser();
  const [good, bad] = [await endedCall(25), await under.placeCall({ userId })];
  await under.report(bad, 'switch', answeredCall(40_000), userId);
  const { promise: deadLetter, resolve } = Promise.withResolvers<DeliverCall | undefined>();
  await queue.work('deliver-call-dead', {
    batchSize: 1,
    schema: deliverCallSchema,
    handle: async ([job]) => resolve(job),
  });
  await queue.enqueue(database, 'deliver-call', [
    { orgId: under.orgId, callId: bad },
    { orgId: under.orgId, callId: good },
  ]);
  await startDelivery({ database, queue, organizations: under.organizations });
  assert.deepEqual(await deadLetter, { orgId: under.orgId, callId: bad });
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
