import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publisherTo } from '../../src/crm/index.ts';
import { followDrives } from '../../src/performance/drives/followDrives.ts';
import { rollUpBatch } from '../../src/performance/startPerformance.ts';
import { answeredCall, busyCall } from '../callEvents.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../crm/orgUnderTest.ts';
import { syncOnce } from '../crm/syncOnce.ts';

/** `callEvents.ts` has its calls on Monday, 5 October 2026. */
const DAY_MS = 86_400_000;
const DRIVE = { First_Day__c: '2026-10-06', Last_Day__c: '2026-10-07' };

let under: OrgUnderTest;
let driveId: string;

before(async () => {
  under = await startOrgUnderTest();
  [driveId = ''] = await under.org.insert('Sales_Drive__c', [
    { Metric__c: 'connectRate', Uplift__c: 20, Practice__c: 'Call before ten.', ...DRIVE },
  ]);
  await under.org.insert(
    'Sales_Drive_Member__c',
    [under.repId, under.otherRepId].map((repId) => ({
      Drive__c: driveId,
      Rep__c: repId,
      Member_Key__c: `${driveId}:${repId}`,
    })),
  );
  await syncOnce(under);
  await callDay(0, { dials: 20, connects: 2 });
  await callDay(1, { dials: 20, connects: 16 });
  const jobs = [{ orgId: under.orgId, userId: under.repId }];
  assert.deepEqual(
    await rollUpBatch({ database: under.ledger.database, networkReports: () => true }, jobs),
    [],
  );
});
after(() => under.stop());

let calls = 0;
async function callDay(day: number, { dials, connects }: { dials: number; connects: number }): Promise<void> {
  for (let index = 0; index < dials; index += 1) {
    calls += 1;
    const callId = await under.placeCall({ numberE164: `+130355${50_000 + calls}` });
    const events = (index < connects ? answeredCall(60_000) : busyCall()).map((event) => ({
      ...event,
      at: new Date(Date.parse(event.at) + day * DAY_MS).toISOString(),
    }));
    await under.report(callId, 'switch', events);
  }
}

const follow = (now: string) =>
  followDrives(under.ledger.database, publisherTo(under.organizations), under.orgId, new Date(now));

async function memberOf(repId: string): Promise<Record<string, unknown>> {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT Baseline__c, Expected__c, Goal__c, Value__c, Change__c, Change_Low__c, Verdict__c, Days__c
     FROM Sales_Drive_Member__c WHERE Member_Key__c = '${driveId}:${repId}'`,
  );
  return records[0] ?? {};
}

test('while a drive runs its members are told how it goes, without a verdict', async () => {
  await follow('2026-10-06T23:00:00Z');
  const member = await memberOf(under.repId);
  assert.deepEqual(
    ['Baseline__c', 'Expected__c', 'Goal__c', 'Value__c', 'Change__c', 'Verdict__c', 'Days__c'].map(
      (field) => member[field],
    ),
    [0.1, 0.1, 0.12, 0.8, 0.7, null, 1],
  );
});

test('each member’s record is the rep’s own, and says what the drive is about', async () => {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT OwnerId, Metric__c, Uplift__c, First_Day__c, Last_Day__c, Practice__c
     FROM Sales_Drive_Member__c WHERE Member_Key__c = '${driveId}:${under.repId}'`,
  );
  const own = records[0] ?? {};
  assert.deepEqual(
    ['OwnerId', 'Metric__c', 'Uplift__c', 'First_Day__c', 'Last_Day__c', 'Practice__c'].map(
      (field) => own[field],
    ),
    [under.repId, 'connectRate', 20, DRIVE.First_Day__c, DRIVE.Last_Day__c, 'Call before ten.'],
  );
});

test('within the hour nothing is told again', async () => {
  await under.ledger.database.query(`update rep_day set connects = 3 where org_id = $1 and connects = 16`, [
    under.orgId,
  ]);
  await follow('2026-10-06T23:10:00Z');
  assert.equal((await memberOf(under.repId))['Value__c'], 0.8);
  await under.ledger.database.query(`update rep_day set connects = 16 where org_id = $1 and connects = 3`, [
    under.orgId,
  ]);
});

test('at its end there is a verdict, and none that is not borne out', async () => {
  await under.ledger.database.query(`delete from drive_progress where org_id = $1`, [under.orgId]);
  await follow('2026-10-09T12:00:00Z');
  const member = await memberOf(under.repId);
  assert.deepEqual([member['Verdict__c'], member['Days__c']], ['improved', 2]);
  assert.ok(Number(member['Change_Low__c']) > 0);
  const other = await memberOf(under.otherRepId);
  assert.deepEqual([other['Value__c'], other['Change__c'], other['Verdict__c']], [null, null, 'noEvidence']);
});

test('what the org could not be asked is told later', async () => {
  await under.ledger.database.query(`delete from drive_progress where org_id = $1`, [under.orgId]);
  under.proxy.plan({
    kind: 'answer',
    method: 'POST',
    pathIncludes: '/composite',
    status: 503,
    body: [{ errorCode: 'SERVER_UNAVAILABLE', message: '' }],
  });
  await assert.rejects(follow('2026-10-09T12:00:00Z'), { name: 'CrmError' });
  await follow('2026-10-09T12:00:00Z');
  const told = await under.ledger.database.query('select from drive_progress where org_id = $1', [
    under.orgId,
  ]);
  assert.equal(told.length, 1);
});
