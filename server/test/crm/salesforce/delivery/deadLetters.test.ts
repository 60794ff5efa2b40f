import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { deadLetters, replayDeadLetters } from '../../../../src/crm/index.ts';
import { answeredCall } from '../../../callEvents.ts';
import { deliverDue } from '../../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());
afterEach(async () => {
  under.org.faults.clear();
  await under.ledger.database.query('delete from crm_delivery');
});

async function endedCall(): Promise<string> {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(30_000));
  return callId;
}

const REJECTED = {
  kind: 'automation',
  object: 'Task',
  rejects: 'Ana Ruiz may not be called on Mondays',
} as const;
const REASON = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

async function deadCall(): Promise<string> {
  const callId = await endedCall();
  under.org.faults.set([REJECTED]);
  await deliverDue(under, [callId]);
  under.org.faults.clear();
  return callId;
}

async function taskCount(callId: string): Promise<number> {
  return (await under.org.query(`SELECT Id FROM Task WHERE Call_Id__c = '${callId}'`)).length;
}

const listed = (limit = 10) => deadLetters(under.ledger.database, under.orgId, limit);
const replay = (callId?: string) => replayDeadLetters(under.ledger.database, under.orgId, callId);

test('what the org refused for good is listed, the latest first, with its code and never its message', async () => {
  const [earlier, later] = [await deadCall(), await deadCall()];
  const letters = await listed();
  assert.deepEqual(
    letters.map(({ callId, reason }) => [callId, reason]),
    [
      [later, REASON],
      [earlier, REASON],
    ],
  );
  assert.ok(letters.every(({ diedAt }) => diedAt instanceof Date));
  assert.deepEqual(
    (await listed(1)).map(({ callId }) => callId),
    [later],
  );
  assert.deepEqual(await deadLetters(under.ledger.database, '00D000000000009AAA', 10), []);
});

test('a replay tries one again, or all, and tells how many', async () => {
  const [one, other] = [await deadCall(), await deadCall()];
  assert.equal(await replay(one), 1);
  assert.equal(await replay(one), 0);
  assert.deepEqual(await deliverDue(under, []), { step: 'sent', faults: [] });
  assert.deepEqual([await taskCount(one), await taskCount(other)], [1, 0]);
  assert.equal(await replay(), 1);
  assert.deepEqual(await deliverDue(under, []), { step: 'sent', faults: [] });
  assert.equal(await taskCount(other), 1);
  assert.deepEqual(await listed(), []);
});

test('a replay of what is still refused ends where it was', async () => {
  const callId = await deadCall();
  await replay();
  under.org.faults.set([REJECTED]);
  await deliverDue(under, []);
  assert.deepEqual(
    (await listed()).map((letter) => [letter.callId, letter.reason]),
    [[callId, REASON]],
  );
});

test('a passing reason is a dead letter after four days, and not before', async () => {
  const callId = await endedCall();
  const start = Date.now() + HOUR_MS;
  under.org.faults.set([{ kind: 'lockedRow', share: 1 }]);
  const deliverAt = (ms: number) => deliverDue(under, [], new Date(ms));
  await deliverDue(under, [callId], new Date(start));
  await deliverAt(start + 3 * DAY_MS);
  assert.deepEqual(await listed(), []);
  await deliverAt(start + 4 * DAY_MS);
  assert.deepEqual(
    (await listed()).map((letter) => [letter.callId, letter.reason]),
    [[callId, 'UNABLE_TO_LOCK_ROW']],
  );
  const { faults } = await deliverAt(start + 5 * DAY_MS);
  assert.ok(!faults.some(({ what }) => what === 'calls'));
  under.org.faults.clear();
  await replay();
  await deliverAt(start + 5 * DAY_MS);
  assert.equal(await taskCount(callId), 1);
});

test('a hidden field is named in the reason, by its name alone', async () => {
  const callId = await endedCall();
  under.org.faults.set([{ kind: 'hiddenField', object: 'Task', field: 'Hold_Seconds__c' }]);
  await deliverDue(under, [callId]);
  assert.deepEqual(
    (await listed()).map(({ reason }) => reason),
    ['INVALID_FIELD Hold_Seconds__c'],
  );
});
