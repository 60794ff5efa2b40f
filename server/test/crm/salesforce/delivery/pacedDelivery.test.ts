import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { findCalls } from '../../../../src/calls/index.ts';
import { deliverOnce, markDue } from '../../../../src/crm/index.ts';
import type { DeliveryStep } from '../../../../src/crm/salesforce/delivery/deliverOnce.ts';
import { COARSE_SECONDS, FRESH_SECONDS } from '../../../../src/crm/salesforce/delivery/pace.ts';
import { createCardSource } from '../../../../src/performance/index.ts';
import { answeredCall } from '../../../callEvents.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../orgUnderTest.ts';
import { syncOnce } from '../../syncOnce.ts';

/** More than any share of the sample org's daily requests. */
const MANY_REQUESTS = 1_000_000;
let under: OrgUnderTest;
/** Each test has its own hour, so that none waits for the pace of the one before it. */
let hour = 0;

before(async () => {
  under = await startOrgUnderTest();
  await syncOnce(under);
});
after(() => under.stop());
beforeEach(async () => {
  hour += 1;
  const { database } = under.ledger;
  await database.query('delete from crm_pace');
  await database.query('delete from crm_api_use');
});

/** So many seconds into the test's hour. */
const at = (seconds: number): Date => new Date(Date.now() + hour * 3_600_000 + seconds * 1_000);

/** A clock that stands at the test's own start, so that the test's own time does not count. */
function clock(): (seconds: number) => Date {
  const start = at(0).getTime();
  return (seconds) => new Date(start + seconds * 1_000);
}

async function newDueCall(): Promise<void> {
  const { ledger, orgId } = under;
  const callId = await under.placeCall();
  await under.report(callId, 'switch', answeredCall(30_000));
  await markDue(ledger.database, orgId, await findCalls(ledger.database, orgId, [callId]));
  await ledger.database.query('update crm_delivery set due_at = to_timestamp(0) where call_id = $1', [
    callId,
  ]);
}

function deliver(now: Date): Promise<DeliveryStep> {
  const { database } = under.ledger;
  const cards = createCardSource({ database, networkReports: () => true });
  const { organizations, orgId } = under;
  return deliverOnce({ database, organizations, cards, now: () => now }, orgId);
}

/** Whether a new call is sent at each of these seconds. */
async function stepsOf(time: (seconds: number) => Date, seconds: readonly number[]): Promise<DeliveryStep[]> {
  const steps: DeliveryStep[] = [];
  for (const second of seconds) {
    await newDueCall();
    steps.push(await deliver(time(second)));
  }
  return steps;
}

async function haveUsed(requests: number, now: Date): Promise<void> {
  await under.ledger.database.query(
    `insert into crm_api_use (org_id, hour, requests) values ($1, date_trunc('hour', $2::timestamptz), $3)
     on conflict (org_id, hour) do update set requests = excluded.requests`,
    [under.orgId, now.toISOString(), requests],
  );
}

const setShare = (share: number) =>
  under.ledger.database.query('update crm_pace set api_share = $1', [share]);

test('with plenty left, what is due within two seconds of a request shares the next one', async () => {
  const time = clock();
  const sent = under.proxy.requests.length;
  const steps = await stepsOf(time, [0, FRESH_SECONDS - 0.1, FRESH_SECONDS, 2 * FRESH_SECONDS - 0.1]);
  assert.deepEqual(steps, ['sent', 'idle', 'sent', 'idle']);
  assert.equal(under.proxy.requests.slice(sent).filter((each) => each.includes('/composite')).length, 2);
});

test('once the share is used, a request every five minutes carries all that is due', async () => {
  const time = clock();
  await stepsOf(time, [0]);
  await haveUsed(MANY_REQUESTS, time(0));
  assert.deepEqual(await stepsOf(time, [FRESH_SECONDS]), ['sent']);
  const next = FRESH_SECONDS + COARSE_SECONDS;
  assert.deepEqual(await stepsOf(time, [FRESH_SECONDS * 2, next - 1, next]), ['idle', 'idle', 'sent']);
  const rows = await under.ledger.database.query('select from crm_delivery where due_at is not null');
  assert.equal(rows.length, 0);
});

test('the requests of more than a day ago no longer count', async () => {
  const time = clock();
  await stepsOf(time, [0]);
  await haveUsed(MANY_REQUESTS, time(-25 * 3_600));
  assert.deepEqual(await stepsOf(time, [FRESH_SECONDS, FRESH_SECONDS * 2]), ['sent', 'sent']);
});

test('the admin’s share decides how soon the relay holds back', async () => {
  const [pace] = await pacesAfter(0.5);
  assert.equal(pace, FRESH_SECONDS);
  const [small] = await pacesAfter(0.0001);
  assert.equal(small, COARSE_SECONDS);
  const [between = 0] = await pacesAfter(0.5, 0.75);
  assert.ok(between > FRESH_SECONDS && between < COARSE_SECONDS, String(between));
});

/** Seconds until the next request after one with this share, of which so much is used. */
async function pacesAfter(share: number, used?: number): Promise<number[]> {
  hour += 1;
  const time = clock();
  await stepsOf(time, [0]);
  await setShare(share);
  const [org] = await under.ledger.database.query<{ daily: number }>(
    'select daily_requests as daily from crm_pace',
  );
  await haveUsed(used === undefined ? 100 : Math.round((org?.daily ?? 0) * share * used), time(0));
  await under.ledger.database.query("update crm_pace set next_request_at = '-infinity'");
  await stepsOf(time, [1]);
  const rows = await under.ledger.database.query<{ nextAt: Date }>(
    'select next_request_at as "nextAt" from crm_pace',
  );
  return rows.map(({ nextAt }) => Math.round((nextAt.getTime() - time(1).getTime()) / 100) / 10);
}

test('after a failed request the org is left alone for a second at most, then asked again', async () => {
  const time = clock();
  under.proxy.plan({ kind: 'loseAnswer', method: 'POST', pathIncludes: '/composite' });
  assert.deepEqual(await stepsOf(time, [0, 0.4, 1]), ['failed', 'idle', 'sent']);
});

test('24 at the daily limit the org is left alone for five minutes', async () => {
  const time = clock();
  under.org.faults.set([{ kind: 'requestLimitExceeded', path: '/composite', times: 1 }]);
  const sent = under.proxy.requests.length;
  assert.deepEqual(await stepsOf(time, [0]), ['failed']);
  const asked = under.proxy.requests.length;
  assert.deepEqual(await stepsOf(time, [60, 299]), ['idle', 'idle']);
  assert.ok(asked > sent);
  assert.equal(under.proxy.requests.length, asked);
  assert.deepEqual(await stepsOf(time, [331]), ['sent']);
});

test('after failures a request carries fewer rows, and all again after the first success', async () => {
  const time = clock();
  await stepsOf(time, [0]);
  await under.ledger.database.query('update crm_pace set failures = 7');
  for (let calls = 0; calls < 3; calls += 1) await newDueCall();
  // A full request does not wait for the pace.
  assert.equal(await deliver(time(1)), 'full');
  const left = 'select from crm_delivery where due_at is not null';
  assert.equal((await under.ledger.database.query(left)).length, 2);
  assert.equal(await deliver(time(1)), 'idle');
  assert.equal(await deliver(time(1 + FRESH_SECONDS)), 'sent');
  assert.equal((await under.ledger.database.query(left)).length, 0);
});
