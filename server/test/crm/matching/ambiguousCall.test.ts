import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chooseRecord, judgeTasks, pendingMatches } from '../../../src/crm/index.ts';
import { answeredCall } from '../../callEvents.ts';
import { deliverDue } from '../deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

/** Brings the Task of a call up to date and gives it. */
async function deliveredTask(callId: string): Promise<Record<string, unknown>> {
  const { connection } = under;
  assert.deepEqual(await deliverDue(under, [callId]), { step: 'sent', faults: [] });
  const { records } = await connection.query<Record<string, unknown>>(
    `SELECT Id, WhoId, WhatId, AccountId FROM Task WHERE Call_Id__c = '${callId}'`,
  );
  assert.equal(records.length, 1);
  return records[0] ?? {};
}

async function callFromPad(numberE164: string): Promise<string> {
  const callId = await under.placeCall({ recordId: null, numberE164 });
  await under.report(callId, 'switch', answeredCall(40_000));
  return callId;
}

test('a call from the pad is logged with the one contact who has its number', async () => {
  const [contactId] = await under.org.insert('Contact', [{ LastName: 'Only', Phone: '+1 303 555 0301' }]);
  await syncOnce(under);
  const task = await deliveredTask(await callFromPad('+13035550301'));
  assert.equal(task['WhoId'], contactId);
});

test('an account without such a contact is what the call is about', async () => {
  const [accountId] = await under.org.insert('Account', [{ Name: 'Firm', Phone: '+1 303 555 0302' }]);
  await syncOnce(under);
  const task = await deliveredTask(await callFromPad('+13035550302'));
  assert.deepEqual([task['WhoId'], task['WhatId']], [null, accountId]);
});

test('an ambiguous call is logged at once, and amended when its rep has chosen; later calls follow', async () => {
  const [accountId = ''] = await under.org.insert('Account', [{ Name: 'Two', Phone: '+1 303 555 0303' }]);
  const [one = '', other = ''] = await under.org.insert(
    'Contact',
    ['One', 'Other'].map((LastName) => ({ LastName, AccountId: accountId, Phone: '+1 303 555 0303' })),
  );
  await syncOnce(under);
  const callId = await callFromPad('+13035550303');
  const before = await deliveredTask(callId);
  assert.deepEqual([before['WhoId'], before['WhatId']], [null, null]);
  const caller = { orgId: under.orgId, userId: under.repId };
  const { matches } = await pendingMatches(under.ledger.database, caller);
  assert.deepEqual(matches, [
    { callId, startedAt: '2026-10-05T14:30:00.000Z', recordIds: [one, other].sort() },
  ]);

  await chooseRecord(under.ledger, caller, callId, other);
  const amended = await deliveredTask(callId);
  assert.deepEqual([amended['Id'], amended['WhoId'], amended['AccountId']], [before['Id'], other, accountId]);
  assert.deepEqual(await pendingMatches(under.ledger.database, caller), { matches: [] });
  assert.equal((await deliveredTask(await callFromPad('+13035550303')))['WhoId'], other);
});

test('a late fact does not take back what was moved to another record in the org', async () => {
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(20_000));
  const { Id } = await deliveredTask(callId);
  const [elsewhere] = await under.org.insert('Contact', [{ LastName: 'Elsewhere' }]);
  const rep = await under.connectionOf(under.repId);
  await rep.sobject('Task').update({ Id: String(Id), WhoId: elsewhere });
  await under.report(callId, 'softphone', answeredCall(20_000));
  assert.equal((await deliveredTask(callId))['WhoId'], elsewhere);
});

test('a rep who names the record on the Task in the org has chosen too', async () => {
  const [accountId = ''] = await under.org.insert('Account', [{ Name: 'Three', Phone: '+1 303 555 0309' }]);
  const [, other = ''] = await under.org.insert(
    'Contact',
    ['One', 'Other'].map((LastName) => ({ LastName, AccountId: accountId, Phone: '+1 303 555 0309' })),
  );
  await syncOnce(under);
  const callId = await callFromPad('+13035550309');
  const { Id, WhoId } = await deliveredTask(callId);
  assert.equal(WhoId, null);
  await under.connection.sobject('Task').update({ Id: String(Id), WhoId: other });
  await syncOnce(under);
  await judgeTasks(under.ledger, under.orgId);
  const caller = { orgId: under.orgId, userId: under.repId };
  assert.deepEqual(await pendingMatches(under.ledger.database, caller), { matches: [] });
  const later = await deliveredTask(await callFromPad('+13035550309'));
  assert.equal(later['WhoId'], other);
});
