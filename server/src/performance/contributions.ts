import type { Connection } from '../database/index.ts';
import { TALLY_COLUMNS, TALLY_FIELDS, type Tally } from './tally.ts';

/** What a call adds to one of its rep's days. */
export interface DatedTally {
  readonly callId: string;
  /** `YYYY-MM-DD` in the rep's zone. */
  readonly day: string;
  /** When the call began. */
  readonly startedAt: string;
  readonly tally: Tally;
}

/** What a call counted for, of that which other calls can take away. */
export interface KnownContact {
  readonly callId: string;
  /** Null for one that was counted by definitions that did not ask. */
  readonly startedAt: Date | null;
  readonly connects: number;
  readonly conversations: number;
}

const COLUMNS = TALLY_FIELDS.map((field) => TALLY_COLUMNS[field]);
const COLUMN_LIST = COLUMNS.join(', ');
const BIGINT_COLUMNS = COLUMNS.map((column) => `${column} bigint`).join(', ');
const NEGATED = COLUMNS.map((column) => `-${column}`).join(', ');
const ADDED = COLUMNS.map((column) => `${column} = rep_day.${column} + excluded.${column}`).join(', ');
const SUMMED = COLUMNS.map((column) => `sum(${column})`).join(', ');
const SELECTED_SUMS = TALLY_FIELDS.map(
  (field) => `coalesce(sum(${TALLY_COLUMNS[field]}), 0)::bigint as "${field}"`,
).join(', ');

/**
 * Puts these calls' tallies in the place of what they added before, and the difference into the rep's days, which
 * are noted as changed. The caller holds the rep's lock.
 */
export async function replaceContributions(
  connection: Connection,
  orgId: string,
  userId: string,
  contributions: readonly DatedTally[],
): Promise<void> {
  const rows = contributions.map(({ callId, day, startedAt, tally }) => ({
    call_id: callId,
    day,
    started_at: startedAt,
    ...Object.fromEntries(TALLY_FIELDS.map((field) => [TALLY_COLUMNS[field], tally[field]])),
  }));
  const parameters = [orgId, userId, JSON.stringify(rows)];
  const given = `given as (
    select * from jsonb_to_recordset($3::jsonb) as each (call_id uuid, day date, started_at timestamptz,
      ${BIGINT_COLUMNS}))`;
  await connection.query(
    `with ${given}, before as (
       delete from call_contribution using given
       where call_contribution.org_id = $1 and call_contribution.call_id = given.call_id
       returning call_contribution.*
     ), change as (
       select day, ${COLUMN_LIST} from given
       union all select day, ${NEGATED} from before
     ), noted as (
       insert into rep_changed_day (org_id, user_id, day) select distinct $1, $2, day from change
       on conflict do nothing
     )
     insert into rep_day (org_id, user_id, day, ${COLUMN_LIST})
     select $1, $2, day, ${SUMMED} from change group by day
     on conflict (org_id, user_id, day) do update set ${ADDED}`,
    parameters,
  );
  await connection.query(
    `with ${given}
     insert into call_contribution (org_id, user_id, call_id, day, started_at, ${COLUMN_LIST})
     select $1, $2, call_id, day, started_at, ${COLUMN_LIST} from given`,
    parameters,
  );
}

/** What these calls are known to have contributed to contacts, and when they were known to have begun. */
export async function knownContacts(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<KnownContact[]> {
  return connection.query<KnownContact>(
    `select call_id as "callId", started_at as "startedAt", connects, conversations
     from call_contribution where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
}

/** The sum of a rep's days from one to another, both included. */
export async function tallyOfPeriod(
  connection: Connection,
  orgId: string,
  userId: string,
  period: { readonly startDay: string; readonly endDay: string },
): Promise<Tally> {
  const [sum] = await connection.query<Tally>(
    `select ${SELECTED_SUMS} from rep_day
     where org_id = $1 and user_id = $2 and day between $3 and $4`,
    [orgId, userId, period.startDay, period.endDay],
  );
  if (sum === undefined) throw new Error('A sum has no row');
  return sum;
}
