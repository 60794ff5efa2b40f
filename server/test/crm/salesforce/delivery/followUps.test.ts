import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OutcomeEvent } from '@scoreline/contract';
import { replayDeadLetters } from '../../../../src/crm/index.ts';
import { answeredCall, outcomeEvent } from '../../../callEvents.ts';
import { eventually } from '../../../eventually.ts';
import { deliverDue, type DeliveryReport } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

const DAY = '2026-10-12';
const LATER_DAY = '2026-10-19';
let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());

interface FollowUp {
  readonly Id: string;
  readonly ActivityDate: string | null;
  readonly Status: string;
  readonly IsClosed: boolean;
  readonly Subject: string;
  readonly OwnerId: string;
  readonly WhoId: string | null;
  readonly TaskSubtype: string;
  readonly Call_Id__c: string | null;
}

async function followUpsOf(callId: string): Promise<FollowUp[]> {
  const { records } = await under.connection.query<FollowUp>(
    `SELECT Id, ActivityDate, Status, IsClosed, Subject, OwnerId, WhoId, TaskSubtype, Call_Id__c
     FROM Task WHERE Follow_Up_Of__c = '${callId}'`,
  );
  return records;
}

async function followUpOf(callId: string): Promise<FollowUp> {
  const [followUp, ...others] = await followUpsOf(callId);
  assert.ok(followUp);
  assert.deepEqual(others, []);
  return followUp;
}

const deliver = (...callIds: string[]): Promise<DeliveryReport> => deliverDue(under, callIds);
async function delivered(callId: string): Promise<void> {
  assert.deepEqual(await deliver(callId), { step: 'sent', faults: [] });
}

/** Ends the call's wrap-up, or corrects it: `sequence` counts what the rep said. */
const promise = (callId: string, sequence: number, changes: Partial<OutcomeEvent> = {}): Promise<void> =>
  under.report(callId, 'softphone', [
    outcomeEvent(sequence, 110_000 + sequence * 1_000, { outcome: 'callBack', ...changes }),
  ]);

async function promisedCall(changes: Partial<OutcomeEvent> = { followUpOn: DAY }): Promise<string> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(95_000));
  await promise(callId, 1, changes);
  return callId;
}

test('an outcome with a follow-up day creates one open Task, in the request of the call’s own', async () => {
  const callId = await promisedCall();
  const sent = under.proxy.requests.filter((each) => each.includes('/composite')).length;
  await delivered(callId);
  assert.equal(under.proxy.requests.filter((each) => each.includes('/composite')).length, sent + 1);
  const { Id, ...followUp } = await followUpOf(callId);
  assert.match(Id, /^00T/u);
  assert.deepEqual(
    { ...followUp, attributes: undefined },
    {
      attributes: undefined,
      ActivityDate: DAY,
      Status: 'Not Started',
      IsClosed: false,
      Subject: 'Follow up: Call back',
      OwnerId: under.repId,
      WhoId: under.contactId,
      TaskSubtype: 'Task',
      Call_Id__c: null,
    },
  );
  assert.deepEqual(await deliver(callId), { step: 'idle', faults: [] });
});

test('an outcome without a day creates none', async () => {
  const callId = await promisedCall({});
  await delivered(callId);
  assert.deepEqual(await followUpsOf(callId), []);
});

test('a lost answer doubles no follow-up', async () => {
  const callId = await promisedCall();
  under.proxy.plan({ kind: 'loseAnswer', method: 'POST', pathIncludes: '/composite' });
  assert.equal((await deliver(callId)).step, 'failed');
  await delivered(callId);
  assert.equal((await followUpOf(callId)).ActivityDate, DAY);
});

test('a corrected day moves the follow-up, as often as it is corrected', async () => {
  const callId = await promisedCall();
  await delivered(callId);
  const { Id } = await followUpOf(callId);
  await syncOnce(under);
  for (const [index, followUpOn] of [LATER_DAY, '2026-10-26', DAY].entries()) {
    await promise(callId, index + 2, { followUpOn });
    await delivered(callId);
    const moved = await followUpOf(callId);
    assert.deepEqual([moved.Id, moved.ActivityDate, moved.IsClosed], [Id, followUpOn, false]);
  }
});

test('a withdrawn follow-up is closed, and opened again when it is promised again', async () => {
  const callId = await promisedCall();
  await delivered(callId);
  await promise(callId, 2, { outcome: 'noInterest' });
  await delivered(callId);
  const withdrawn = await followUpOf(callId);
  assert.deepEqual([withdrawn.Subject, withdrawn.IsClosed], ['Follow-up withdrawn', true]);
  await syncOnce(under);
  await promise(callId, 3, { followUpOn: LATER_DAY });
  await delivered(callId);
  const again = await followUpOf(callId);
  assert.deepEqual(
    [again.Id, again.ActivityDate, again.Subject, again.IsClosed],
    [withdrawn.Id, LATER_DAY, 'Follow up: Call back', false],
  );
});

for (const [what, edit, expected] of [
  ['moved', { ActivityDate: '2026-11-02' }, ['2026-11-02', false]],
  ['done', { Status: 'Completed' }, [DAY, true]],
] as const)
  test(`a follow-up that its rep has ${what} in the org is left alone`, async () => {
    const callId = await promisedCall();
    await delivered(callId);
    const { Id } = await followUpOf(callId);
    const rep = await under.connectionOf(under.repId);
    await rep.sobject('Task').update({ Id, ...edit });
    await syncOnce(under);
    await promise(callId, 2, { followUpOn: LATER_DAY });
    await delivered(callId);
    const kept = await followUpOf(callId);
    assert.deepEqual([kept.ActivityDate, kept.IsClosed], expected);
    await promise(callId, 3, {});
    await delivered(callId);
    assert.equal((await followUpOf(callId)).Subject, 'Follow up: Call back');
  });

test('a follow-up that its rep deleted stays deleted', async () => {
  const callId = await promisedCall();
  await delivered(callId);
  const { Id } = await followUpOf(callId);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').destroy(Id);
  await syncOnce(under);
  await promise(callId, 2, { followUpOn: LATER_DAY });
  await delivered(callId);
  assert.deepEqual(await followUpsOf(callId), []);
});

test('what the rep wrote on a follow-up stays when its day is corrected', async () => {
  const callId = await promisedCall();
  await delivered(callId);
  const { Id } = await followUpOf(callId);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id, Subject: 'Send the winter list' });
  await syncOnce(under);
  await promise(callId, 2, { followUpOn: LATER_DAY });
  await delivered(callId);
  const { Subject, ActivityDate } = await followUpOf(callId);
  assert.deepEqual([Subject, ActivityDate], ['Send the winter list', LATER_DAY]);
});

test('erasing the personal data of a call withdraws nothing', async () => {
  const callId = await promisedCall();
  await delivered(callId);
  await under.ledger.database.query('delete from call_personal where call_id = $1', [callId]);
  await under.report(callId, 'carrier', answeredCall(94_000));
  await delivered(callId);
  assert.equal((await followUpOf(callId)).ActivityDate, DAY);
});

test('a refused follow-up holds up no Task, and is sent again when the cause is mended', async () => {
  const callId = await promisedCall();
  const { database } = under.ledger;
  const taken = { Follow_Up_Of__c: callId, Call_Version__c: 99, Subject: 'Follow up', Status: 'Not Started' };
  const { id } = await under.connection.sobject('Task').create(taken);
  const { faults } = await deliver(callId);
  const refusal = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
  assert.deepEqual(faults, [{ orgId: under.orgId, what: 'calls', codes: { [refusal]: 1 } }]);
  const [delivery] = await database.query<{ version: number; isDead: boolean; reason: string }>(
    `select delivered_version as version, dead_at is not null as "isDead", last_error as reason
     from crm_delivery where call_id = $1`,
    [callId],
  );
  assert.deepEqual(delivery, { version: 2, isDead: true, reason: `${refusal} Call_Version__c` });
  await under.alterOrg('UPDATE org."Task" SET "Call_Version__c" = 1 WHERE "Id" = $1', [id]);
  await replayDeadLetters(database, under.orgId, callId);
  await delivered(callId);
  assert.equal((await followUpOf(callId)).ActivityDate, DAY);
});

test('a follow-up on a record that is gone is written without it', async () => {
  const [contactId = ''] = await under.org.insert('Contact', [{ LastName: 'Gone', OwnerId: under.repId }]);
  const callId = await under.placeCall({ recordId: contactId });
  await under.report(callId, 'switch', answeredCall(95_000));
  await promise(callId, 1, { followUpOn: DAY });
  await under.alterOrg('UPDATE org."Contact" SET "IsDeleted" = true WHERE "Id" = $1', [contactId]);
  await delivered(callId);
  assert.deepEqual([(await followUpOf(callId)).WhoId, (await followUpOf(callId)).ActivityDate], [null, DAY]);
});

test('the promises of a bulk load go behind it, one each', async () => {
  const callIds: string[] = [];
  for (let count = 0; count < 6; count += 1) callIds.push(await promisedCall());
  const options = { bulkFrom: 5 };
  const later = () => new Date(Date.now() + 3_600_000);
  assert.deepEqual(await deliverDue(under, callIds, later(), options), { step: 'full', faults: [] });
  await eventually(async () => {
    await deliverDue(under, [], later(), options);
    const open = await under.ledger.database.query('select from crm_delivery where due_at is not null');
    return open.length === 0;
  });
  for (const callId of callIds) assert.equal((await followUpOf(callId)).ActivityDate, DAY);
});
