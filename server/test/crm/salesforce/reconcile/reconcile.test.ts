import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findCalls } from '../../../../src/calls/index.ts';
import { judgeTasks } from '../../../../src/crm/salesforce/reconcile/judgeTasks.ts';
import { reconcile, type Reconciliation } from '../../../../src/crm/salesforce/reconcile/reconcile.ts';
import { answeredCall, outcomeEvent } from '../../../callEvents.ts';
import { deliverDue } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

async function deliveredCall(): Promise<{ callId: string; taskId: string }> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(95_000));
  await under.report(callId, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'noInterest', note: 'No.' })]);
  await deliverDue(under, [callId]);
  return { callId, taskId: (await tasksOf(callId))[0]?.Id ?? '' };
}

interface TaskRow {
  readonly Id: string;
  readonly Call_Outcome__c: string;
  readonly CallDisposition: string;
  readonly Description: string;
  readonly Call_Version__c: number;
}

async function tasksOf(callId: string): Promise<TaskRow[]> {
  const { records } = await under.connection.query<TaskRow>(
    `SELECT Id, Call_Outcome__c, CallDisposition, Description, Call_Version__c FROM Task
     WHERE Call_Id__c = '${callId}'`,
  );
  return records;
}

const reconcileAll = (): Promise<Reconciliation> =>
  reconcile({
    ledger: under.ledger,
    organizations: under.organizations,
    orgId: under.orgId,
    since: new Date(0),
  });

const NOTHING_FOUND = { missing: 0, edited: 0, deleted: 0, restored: 0, outdated: 0 };

async function findings(): Promise<Omit<Reconciliation, 'compared'>> {
  const { compared, ...found } = await reconcileAll();
  assert.ok(compared > 0);
  return found;
}

test('what agrees is left alone, however often it is compared', async () => {
  await deliveredCall();
  assert.deepEqual(await findings(), NOTHING_FOUND);
  assert.deepEqual(await findings(), NOTHING_FOUND);
});

test('a Task that is missing is delivered again, once', async () => {
  const { callId } = await deliveredCall();
  await under.eraseTask(callId);
  assert.deepEqual(await tasksOf(callId), []);
  assert.deepEqual(await findings(), { ...NOTHING_FOUND, missing: 1 });
  assert.equal((await deliverDue(under, [])).step, 'sent');
  const tasks = await tasksOf(callId);
  assert.deepEqual(
    tasks.map((task) => [task.Call_Outcome__c, task.Call_Version__c]),
    [['noInterest', 2]],
  );
  assert.deepEqual(await findings(), NOTHING_FOUND);
});

test('a Task that was deleted in the org is noted and not written again; one that comes back is', async () => {
  const { callId, taskId } = await deliveredCall();
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').delete(taskId);
  assert.deepEqual(await findings(), { ...NOTHING_FOUND, deleted: 1 });
  await under.report(callId, 'carrier', answeredCall(80_000));
  assert.equal((await deliverDue(under, [callId])).step, 'idle');
  assert.deepEqual(await tasksOf(callId), []);
  assert.deepEqual(await findings(), NOTHING_FOUND);
  await under.eraseTask(callId);
  assert.deepEqual(await findings(), NOTHING_FOUND);
});

test('an outcome that the rep edits in the org wins: it is the call’s, the note stays, and nothing goes round', async () => {
  const { callId, taskId } = await deliveredCall();
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: taskId, Call_Outcome__c: 'meeting', Description: 'Mine.' });
  await syncOnce(under);
  assert.deepEqual(await judgeTasks(under.ledger, under.orgId), {
    edited: 1,
    deleted: 0,
    restored: 0,
    outdated: 0,
  });
  const [call] = await findCalls(under.ledger.database, under.orgId, [callId]);
  assert.deepEqual(
    [call?.outcome, call?.outcomeWitness, call?.version, call?.note],
    ['meeting', 'org', 3, 'No.'],
  );
  assert.equal((await deliverDue(under, [callId])).step, 'sent');
  assert.deepEqual(
    (await tasksOf(callId)).map((task) => [task.Call_Outcome__c, task.CallDisposition, task.Description]),
    [['meeting', 'Meeting', 'Mine.']],
  );
  assert.deepEqual(await findings(), NOTHING_FOUND);
});

test('what the rep says on the phone after an edit in the org is the newer word', async () => {
  const { callId, taskId } = await deliveredCall();
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: taskId, Call_Outcome__c: 'meeting' });
  assert.equal((await findings()).edited, 1);
  await under.report(callId, 'softphone', [
    outcomeEvent(2, 120_000, { outcome: 'callBack', note: 'Later.' }),
  ]);
  await deliverDue(under, [callId]);
  assert.deepEqual(
    (await tasksOf(callId)).map((task) => [task.Call_Outcome__c, task.Description]),
    [['callBack', 'Later.']],
  );
  assert.deepEqual(await findings(), NOTHING_FOUND);
});

test('a Task whose version fell behind is written again', async () => {
  const { callId } = await deliveredCall();
  await under.ledger.database.query(
    "update crm_delivery set delivered_version = 5, delivered_at = now() - interval '3 minutes' where call_id = $1",
    [callId],
  );
  assert.deepEqual(await findings(), { ...NOTHING_FOUND, outdated: 1 });
});

test('the comparison is made in pages and can be stopped', async () => {
  const controller = new AbortController();
  const progress: number[] = [];
  const result = await reconcile({
    ledger: under.ledger,
    organizations: under.organizations,
    orgId: under.orgId,
    since: new Date(0),
    signal: controller.signal,
    onProgress: ({ compared, total }) => {
      progress.push(compared, total);
      controller.abort();
    },
  });
  assert.equal(progress[0], progress[1]);
  assert.equal(result.compared, progress[0]);
});

test('asked to end, it judges no more, and goes on the next time', async () => {
  const { callId, taskId } = await deliveredCall();
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: taskId, Call_Outcome__c: 'meeting' });
  await syncOnce(under);
  const nothing = { edited: 0, deleted: 0, restored: 0, outdated: 0 };
  assert.deepEqual(await judgeTasks(under.ledger, under.orgId, AbortSignal.abort()), nothing);
  assert.deepEqual(await judgeTasks(under.ledger, under.orgId), { ...nothing, edited: 1 });
  const [call] = await findCalls(under.ledger.database, under.orgId, [callId]);
  assert.equal(call?.outcome, 'meeting');
});
