import type { DaySpan, SalesFigures } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';
import type { SalesQuestion } from './salesFigures.ts';

/** What the org's copies alone tell of a rep's sales. */
export type CopiedSales = Omit<SalesFigures, 'leads' | 'rampMonths'>;

/** How far back a win rate looks from the end of its period: four quarters. */
const COHORT_MONTHS = 12;

/** A rep's opportunities, follow-ups, meetings and quota of each of these periods, each source read once for all. */
export async function salesOfPeriods(
  connection: Connection,
  { orgId, userId, timeZone, today }: Omit<SalesQuestion, keyof DaySpan>,
  periods: readonly DaySpan[],
): Promise<CopiedSales[]> {
  const firstDays = periods.map(({ startDay }) => startDay);
  const lastDays = periods.map(({ endDay }) => endDay);
  const values = [orgId, userId, firstDays, lastDays, timeZone, today];
  const rows = await connection.query<FlatSales>(SALES, values);
  return rows.map((row, index) => copiedSales(row, today > (lastDays[index] ?? today)));
}

function copiedSales(row: FlatSales, isOver: boolean): CopiedSales {
  return {
    quota: row.quota,
    wonAmount: row.wonAmount,
    wonAmountSquared: row.wonAmountSquared,
    openAmount: isOver ? null : row.openAmount,
    cohort: {
      won: row.cohortWon,
      lost: row.cohortLost,
      open: isOver ? null : row.cohortOpen,
      wonAmount: row.cohortWonAmount,
      wonCycleDays: row.cohortCycleDays,
    },
    commitments: { due: row.commitmentsDue, kept: row.commitmentsKept },
    calendarMeetings: row.isCalendarUsed ? row.calendarMeetings : null,
  };
}

interface FlatSales {
  readonly quota: number | null;
  readonly wonAmount: number;
  readonly wonAmountSquared: number;
  readonly openAmount: number;
  readonly cohortWon: number;
  readonly cohortLost: number;
  readonly cohortOpen: number;
  readonly cohortWonAmount: number;
  readonly cohortCycleDays: number;
  readonly commitmentsDue: number;
  readonly commitmentsKept: number;
  readonly calendarMeetings: number;
  readonly isCalendarUsed: boolean;
}

/** Whether a follow-up's promised day has passed, or it is done; one deleted after its day was not kept. */
const IS_DUE = `promised_on between first_day and last_day and (promised_on < $6::date or completed_at is not null)
  and (not is_deleted or (modified_at at time zone $5)::date > promised_on)`;

/** $1 org, $2 user, $3 first days, $4 last days, $5 zone, $6 today. */
const SALES = `
  with span as materialized (
    select first_day, last_day, place, (last_day + 1 - interval '${COHORT_MONTHS} months')::date as cohort_day,
      (first_day::timestamp at time zone $5) as span_from,
      ((last_day + 1)::timestamp at time zone $5) as span_until
    from unnest($3::date[], $4::date[]) with ordinality as span (first_day, last_day, place)
  ), deal as materialized (
    select amount, is_won, is_closed, close_day, (created_at at time zone $5)::date as created_day
    from crm_opportunity, (select min(cohort_day) as cohort_day, min(first_day) as first_day from span) earliest
    where org_id = $1 and user_id = $2 and not is_deleted
      and (close_day >= first_day or created_at >= cohort_day::timestamp at time zone $5)
  ), met as materialized (
    select distinct coalesce(account_id, who_id) as whom, (created_at at time zone $5)::date as met_day
    from crm_meeting
    where org_id = $1 and user_id = $2 and not is_deleted and coalesce(account_id, who_id) is not null
      and created_at >= (select min(span_from) from span)
  )
  select
    (select sum(amount) from crm_quota
     where org_id = $1 and user_id = $2 and crm_quota.first_day between span.first_day and last_day) as quota,
    closing.*, cohort.*, promise.*, meeting.*,
    exists (select from crm_meeting where org_id = $1 and not is_deleted
      and created_at >= span_from and created_at < span_until) as "isCalendarUsed"
  from span cross join lateral (
    select coalesce(sum(amount) filter (where is_won), 0) as "wonAmount",
      coalesce(sum(amount * amount) filter (where is_won), 0) as "wonAmountSquared",
      coalesce(sum(amount) filter (where not is_closed), 0) as "openAmount"
    from deal where close_day between first_day and last_day
  ) closing cross join lateral (
    select count(*) filter (where is_won and close_day <= last_day) as "cohortWon",
      count(*) filter (where is_closed and not is_won and close_day <= last_day) as "cohortLost",
      count(*) filter (where not is_closed) as "cohortOpen",
      coalesce(sum(amount) filter (where is_won and close_day <= last_day), 0) as "cohortWonAmount",
      coalesce(sum(greatest(close_day - created_day, 0)) filter (where is_won and close_day <= last_day), 0)
        as "cohortCycleDays"
    from deal
    where created_day between cohort_day and last_day
  ) cohort cross join lateral (
    select count(*) as "commitmentsDue",
      count(*) filter (where not is_deleted and is_closed
        and (completed_at at time zone $5)::date <= promised_on) as "commitmentsKept"
    from crm_follow_up where org_id = $1 and user_id = $2 and ${IS_DUE}
  ) promise cross join lateral (
    select count(*) as "calendarMeetings" from met where met_day between first_day and last_day
  ) meeting
  order by place`;
