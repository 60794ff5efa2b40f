import { openDatabase, type Connection, type Database } from '../../../server/src/database/index.ts';
import type { RepWithCards } from '../../../server/src/performance/cards.ts';

const ORG_ID = '00D000000000001AAA';
/** A manager's people: they are each other's peers. */
const REPS_PER_ROLE = 20;
const HISTORY_DAYS = 730;
/** The last moment of the history. */
const HISTORY_END = '2026-11-20T16:00:00Z';
const ROWS_AT_ONCE = 500_000;

/** The rep of this number, from 0. */
export function repWithCards(index: number): RepWithCards {
  return {
    orgId: ORG_ID,
    userId: `005${String(index).padStart(12, '0')}AAA`,
    basis: 'verified',
    timeZone: 'UTC',
    roleId: `00E${String(Math.floor(index / REPS_PER_ROLE)).padStart(12, '0')}AAA`,
  };
}

/** Reps in roles, with targets and weights; no calls. */
export async function fillCompany(database: Database, reps: number): Promise<void> {
  const people = Array.from({ length: reps }, (_, index) => repWithCards(index));
  const userIds = people.map(({ userId }) => userId);
  await database.query(
    `insert into crm_user (org_id, user_id, is_active, time_zone, role_id)
     select $1, rep.id, true, 'UTC', rep.role from unnest($2::text[], $3::text[]) as rep (id, role)`,
    [ORG_ID, userIds, people.map(({ roleId }) => roleId)],
  );
  await database.query(
    `insert into crm_organization (org_id, time_zone, fiscal_year_start_month, fiscal_year_named_by)
     values ($1, 'UTC', 1, 'end')`,
    [ORG_ID],
  );
  await database.query(
    `insert into crm_weight (org_id, weight_id, metric, weight, effective_from, is_deleted)
     select $1, metric, metric, 20, '2020-01-01', false
     from unnest(array['dials', 'connects', 'connectRate', 'conversations', 'talkSeconds']) as metric`,
    [ORG_ID],
  );
  await database.query(
    `insert into crm_target (org_id, target_id, user_id, metric, target, effective_from, is_deleted)
     select $1, rep || goal.metric, rep, goal.metric, goal.amount, '2020-01-01', false
     from unnest($2::text[]) as rep, (values ('dials', 2000), ('connects', 500), ('connectRate', 0.3),
       ('conversations', 300), ('talkSeconds', 90000)) as goal (metric, amount)`,
    [ORG_ID, userIds],
  );
}

/** Fills an empty ledger with so many calls, one row a call, spread evenly over the reps and two years. */
export async function fillLedger(
  database: Database,
  { reps, calls }: { readonly reps: number; readonly calls: number },
): Promise<void> {
  const perRep = Math.floor(calls / reps);
  const repsAtOnce = Math.max(Math.floor(ROWS_AT_ONCE / perRep), 1);
  await database.query(
    `insert into rep_position (org_id, user_id, position)
     select $1, '005' || lpad(rep::text, 12, '0') || 'AAA', $3 from generate_series(0, $2::int - 1) as rep`,
    [ORG_ID, reps, perRep],
  );
  const indexes = await database.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'call' and indexname <> 'call_pkey'`,
  );
  // One made at the end takes a fraction of one that is kept up row by row.
  for (const { name } of indexes) await database.query(`drop index ${name}`);
  for (let first = 0; first < reps; first += repsAtOnce)
    await unhurried(database, (connection) =>
      connection.query(FILL, [ORG_ID, first, Math.min(first + repsAtOnce, reps) - 1, perRep]),
    );
  for (const { definition } of indexes)
    await unhurried(database, async (connection) => {
      await connection.query("set local maintenance_work_mem = '512MB'");
      await connection.query(definition);
    });
}

/**
 * Brings the store to where a running relay's is: statistics taken, rows known to be visible, nothing left to be written
 * out. A ledger does not grow by millions of calls in minutes.
 */
export async function settleLedger(url: string): Promise<void> {
  // One connection, so that what is set on it holds for the next statement; no vacuum runs within a transaction.
  const database = await openDatabase(url, { maximumConnections: 1 });
  try {
    await database.query('set statement_timeout = 0');
    await database.query('vacuum (analyze) call');
    await database.query('checkpoint');
  } finally {
    await database.close();
  }
}

/** A relay's statements end after seconds; filling takes longer. */
async function unhurried(
  database: Database,
  work: (connection: Connection) => Promise<unknown>,
): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.query('set local statement_timeout = 0');
    await work(connection);
  });
}

/** $1 org, $2 first rep, $3 last rep, $4 calls of each. One in five is answered, for a minute and a half on average. */
const FILL = `
  insert into call (org_id, call_id, user_id, number_hash, opening_hash, opened_at, version, position, state, evidence,
    started_at, ended_at, answered, ring_seconds, talk_seconds, hold_seconds, after_call_seconds, end_cause, ended_by,
    outcome, outcome_version, network_witness)
  select $1, (lpad(to_hex(rep), 16, '0') || lpad(to_hex(each), 16, '0'))::uuid,
    '005' || lpad(rep::text, 12, '0') || 'AAA', 'number ' || (each * 7919 + rep) % 5000, '',
    start, 1, each, 'ended', 'verified', start, start + interval '2 minutes', each % 5 = 0, 8,
    case when each % 5 = 0 then (each * 37) % 180 else 0 end, 0, 12, 'completed', 'rep',
    case when each % 5 = 0 then 'callBack' else 'noAnswer' end, 1, 'switch'
  from generate_series($2::int, $3::int) as rep, generate_series(1, $4::int) as each,
    lateral (select timestamptz '${HISTORY_END}'
      - make_interval(secs => ($4::float8 - each) * ${HISTORY_DAYS} * 86400 / $4::float8) as start) moment`;

/** One more call of a rep, an hour after the last one of the history. */
export async function addCall(
  database: Database,
  { orgId, userId }: RepWithCards,
  number: number,
): Promise<void> {
  await database.query(
    `with moved as (
       update rep_position set position = position + 1 where org_id = $1 and user_id = $2 returning position
     )
     insert into call (org_id, call_id, user_id, number_hash, opening_hash, version, position, state, evidence,
       started_at, ended_at, answered, ring_seconds, talk_seconds, outcome, outcome_version, network_witness)
     select $1, gen_random_uuid(), $2, 'number ' || $3, '', 1, position, 'ended', 'verified',
       timestamptz '${HISTORY_END}' + interval '30 minutes', timestamptz '${HISTORY_END}' + interval '32 minutes',
       true, 8, 90, 'callBack', 1, 'switch' from moved`,
    [orgId, userId, String(number)],
  );
}
