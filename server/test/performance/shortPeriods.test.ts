import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MetricName } from '@scoreline/contract';
import type { ShortPeriodFigures } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { cardsOf } from '../../src/performance/cards.ts';
import { rollUpRep } from '../../src/performance/rollUpRep.ts';
import { answeredCall, busyCall, outcomeEvent } from '../callEvents.ts';
import { ORG_ID } from '../testOrganizations.ts';
import { later, repLedger } from './repLedger.ts';

const under = repLedger();
const NOW = DateTime.fromISO('2026-12-15T17:00:00Z', { zone: 'utc' }) as DateTime<true>;
const ORGANIZATION = {
  orgId: ORG_ID,
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
  fiscalYearNamedBy: 'end',
} as const;
const FIRST_CALL = '2026-10-05T14:30:00Z';
/** A night far from UTC, at the ends of months and weeks: each lies on the day before in Denver. */
const AT_EDGES = [
  '2026-10-01T05:30:00Z',
  '2026-11-01T05:30:00Z',
  '2026-11-30T06:30:00Z',
  '2026-12-01T06:59:00Z',
];

async function newRep(timeZone: string) {
  const rep = { ...under.newRep(), timeZone, roleId: null };
  await under.ledger.database.query(
    `insert into crm_user (org_id, user_id, is_active, time_zone) values ($1, $2, true, $3)`,
    [ORG_ID, rep.userId, timeZone],
  );
  return rep;
}
type Rep = Awaited<ReturnType<typeof newRep>>;

/** A call to a number of its own that began at a moment; busy without talk. */
async function callAt(rep: Rep, at: string, talkSeconds: number | null): Promise<string> {
  const callId = await under.placeCall(rep.userId);
  const events = talkSeconds === null ? busyCall() : answeredCall(talkSeconds * 1_000);
  const seconds = (Date.parse(at) - Date.parse(FIRST_CALL)) / 1_000;
  await under.report(rep.userId, callId, 'switch', later(seconds, events));
  return callId;
}

async function cardOf(rep: Rep) {
  const { database } = under.ledger;
  await rollUpRep(database, rep);
  const card = (await cardsOf(database, rep, ORGANIZATION, NOW)).cards.at(-1);
  assert.ok(card);
  return card;
}
type Card = Awaited<ReturnType<typeof cardOf>>;

function metricOf(card: Card, name: MetricName) {
  const metric = card.metrics.find((each) => each.metric === name);
  assert.ok(metric, name);
  return metric;
}

/** Each period's numerator by its first day. */
function counts(metric: ShortPeriodFigures, kind: keyof ShortPeriodFigures) {
  return Object.fromEntries(metric[kind].map(({ startDay, numerator }) => [startDay, numerator]));
}

/** The same as SQL over the ledger has it, in the rep's zone: nothing for a period without a call. */
async function recounted(rep: Rep, kind: 'month' | 'week', sum: string): Promise<Record<string, number>> {
  const rows = await under.ledger.database.query<{ day: string; sum: number }>(
    `select date_trunc($3, started_at at time zone $4)::date as day, ${sum} as sum from call
     where org_id = $1 and user_id = $2 group by 1 order by 1`,
    [ORG_ID, rep.userId, kind, rep.timeZone],
  );
  return Object.fromEntries(rows.map(({ day, sum: counted }) => [day, counted]));
}

function withoutEmpty(byDay: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(byDay).filter(([, count]) => count !== 0));
}

test('months and weeks add up the rep’s calls on the days they had where the rep works', async () => {
  const rep = await newRep('America/Denver');
  for (const [index, at] of AT_EDGES.entries()) await callAt(rep, at, 30 + 40 * index);
  for (let day = 14; day < 76; day += 3) {
    const at = new Date(Date.parse('2026-10-01T20:00:00Z') + day * 86_400_000).toISOString();
    await callAt(rep, at, day % 2 === 0 ? null : 5 * day);
  }
  const card = await cardOf(rep);
  const dials = metricOf(card, 'dials');
  assert.deepEqual(
    dials.months.map(({ startDay }) => startDay),
    ['2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01'],
  );
  assert.equal(dials.weeks.length, 13);
  assert.equal(dials.weeks.at(-1)?.startDay, '2026-12-14');
  for (const [name, sum] of [
    ['dials', 'count(*)'],
    ['connects', 'count(*) filter (where talk_seconds >= 10)'],
    ['conversations', 'count(*) filter (where talk_seconds >= 60)'],
    ['talkSeconds', 'sum(talk_seconds)'],
  ] as const) {
    const metric = metricOf(card, name);
    assert.deepEqual(
      withoutEmpty(counts(metric, 'months')),
      withoutEmpty(await recounted(rep, 'month', sum)),
    );
    assert.deepEqual(withoutEmpty(counts(metric, 'weeks')), withoutEmpty(await recounted(rep, 'week', sum)));
    // The month before the quarter stands first.
    const ofQuarter = metric.months.slice(1).reduce((total, { numerator }) => total + numerator, 0);
    assert.equal(ofQuarter, metric.value, name);
  }
  const rate = metricOf(card, 'connectRate');
  for (const { startDay, numerator, denominator, value } of [...rate.months, ...rate.weeks])
    assert.equal(value, numerator / (denominator ?? 0), startDay);
});

test('a correction takes the connect from its week and its month', async () => {
  const rep = await newRep('UTC');
  const callId = await callAt(rep, '2026-11-10T14:30:00Z', 95);
  await callAt(rep, '2026-11-11T14:30:00Z', 95);
  const before = metricOf(await cardOf(rep), 'conversations');
  assert.deepEqual([counts(before, 'months')['2026-11-01'], counts(before, 'weeks')['2026-11-09']], [2, 2]);
  await under.report(rep.userId, callId, 'softphone', [outcomeEvent(1, 100_000, { outcome: 'voicemail' })]);
  const after = metricOf(await cardOf(rep), 'conversations');
  assert.deepEqual([counts(after, 'months')['2026-11-01'], counts(after, 'weeks')['2026-11-09']], [1, 1]);
});

test('what was won, promised and met adds up by month; leads have their week’s own median', async () => {
  const rep = await newRep('America/Denver');
  const { database } = under.ledger;
  await callAt(rep, '2026-11-11T18:00:00Z', 95);
  for (const [day, amount] of [
    ['2026-10-31', 1_000],
    ['2026-11-01', 2_000],
    ['2026-12-14', 4_000],
  ] as const)
    await database.query(
      `insert into crm_opportunity (org_id, opportunity_id, user_id, amount, close_day, is_closed, is_won, created_at,
         is_deleted, modified_at)
       values ($1, $2::text, $3, $4, $2::text::date, true, true, '2026-09-01', false, now())`,
      [ORG_ID, day, rep.userId, amount],
    );
  for (const [day, isKept] of [
    ['2026-11-30', true],
    ['2026-12-01', false],
  ] as const)
    await database.query(
      `insert into crm_follow_up (org_id, task_id, user_id, due_on, is_closed, created_at, completed_at, is_deleted,
         modified_at)
       values ($1, $2::text, $3, $2::text::date, $4, '2026-11-01',
         case when $4 then $2::text::date + interval '20 hours' end, false, now())`,
      [ORG_ID, day, rep.userId, isKept],
    );
  for (const [leadId, createdAt, dialedAt] of [
    ['lead 1', '2026-11-16T06:30:00Z', '2026-11-16T06:40:00Z'],
    ['lead 2', '2026-11-17T18:00:00Z', '2026-11-17T19:00:00Z'],
  ] as const) {
    await database.query(
      `insert into crm_lead (org_id, lead_id, owner_id, created_at, is_converted, is_deleted, modified_at)
       values ($1, $2, $3, $4, false, false, now())`,
      [ORG_ID, leadId, rep.userId, createdAt],
    );
    const callId = await callAt(rep, dialedAt, null);
    await database.query('update call_personal set record_id = $2 where call_id = $1', [callId, leadId]);
  }
  const card = await cardOf(rep);
  assert.deepEqual(counts(metricOf(card, 'attainment'), 'months'), {
    '2026-09-01': 0,
    '2026-10-01': 1_000,
    '2026-11-01': 2_000,
    '2026-12-01': 4_000,
  });
  const kept = metricOf(card, 'commitmentsKept');
  assert.deepEqual(
    kept.months.map(({ startDay, value }) => [startDay, value]),
    [
      ['2026-11-01', 1],
      ['2026-12-01', 0],
    ],
  );
  const leads = metricOf(card, 'speedToLeadSeconds');
  // Half past six UTC on the 16th is Sunday night in Denver.
  assert.deepEqual(
    leads.weeks.map(({ startDay, value, denominator }) => [startDay, value, denominator]),
    [
      ['2026-11-09', 600, 1],
      ['2026-11-16', 3_600, 1],
    ],
  );
});

test('meetings of a week need a calendar’s word from the first entry on, and not before', async () => {
  const rep = await newRep('UTC');
  const { database } = under.ledger;
  await database.query('delete from crm_meeting where org_id = $1', [ORG_ID]);
  for (const at of ['2026-11-03T14:30:00Z', '2026-11-17T14:30:00Z', '2026-11-24T14:30:00Z']) {
    const callId = await callAt(rep, at, 95);
    await under.report(rep.userId, callId, 'softphone', [outcomeEvent(1, 100_000, { outcome: 'meeting' })]);
  }
  const meetings = async () => counts(metricOf(await cardOf(rep), 'meetingsPerConversation'), 'weeks');
  assert.deepEqual(await meetings(), { '2026-11-02': 1, '2026-11-16': 1, '2026-11-23': 1 });
  await database.query(
    `insert into crm_meeting (org_id, event_id, user_id, account_id, created_at, is_deleted, modified_at)
     values ($1, 'entry', $2, 'account', '2026-11-17T15:00:00Z', false, now())`,
    [ORG_ID, rep.userId],
  );
  assert.deepEqual(await meetings(), { '2026-11-02': 1, '2026-11-16': 1, '2026-11-23': 0 });
});

test('a metric that only the month before knows has a line without a value', async () => {
  const rep = await newRep('UTC');
  await callAt(rep, '2026-09-29T14:30:00Z', 95);
  const rate = metricOf(await cardOf(rep), 'connectRate');
  assert.equal(rate.value, null);
  assert.deepEqual(counts(rate, 'months'), { '2026-09-01': 1 });
});
