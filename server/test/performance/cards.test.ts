import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { MetricName } from '@scoreline/contract';
import { DateTime } from 'luxon';
import type { ScorecardPublication } from '../../src/crm/index.ts';
import { migrate, openDatabase, type Database } from '../../src/database/index.ts';
import { cardsOf } from '../../src/performance/cards.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { ORG_ID } from '../testOrganizations.ts';

const NOW = DateTime.fromISO('2026-12-15T17:00:00Z', { zone: 'utc' }) as DateTime<true>;
const ORGANIZATION = {
  orgId: ORG_ID,
  timeZone: 'UTC',
  fiscalYearStartMonth: 1,
  fiscalYearNamedBy: 'end',
} as const;
const ROLE = '00E000000000001AAA';
const BEFORE = '2026-08-12';
const THIS_QUARTER = '2026-11-10';

let server: TestDatabase;
let database: Database;

before(async () => {
  server = await startTestDatabase();
  database = await openDatabase(server.url);
  await migrate(database);
  for (const [metric, weight, target] of [
    ['connectRate', 50, 0.4],
    ['commitmentsKept', 20, 0.9],
    ['dials', 30, 1_000],
  ] as const) {
    await database.query(
      `insert into crm_weight (org_id, weight_id, metric, weight, effective_from, is_deleted)
       values ($1, $2, $2, $3, '2020-01-01', false)`,
      [ORG_ID, metric, weight],
    );
    goals.push([metric, target]);
  }
});
after(async () => {
  await database.close();
  await server.stop();
});

const goals: [string, number][] = [];
let reps = 0;

/** A rep of a role, with targets and this many dials and connects in the quarter before and in this one. */
async function newRep(
  days: readonly (readonly [day: string, dials: number, connects: number])[],
  roleId = ROLE,
): Promise<string> {
  reps += 1;
  const userId = `005${String(reps).padStart(12, '0')}AAA`;
  await database.query(
    `insert into crm_user (org_id, user_id, is_active, time_zone, role_id) values ($1, $2, true, 'UTC', $3)`,
    [ORG_ID, userId, roleId],
  );
  await database.query(
    `insert into rep_rollup (org_id, user_id, evidence_basis, definition_version) values ($1, $2, 'verified', 0)`,
    [ORG_ID, userId],
  );
  for (const [metric, target] of goals)
    await database.query(
      `insert into crm_target (org_id, target_id, user_id, metric, target, effective_from, is_deleted)
       values ($1, $2, $3, $4, $5, '2020-01-01', false)`,
      [ORG_ID, `${userId} ${metric}`, userId, metric, target],
    );
  // The first call of all lies before both quarters, so that both are whole.
  for (const [day, dials, connects] of [['2026-06-30', 1, 0] as const, ...days])
    await addDay(userId, day, dials, connects);
  return userId;
}

async function addDay(userId: string, day: string, dials: number, connects: number): Promise<void> {
  await database.query(
    `insert into rep_day (org_id, user_id, day, calls_logged, dials, connects) values ($1, $2, $3, $4, $4, $5)
     on conflict (org_id, user_id, day) do update
     set calls_logged = excluded.calls_logged, dials = excluded.dials, connects = excluded.connects`,
    [ORG_ID, userId, day, dials, connects],
  );
  await database.query('insert into rep_changed_day values ($1, $2, $3) on conflict do nothing', [
    ORG_ID,
    userId,
    day,
  ]);
}

/** The rep's card of the current quarter, after those of earlier ones. */
async function cardOf(userId: string, roleId = ROLE): Promise<ScorecardPublication> {
  const rep = { orgId: ORG_ID, userId, basis: 'verified', timeZone: 'UTC', roleId } as const;
  const card = (await cardsOf(database, rep, ORGANIZATION, NOW)).cards.at(-1);
  assert.ok(card);
  return card;
}

function metricOf(card: ScorecardPublication, name: MetricName) {
  const metric = card.metrics.find((each) => each.metric === name);
  assert.ok(metric);
  return metric;
}

test('in a team, shares lean on the quarter before, and rank, percentile and verdict compare with peers', async () => {
  const role = '00E000000000002AAA';
  const connects = [40, 60, 80, 100, 120, 160];
  const ids: string[] = [];
  for (const now of connects)
    ids.push(
      await newRep(
        [
          [BEFORE, 400, 80],
          [THIS_QUARTER, 400, now],
        ],
        role,
      ),
    );
  for (const id of ids) await cardOf(id, role);
  const cards: ScorecardPublication[] = [];
  for (const id of ids) cards.push(await cardOf(id, role));
  const [worst, , , , , best] = cards;
  assert.ok(worst && best);
  assert.equal(best.peers, 6);
  assert.deepEqual([worst.standing, best.standing], ['below', 'above']);
  assert.ok((best.rankHigh ?? 6) <= 2 && (worst.rankLow ?? 1) >= 4);
  const rate = metricOf(best, 'connectRate');
  assert.equal(rate.value, 0.4);
  // The peers were all alike, so that a fifth is the least that the own figures weigh.
  assert.equal(rate.ownShare.toFixed(2), '0.20');
  assert.ok((rate.fairValue ?? 1) < 0.3);
  assert.equal(rate.percentile, 100);
  assert.equal(metricOf(worst, 'connectRate').percentile, 0);
  assert.equal(rate.verdict, 'improved');
  assert.equal(metricOf(worst, 'connectRate').verdict, 'declined');
  assert.equal(metricOf(cards[2] ?? best, 'connectRate').verdict, 'noEvidence');
  assert.deepEqual(rate.history, [
    { label: 'Q2 2026', value: 0 },
    { label: 'Q3 2026', value: 0.2 },
    { label: 'Q4 2026', value: 0.4 },
  ]);
  assert.deepEqual(rate.best, { label: 'Q4 2026', value: 0.4 });
});

test('a peer’s calls of today move nobody else’s score or points', async () => {
  const role = '00E000000000003AAA';
  const ids: string[] = [];
  for (const now of [60, 70, 80, 90, 100])
    ids.push(
      await newRep(
        [
          [BEFORE, 300, now],
          [THIS_QUARTER, 300, now],
        ],
        role,
      ),
    );
  const [own = '', peer = ''] = ids;
  const { score, scoreLow, metrics } = await cardOf(own, role);
  await addDay(peer, '2026-12-15', 500, 500);
  await cardOf(peer, role);
  const later = await cardOf(own, role);
  assert.deepEqual([later.score, later.scoreLow], [score, scoreLow]);
  assert.deepEqual(
    later.metrics.map(({ points, fairValue }) => [points, fairValue]),
    metrics.map(({ points, fairValue }) => [points, fairValue]),
  );
});

test('a leaver is nobody’s peer, and whoever changes the role has the peers of the new one', async () => {
  const role = '00E000000000004AAA';
  const stays = await newRep([[THIS_QUARTER, 100, 20]], role);
  const leaver = await newRep([[THIS_QUARTER, 100, 30]], role);
  await cardOf(leaver, role);
  assert.equal((await cardOf(stays, role)).peers, 2);
  await database.query('update crm_user set is_active = false where user_id = $1', [leaver]);
  assert.equal((await cardOf(stays, role)).peers, 1);
  const other = '00E000000000005AAA';
  await cardOf(await newRep([[THIS_QUARTER, 100, 25]], other), other);
  assert.equal((await cardOf(stays, other)).peers, 2);
});

test('who is away is asked for less: half a quarter’s days, half the dials', async () => {
  const role = '00E000000000006AAA';
  const full = await newRep([[THIS_QUARTER, 300, 60]], role);
  const half = await newRep([[THIS_QUARTER, 300, 60]], role);
  await database.query(
    `insert into crm_absence (org_id, absence_id, user_id, first_day, last_day, share, is_deleted, modified_at)
     values ($1, 'half', $2, null, null, 50, false, now())`,
    [ORG_ID, half],
  );
  const targetOf = async (userId: string) => metricOf(await cardOf(userId, role), 'dials').targetToDate ?? 0;
  assert.equal(((await targetOf(half)) / (await targetOf(full))).toFixed(4), '0.5000');
});

test('a promise keeps its first day: moving it later, or deleting it afterwards, keeps nothing', async () => {
  const role = '00E000000000007AAA';
  const rep = await newRep([[THIS_QUARTER, 100, 20]], role);
  const promise = (taskId: string, completedAt: string | null) =>
    database.query(
      `insert into crm_follow_up (org_id, task_id, user_id, due_on, is_closed, created_at, completed_at, is_deleted,
         modified_at)
       values ($1, $2, $3, '2026-12-01', $4::text is not null, '2026-11-20', $4::timestamptz, false, '2026-11-20')`,
      [ORG_ID, taskId, rep, completedAt],
    );
  await promise('kept', '2026-12-01T15:00:00Z');
  await promise('late', '2026-12-03T15:00:00Z');
  await promise('moved', null);
  await promise('deleted', null);
  await database.query("update crm_follow_up set due_on = '2026-12-30' where task_id = 'moved'");
  await database.query(
    "update crm_follow_up set is_deleted = true, modified_at = '2026-12-05' where task_id = 'deleted'",
  );
  const kept = metricOf(await cardOf(rep, role), 'commitmentsKept');
  assert.deepEqual([kept.numerator, kept.denominator], [1, 4]);
});

test('a metric of which nothing is known any more says so in the org', async () => {
  const role = '00E000000000008AAA';
  const rep = await newRep([[THIS_QUARTER, 100, 20]], role);
  assert.equal(metricOf(await cardOf(rep, role), 'connectRate').value, 0.2);
  await addDay(rep, THIS_QUARTER, 0, 0);
  const vanished = metricOf(await cardOf(rep, role), 'connectRate');
  assert.deepEqual([vanished.value, vanished.points, vanished.low], [null, null, null]);
});

test('figures that only the phone reported are shown and not ranked', async () => {
  const role = '00E000000000009AAA';
  const userId = await newRep([[THIS_QUARTER, 100, 20]], role);
  const rep = { orgId: ORG_ID, userId, basis: 'reported', timeZone: 'UTC', roleId: role } as const;
  const card = (await cardsOf(database, rep, ORGANIZATION, NOW)).cards.at(-1);
  assert.notEqual(card?.score, null);
  assert.deepEqual([card?.rankLow, card?.standing], [null, null]);
});

test('a new rep ramps beside established colleagues, and nobody does where all are new', async () => {
  const role = '00E000000000010AAA';
  const old = await newRep([['2025-12-01', 10, 5]], role);
  for (const day of ['2026-09-10', '2026-10-20', '2026-11-20']) await addDay(old, day, 100, 50);
  await database.query('update rep_day set conversations = connects where user_id = $1', [old]);
  const fresh = await newRep([], role);
  await database.query('delete from rep_day where user_id = $1', [fresh]);
  await addDay(fresh, '2026-10-05', 60, 5);
  await addDay(fresh, '2026-11-10', 60, 5);
  assert.equal((await cardOf(fresh, role)).rampMonth, 3);
  assert.equal((await cardOf(old, role)).rampMonth, null);
});
