import type { Connection } from '../../database/index.ts';

/** A rep's figures of a period. Talk is in seconds, what was won in the org's currency. */
export interface PeriodFigures {
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly talkSeconds: number;
  readonly wonAmount: number;
}

/** What came or changed after a period was closed. */
export interface LateFacts {
  readonly userId: string;
  readonly closeKey: string;
  readonly frozen: PeriodFigures;
  /** What the figures would be, were the period open. */
  readonly now: PeriodFigures;
  /** Days (`YYYY-MM-DD`) by call id. */
  readonly calls: Readonly<Record<string, string>>;
  /** By opportunity id: what it counted at the close and what it would count now. */
  readonly opportunities: readonly { readonly id: string; readonly before: number; readonly after: number }[];
  /** What the org was last told. */
  readonly told: string;
}

interface ClosedRow {
  readonly userId: string;
  readonly closeKey: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly calls: Readonly<Record<string, string>>;
  readonly won: Readonly<Record<string, number>>;
  readonly told: string;
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly talkSeconds: number;
}

/** Periods looked at in one pass. */
const MOST_PERIODS = 200;
/** A change may be committed a little after the moment that it bears. */
const COMMIT_MARGIN = '60 seconds';

/** The closed periods of reps of whom anything changed since they were last looked at, with what came late. */
export async function takeLateFacts(connection: Connection, orgId: string): Promise<LateFacts[]> {
  const rows = await connection.query<ClosedRow>(
    `with due as (
       select closed.user_id, closed.first_day, rollup.position, rep.time_zone
       from closed_period closed
       join rep_rollup rollup on rollup.org_id = closed.org_id and rollup.user_id = closed.user_id
       join crm_user rep on rep.org_id = closed.org_id and rep.user_id = closed.user_id
       where closed.org_id = $1 and (
         closed.is_untold
         or rollup.position > closed.checked_position
         or exists (
           select from crm_opportunity sale
           where sale.org_id = closed.org_id and sale.user_id = closed.user_id
             and sale.changed_at > closed.checked_at - $2::interval))
       limit $3
       for update of closed
     )
     update closed_period closed
     set checked_position = due.position, checked_at = now(),
       late_calls = closed.late_calls || coalesce((
         select jsonb_object_agg(call.call_id, (call.started_at at time zone due.time_zone)::date)
         from call
         where call.org_id = closed.org_id and call.user_id = closed.user_id
           and call.position > closed.checked_position and call.position <= due.position
           and (call.started_at at time zone due.time_zone)::date between closed.first_day and closed.last_day
       ), '{}')
     from due
     where closed.org_id = $1 and closed.user_id = due.user_id and closed.first_day = due.first_day
     returning closed.user_id as "userId", closed.close_key as "closeKey",
       closed.first_day as "firstDay", closed.last_day as "lastDay", closed.late_calls as calls, closed.won,
       closed.told, closed.dials, closed.connects, closed.conversations, closed.talk_seconds as "talkSeconds"`,
    [orgId, COMMIT_MARGIN, MOST_PERIODS],
  );
  return Promise.all(rows.map((row) => lateFactsOf(connection, orgId, row)));
}

async function lateFactsOf(connection: Connection, orgId: string, row: ClosedRow): Promise<LateFacts> {
  const span = [orgId, row.userId, row.firstDay, row.lastDay];
  const [figures] = await connection.query<Omit<PeriodFigures, 'wonAmount'>>(
    `select coalesce(sum(dials), 0)::bigint as dials, coalesce(sum(connects), 0)::bigint as connects,
       coalesce(sum(conversations), 0)::bigint as conversations,
       coalesce(sum(talk_seconds), 0)::bigint as "talkSeconds"
     from rep_day where org_id = $1 and user_id = $2 and day between $3 and $4`,
    span,
  );
  if (figures === undefined) throw new Error('A sum has no row');
  const sales = await connection.query<{ id: string; amount: number }>(
    `select opportunity_id as id, coalesce(amount, 0) as amount from crm_opportunity
     where org_id = $1 and user_id = $2 and is_won and not is_deleted and close_day between $3 and $4
     order by opportunity_id`,
    span,
  );
  const wonNow = new Map(sales.map(({ id, amount }) => [id, amount]));
  const ids = [...new Set([...Object.keys(row.won), ...wonNow.keys()])].toSorted();
  const changed = ids
    .map((id) => ({ id, before: row.won[id] ?? 0, after: wonNow.get(id) ?? 0 }))
    .filter(({ before, after }) => before !== after);
  return {
    userId: row.userId,
    closeKey: row.closeKey,
    frozen: {
      dials: row.dials,
      connects: row.connects,
      conversations: row.conversations,
      talkSeconds: row.talkSeconds,
      wonAmount: sumOf(Object.values(row.won)),
    },
    now: { ...figures, wonAmount: sumOf([...wonNow.values()]) },
    calls: row.calls,
    opportunities: changed,
    told: row.told,
  };
}

/** Notes what the org knows now of a period's late facts; null when it refused to take them, to try again. */
export async function recordTold(
  connection: Connection,
  orgId: string,
  closeKey: string,
  told: string | null,
): Promise<void> {
  await connection.query(
    `update closed_period set told = coalesce($3, told), is_untold = ($3::text is null)
     where org_id = $1 and close_key = $2`,
    [orgId, closeKey, told],
  );
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
