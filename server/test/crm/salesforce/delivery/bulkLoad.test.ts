import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answeredCall, outcomeEvent } from '../../../callEvents.ts';
import { eventually } from '../../../eventually.ts';
import { deliverDue, type DeliveryReport } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

const BULK_FROM = 20;
const BACKLOG = 30;
let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

const deliver = (callIds: readonly string[] = []): Promise<DeliveryReport> =>
  deliverDue(under, callIds, new Date(Date.now() + 3_600_000), { bulkFrom: BULK_FROM });

async function backlog(options: { recordId?: string } = {}): Promise<string[]> {
  const callIds: string[] = [];
  for (let call = 0; call < BACKLOG; call += 1) {
    const callId = await under.placeCall(options);
    await under.report(callId, 'switch', answeredCall(30_000 + call * 1_000));
    callIds.push(callId);
  }
  return callIds;
}

/** How many Tasks the org has of each of these calls. */
async function taskCounts(callIds: readonly string[]): Promise<number[]> {
  const { records } = await under.connection.query<{ Call_Id__c: string }>(
    'SELECT Call_Id__c FROM Task WHERE Call_Id__c != null',
    { maxFetch: 10_000, autoFetch: true },
  );
  return callIds.map((callId) => records.filter((record) => record.Call_Id__c === callId).length);
}

async function loadsUnderWay(): Promise<number> {
  return (await under.ledger.database.query('select from crm_bulk_load')).length;
}

async function followToTheEnd(): Promise<void> {
  await eventually(async () => {
    await deliver();
    return (await loadsUnderWay()) === 0;
  });
}

const ONCE_EACH = Array.from({ length: BACKLOG }, () => 1);

test('a backlog of new calls goes as one bulk load, in a handful of requests', async () => {
  const callIds = await backlog();
  const sent = under.proxy.requests.length;
  assert.deepEqual(await deliver(callIds), { step: 'full', faults: [] });
  assert.equal(await loadsUnderWay(), 1);
  await followToTheEnd();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
  const requests = under.proxy.requests.slice(sent);
  assert.ok(requests.some((request) => request.includes('/jobs/ingest')));
  assert.ok(!requests.some((request) => request.includes('/composite/sobjects/Task')));
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT OwnerId, WhoId, TaskSubtype, Talk_Seconds__c, Call_Version__c, Description FROM Task
     WHERE Call_Id__c = '${callIds[3]}'`,
  );
  const { attributes, ...task } = records[0] ?? {};
  assert.ok(attributes !== undefined);
  assert.deepEqual(task, {
    OwnerId: under.repId,
    WhoId: under.contactId,
    TaskSubtype: 'Call',
    Talk_Seconds__c: 33,
    Call_Version__c: 1,
    Description: null,
  });
});

test('what a rep says while the load is under way is amended behind it', async () => {
  const callIds = await backlog();
  const [changed = ''] = callIds;
  await deliver(callIds);
  await under.report(changed, 'softphone', [outcomeEvent(1, 99_000, { outcome: 'meeting', note: 'Yes.' })]);
  await deliver([changed]);
  await followToTheEnd();
  await deliver();
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Call_Version__c, Description FROM Task WHERE Call_Id__c = '${changed}'`,
  );
  assert.deepEqual(
    records.map((task) => [task['Call_Version__c'], task['Description']]),
    [[2, 'Yes.']],
  );
});

test('rows that the load could not write are mended alone: a deleted contact, a Task that exists', async () => {
  const [gone = ''] = await under.org.insert('Contact', [{ LastName: 'Gone', OwnerId: under.repId }]);
  const callIds = await backlog({ recordId: gone });
  const [existing = ''] = callIds;
  await deliverDue(under, [existing]);
  await under.ledger.database.query('delete from crm_delivery where call_id = $1', [existing]);
  await (await under.connectionOf(under.repId)).sobject('Contact').delete(gone);
  assert.equal((await deliver(callIds)).step, 'full');
  await followToTheEnd();
  await deliver();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});

test('the answer to the upload is lost: every call is in the org once all the same', async () => {
  const callIds = await backlog();
  under.proxy.plan({ kind: 'loseAnswer', method: 'PATCH', pathIncludes: '/jobs/ingest' });
  assert.equal((await deliver(callIds)).step, 'failed');
  assert.equal((await deliver()).step, 'full');
  await followToTheEnd();
  await deliver();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});

test('a load that the org knows nothing of any more holds up nothing: its calls go by themselves', async () => {
  const callIds = await backlog();
  assert.equal((await deliver(callIds)).step, 'full');
  await under.ledger.database.query(
    "update crm_bulk_load set job_id = '750000000000999AAA', poll_at = '-infinity'",
  );
  assert.deepEqual(await deliver(), {
    step: 'failed',
    faults: [{ orgId: under.orgId, what: 'request', codes: { BULK_JOB_FAILED: 1 } }],
  });
  assert.equal(await loadsUnderWay(), 0);
  await deliver();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});

test('an org that is down while a load is under way is asked once, then left alone', async () => {
  const callIds = await backlog();
  await deliver(callIds);
  await under.ledger.database.query("update crm_bulk_load set poll_at = '-infinity'");
  under.org.faults.set([{ kind: 'unavailable', path: '/jobs/ingest' }]);
  const sent = under.proxy.requests.length;
  assert.deepEqual(await deliver(), {
    step: 'failed',
    faults: [{ orgId: under.orgId, what: 'request', codes: { SERVER_UNAVAILABLE: 1 } }],
  });
  assert.equal(under.proxy.requests.length, sent + 1);
  under.org.faults.clear();
  await followToTheEnd();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});

test('while a load is under way nothing else writes Tasks; one that takes too long holds nobody up', async () => {
  const callIds = await backlog();
  await deliver(callIds);
  await under.ledger.database.query("update crm_bulk_load set poll_at = 'infinity'");
  const late = await under.placeCall();
  await under.report(late, 'switch', answeredCall(40_000));
  assert.deepEqual(await deliver([late]), { step: 'idle', faults: [] });
  await under.ledger.database.query(
    "update crm_bulk_load set started_at = started_at - interval '11 minutes'",
  );
  assert.deepEqual(await deliver(), { step: 'sent', faults: [] });
  assert.deepEqual(await taskCounts([late]), [1]);
  await under.ledger.database.query("update crm_bulk_load set poll_at = '-infinity'");
  await followToTheEnd();
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});

test('an org that refuses its Bulk API gets the backlog by collections', async () => {
  const callIds = await backlog();
  under.proxy.plan({
    kind: 'answer',
    method: 'POST',
    pathIncludes: '/jobs/ingest',
    status: 400,
    body: [{ errorCode: 'FEATURENOTENABLED', message: 'Bulk API is not enabled for this user' }],
  });
  assert.deepEqual(await deliver(callIds), { step: 'sent', faults: [] });
  assert.deepEqual(await taskCounts(callIds), ONCE_EACH);
});
