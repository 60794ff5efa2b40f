import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFINITION_VERSION } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { rollUpBatch, startPerformance } from '../../src/performance/startPerformance.ts';
import { takeDueReps } from '../../src/performance/dueReps.ts';
import { answeredCall, busyCall, outcomeEvent } from '../callEvents.ts';
import { eventually } from '../eventually.ts';
import { deliverCards, deliverDue, type DeliveryReport } from '../crm/deliverDue.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../crm/orgUnderTest.ts';
import { syncOnce } from '../crm/syncOnce.ts';

/** The calls of `callEvents.ts` are on 5 October 2026, in the fourth quarter. */
const NOW = DateTime.fromISO('2026-11-23T17:00:00Z', { zone: 'utc' }) as DateTime<true>;
const TARGETS = { dials: 600, connects: 120, connectRate: 0.2, conversations: 80, talkSeconds: 36_000 };
const WEIGHTS = { dials: 15, connects: 20, connectRate: 15, conversations: 30, talkSeconds: 20 };
const TARGETED = Object.keys(TARGETS) as (keyof typeof TARGETS)[];

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
  await under.org.insert(
    'Rep_Target__c',
    TARGETED.map((metric) => ({
      Rep__c: under.repId,
      Metric__c: metric,
      Target__c: TARGETS[metric],
      Effective_From__c: '2026-01-01',
    })),
  );
  await under.org.insert(
    'Score_Weight__c',
    TARGETED.map((metric) => ({
      Metric__c: metric,
      Weight__c: WEIGHTS[metric],
      Effective_From__c: '2026-01-01',
    })),
  );
  await syncOnce(under);
});
after(() => under.stop());

async function rollUp(userId = under.repId, now: DateTime<true> = NOW): Promise<DeliveryReport> {
  const { database } = under.ledger;
  const failures = await rollUpBatch({ database, networkReports: () => true }, [
    { orgId: under.orgId, userId },
  ]);
  assert.deepEqual(failures, []);
  return deliverCards(under, [userId], now.toJSDate());
}

const SENT = { step: 'sent', faults: [] };
const failedWith = (code: string) => ({
  step: 'failed',
  faults: [{ orgId: under.orgId, what: 'request', codes: { [code]: 1 } }],
});

async function cardOf(userId: string, periodStart = '2026-10-01') {
  const { records } = await under.connection.query<Record<string, unknown>>(
    `SELECT FIELDS(ALL) FROM Rep_Scorecard__c WHERE Scorecard_Key__c = '${userId}:${periodStart}' LIMIT 2`,
  );
  assert.ok(records.length <= 1);
  return records[0];
}

async function metricsOf(userId: string) {
  const { records } = await under.connection.query<Record<string, number | string | null>>(
    `SELECT Metric__c, Value__c, Numerator__c, Denominator__c, Low__c, High__c, Target__c, Period_Target__c,
       Weight__c, Points__c, Months__c, Weeks__c
     FROM Rep_Metric__c WHERE Scorecard__r.Scorecard_Key__c = '${userId}:2026-10-01' ORDER BY Sort_Order__c`,
  );
  return records;
}

let dials = 0;
async function call(talkSeconds: number | null, userId = under.repId): Promise<string> {
  dials += 1;
  // Each to a number of its own: a number counts once a day.
  const callId = await under.placeCall({ userId, numberE164: `+130355${50_000 + dials}` });
  const events = talkSeconds === null ? busyCall() : answeredCall(talkSeconds * 1000);
  await under.report(callId, 'switch', events, userId);
  return callId;
}

test('the first card of a rep has its figures, the watermark and no score yet', async () => {
  for (const talkSeconds of [95, 20, null]) await call(talkSeconds);
  assert.deepEqual(await rollUp(), SENT);
  const card = await cardOf(under.repId);
  assert.ok(card);
  assert.deepEqual(
    ['OwnerId', 'Rep__c', 'Period_Label__c', 'Period_End__c', 'Days_Left__c'].map((field) => card[field]),
    [under.repId, under.repId, 'Q4 2026', '2026-12-31', 38],
  );
  assert.deepEqual(
    ['Dials__c', 'Connects__c', 'Conversations__c', 'Talk_Seconds__c', 'Calls_Logged__c'].map((f) => card[f]),
    [3, 2, 1, 115, 3],
  );
  assert.deepEqual(
    ['Score__c', 'Score_Low__c', 'Watermark__c', 'Evidence_Basis__c', 'Definition_Version__c'].map(
      (f) => card[f],
    ),
    [null, null, 3, 'verified', DEFINITION_VERSION],
  );
  const metrics = await metricsOf(under.repId);
  assert.deepEqual(
    metrics.map((metric) => metric['Metric__c']),
    [...TARGETED, 'meetingsPerConversation', 'meetingsPerDial'],
  );
  assert.deepEqual(
    metrics.slice(0, TARGETED.length).map((metric) => metric['Period_Target__c']),
    TARGETED.map((metric) => TARGETS[metric]),
  );
  assert.equal(metrics[0]?.['Months__c'], '1;2026-09-01,0,,0,,;2026-10-01,3,,3,,;2026-11-01,0,,0,,');
  assert.match(String(metrics[0]?.['Weeks__c']), /^1;2026-08-31,.*;2026-10-05,3,,3,,;.*;2026-11-23,0,,0,,$/u);
});

test('after 20 dials there is a score, and the points in the org add up to it', async () => {
  for (let dial = 0; dial < 20; dial += 1) await call(dial % 4 === 0 ? 90 : null);
  assert.deepEqual(await rollUp(), SENT);
  const card = await cardOf(under.repId);
  const metrics = await metricsOf(under.repId);
  const tenths = (value: unknown) => Math.round(Number(value) * 10);
  const points = metrics.reduce((sum, metric) => sum + tenths(metric['Points__c']), 0);
  assert.equal(tenths(card?.['Score__c']), points);
  assert.ok(Number(card?.['Score_Low__c']) <= Number(card?.['Score__c']));
  assert.ok(Number(card?.['Score__c']) <= Number(card?.['Score_High__c']));
  assert.equal(
    metrics.reduce((sum, metric) => sum + tenths(metric['Weight__c']), 0),
    1000,
  );
  assert.equal(card?.['Watermark__c'], 23);
});

test('a late carrier event changes the card and makes no second one', async () => {
  const callId = await call(200);
  await rollUp();
  const before = await cardOf(under.repId);
  await under.report(callId, 'carrier', answeredCall(30_000));
  await rollUp();
  const card = await cardOf(under.repId);
  assert.equal(card?.['Id'], before?.['Id']);
  assert.equal(Number(card?.['Talk_Seconds__c']), Number(before?.['Talk_Seconds__c']) - 170);
  assert.equal(Number(card?.['Conversations__c']), Number(before?.['Conversations__c']) - 1);
  assert.equal(Number(card?.['Watermark__c']), Number(before?.['Watermark__c']) + 1);
});

test('a rep’s claim of 20 minutes on a busy call moves no figure but is shown as contradicted', async () => {
  const before = await cardOf(under.repId);
  const callId = await call(null);
  await under.report(callId, 'softphone', [...answeredCall(1_200_000), outcomeEvent(5, 1_300_000)]);
  await rollUp();
  const card = await cardOf(under.repId);
  assert.equal(card?.['Talk_Seconds__c'], before?.['Talk_Seconds__c']);
  assert.equal(card?.['Connects__c'], before?.['Connects__c']);
  assert.equal(Number(card?.['Calls_Contradicted__c']), Number(before?.['Calls_Contradicted__c']) + 1);
});

test('a rep without targets has figures and no score', async () => {
  for (let dial = 0; dial < 20; dial += 1) await call(70, under.otherRepId);
  assert.deepEqual(await rollUp(under.otherRepId), SENT);
  const card = await cardOf(under.otherRepId);
  assert.deepEqual([card?.['Dials__c'], card?.['Score__c']], [20, null]);
  assert.ok((await metricsOf(under.otherRepId)).every((metric) => metric['Points__c'] === null));
});

test('the org cannot be reached: nothing counts as published, and the next try publishes', async () => {
  await call(15, under.otherRepId);
  under.proxy.plan({ kind: 'answer', method: 'POST', pathIncludes: '/composite', status: 503, body: {} });
  assert.deepEqual(await rollUp(under.otherRepId), failedWith('ERROR_HTTP_503'));
  assert.equal((await cardOf(under.otherRepId))?.['Dials__c'], 20);
  assert.deepEqual(await rollUp(under.otherRepId), SENT);
  assert.equal((await cardOf(under.otherRepId))?.['Dials__c'], 21);
});

test('a lost answer and two workers at once leave one card with the newest watermark', async () => {
  await call(15, under.otherRepId);
  under.proxy.plan({ kind: 'loseAnswer', method: 'POST', pathIncludes: '/composite' });
  assert.deepEqual(await rollUp(under.otherRepId), failedWith('ORG_UNREACHABLE'));
  await call(15, under.otherRepId);
  await Promise.all([rollUp(under.otherRepId), rollUp(under.otherRepId)]);
  const card = await cardOf(under.otherRepId);
  assert.deepEqual([card?.['Dials__c'], card?.['Watermark__c']], [23, 23]);
});

test('a call of an ended quarter amends that quarter’s card', async () => {
  const later = DateTime.fromISO('2027-01-04T17:00:00Z', { zone: 'utc' }) as DateTime<true>;
  await call(15, under.otherRepId);
  assert.deepEqual(await rollUp(under.otherRepId, later), SENT);
  const ended = await cardOf(under.otherRepId);
  assert.deepEqual([ended?.['Dials__c'], ended?.['Days_Left__c']], [24, 0]);
  const current = await cardOf(under.otherRepId, '2027-01-01');
  assert.deepEqual([current?.['Dials__c'], current?.['Period_Label__c']], [0, 'Q1 2027']);
});

test('a rep never read waits for the sync', async () => {
  const job = { orgId: under.orgId, userId: '005000000000999AAA' };
  assert.deepEqual(
    await rollUpBatch({ database: under.ledger.database, networkReports: () => true }, [job]),
    [{ index: 0, reason: 'REP_NOT_SYNCED' }],
  );
});

test('a rep is due after other targets and after a new day, once', async () => {
  const { database } = under.ledger;
  const due = async () => (await takeDueReps(database, under.orgId)).sort();
  const both = [under.repId, under.otherRepId].sort();
  const published = (day: string) =>
    database.query(
      `update rep_rollup set requested_at = null, published_position = position, published_day = ${day},
         published_at = now() + interval '2 minutes'`,
    );
  const today = "(now() at time zone 'America/Denver')::date";
  await published(today);
  assert.deepEqual(await due(), []);
  await published(`${today} - 1`);
  assert.deepEqual(await due(), both);
  assert.deepEqual(await due(), []);
  await published(today);
  await database.query(
    "update crm_target set target = target + 1, changed_at = now() + interval '3 minutes' where user_id = $1",
    [under.repId],
  );
  assert.deepEqual(await due(), [under.repId]);
});

test('the queue makes a due rep’s card due, and the delivery carries it to the org', async () => {
  const { database, queue } = under.ledger;
  const performance = await startPerformance({ database, queue, networkReports: () => true });
  const before = await cardOf(under.repId);
  await call(100);
  await database.query(
    'update rep_rollup set requested_at = null, published_at = null, card_due_at = null where user_id = $1',
    [under.repId],
  );
  await performance.enqueueDueReps(under.orgId);
  const isDue = async (): Promise<boolean> =>
    (
      await database.query('select from rep_rollup where user_id = $1 and card_due_at is not null', [
        under.repId,
      ])
    ).length > 0;
  await eventually(isDue);
  assert.deepEqual(await deliverDue(under, []), SENT);
  const card = await cardOf(under.repId);
  assert.equal(Number(card?.['Dials__c']), Number(before?.['Dials__c']) + 1);
});
