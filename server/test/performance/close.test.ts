import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publisherTo } from '../../src/crm/index.ts';
import { closedPeriodsOf } from '../../src/performance/close/closedPeriods.ts';
import { followCloses } from '../../src/performance/close/followCloses.ts';
import { rollUpBatch } from '../../src/performance/startPerformance.ts';
import { answeredCall, busyCall } from '../callEvents.ts';
import { deliverCards } from '../crm/deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../crm/orgUnderTest.ts';
import { syncOnce } from '../crm/syncOnce.ts';

/** The calls of `callEvents.ts` are on 5 October 2026; the quarter they belong to ended. */
const NOW = new Date('2027-01-05T17:00:00Z');

let under: OrgUnderTest;
let closeId: string;

before(async () => {
  under = await startOrgUnderTest();
  await under.org.insert('Opportunity', [opportunity(8_000)]);
  await syncOnce(under);
  await call(95);
  await publishCard();
});
after(() => under.stop());

const opportunity = (amount: number) => ({
  Name: 'Winter order',
  OwnerId: under.repId,
  StageName: 'Closed Won',
  Amount: amount,
  CloseDate: '2026-12-18',
});

let calls = 0;
async function call(talkSeconds: number | null): Promise<string> {
  calls += 1;
  const callId = await under.placeCall({ numberE164: `+130355${50_000 + calls}` });
  const events = talkSeconds === null ? busyCall() : answeredCall(talkSeconds * 1_000);
  await under.report(callId, 'switch', events);
  await rollUp();
  return callId;
}

async function rollUp(): Promise<void> {
  const { database } = under.ledger;
  const jobs = [{ orgId: under.orgId, userId: under.repId }];
  assert.deepEqual(await rollUpBatch({ database, networkReports: () => true }, jobs), []);
}

async function publishCard(): Promise<void> {
  assert.deepEqual(await deliverCards(under, [under.repId], NOW), { step: 'sent', faults: [] });
}

async function follow(): Promise<void> {
  await syncOnce(under);
  await followCloses(under.ledger.database, publisherTo(under.organizations), under.orgId);
}

const closed = async () => [...(await closedPeriodsOf(under.ledger.database, under.orgId, under.repId))];

async function told(): Promise<[unknown, unknown]> {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Late_Facts__c, Late_Facts_List__c FROM Quarter_Close__c WHERE Id = '${closeId}'`,
  );
  return [records[0]?.['Late_Facts__c'], records[0]?.['Late_Facts_List__c']];
}

async function setSignedOff(isSignedOff: boolean): Promise<void> {
  await under.alterOrg(
    `UPDATE org."Quarter_Close__c" SET "Signed_Off__c" = $2, "SystemModstamp" = clock_timestamp() WHERE "Id" = $1`,
    [closeId, isSignedOff],
  );
}

test('a period is closed once its sign-off was read and the org has the card', async () => {
  await call(null);
  [closeId = ''] = await under.org.insert('Quarter_Close__c', [
    {
      Close_Key__c: `${under.repId}:2026-10-01`,
      OwnerId: under.repId,
      Rep__c: under.repId,
      Period_Start__c: '2026-10-01',
      Period_End__c: '2026-12-31',
      Signed_Off__c: true,
    },
  ]);
  await follow();
  assert.deepEqual(await closed(), [], 'the last call is not on the card yet');
  await publishCard();
  await follow();
  assert.deepEqual(await closed(), ['2026-10-01']);
  assert.deepEqual(await told(), [null, null], 'nothing came late');
});

test('what comes after it is listed on the close, with what it would have changed', async () => {
  const callId = await call(90);
  await under.org.insert('Opportunity', [opportunity(2_500)]);
  await follow();
  const [count, text] = await told();
  assert.equal(count, 2);
  const lines = String(text).split('\n');
  assert.equal(
    lines[0],
    'Were the quarter open: Dials 3 instead of 2, Connects 2 instead of 1, Conversations 2 instead of 1, Talk seconds 185 instead of 95, Amount won 10500 instead of 8000.',
  );
  assert.equal(lines[1], `Call of 2026-10-05: ${callId}`);
  assert.match(lines[2] ?? '', /^Opportunity 006\w+: 2500 won instead of 0$/u);
});

test('the card of the closed quarter stays as it is, whatever comes and however often it is due', async () => {
  await rollUp();
  await publishCard();
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Dials__c, Connects__c, Won_Amount__c FROM Rep_Scorecard__c
     WHERE Scorecard_Key__c = '${under.repId}:2026-10-01'`,
  );
  const [card] = records;
  assert.deepEqual([card?.['Dials__c'], card?.['Connects__c'], card?.['Won_Amount__c']], [2, 1, 8_000]);
});

test('what the org did not take is written at the next pass', async () => {
  const callId = await call(null);
  under.proxy.plan({
    kind: 'answer',
    method: 'POST',
    pathIncludes: '/composite',
    status: 503,
    body: [{ errorCode: 'SERVER_UNAVAILABLE', message: '' }],
  });
  await assert.rejects(follow(), { name: 'CrmError' });
  assert.equal((await told())[0], 2);
  await follow();
  assert.equal((await told())[0], 3);
  assert.match(String((await told())[1]), new RegExp(callId, 'u'));
});

test('a period that is opened again is open, and closed again holds what came', async () => {
  await setSignedOff(false);
  await follow();
  assert.deepEqual(await closed(), []);
  await setSignedOff(true);
  await publishCard();
  await follow();
  assert.deepEqual(await closed(), ['2026-10-01']);
});
