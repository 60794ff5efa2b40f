import type { Absence, OpenOpportunity, SalesFigures } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** Whose sales, of which days, as they stand on a day. */
export interface SalesQuestion {
  readonly orgId: string;
  readonly userId: string;
  /** The rep's IANA zone. */
  readonly timeZone: string;
  /** `YYYY-MM-DD`, both included. */
  readonly startDay: string;
  readonly endDay: string;
  readonly today: string;
}

/** What the org's copies alone tell of a rep's sales. */
export type CopiedSales = Omit<SalesFigures, 'leads' | 'rampMonths'>;

/** Quarters of opportunities that a win rate looks at before the period itself. */
const COHORT_MONTHS_BEFORE = 9;

/** A rep's opportunities, follow-ups, meetings and quota of a period. */
export async function salesOf(connection: Connection, question: SalesQuestion): Promise<CopiedSales> {
  const [row] = await connection.query<FlatSales>(SALES, parametersOf(question));
  if (row === undefined) throw new Error('A sum has no row');
  const isOver = question.today > question.endDay;
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

/** $1 org, $2 user, $3 first day, $4 last day, $5 zone, $6 today. */
function parametersOf({ orgId, userId, startDay, endDay, timeZone, today }: SalesQuestion): unknown[] {
  return [orgId, userId, startDay, endDay, timeZone, today];
}

/** Whether a follow-up's promised day has passed, or it is done; one deleted after its day was not kept. */
const IS_DUE = `promised_on between $3 and $4 and (promised_on < $6::date or completed_at is not null)
  and (not is_deleted or (modified_at at time zone $5)::date > promised_on)`;

const SALES = `
  select
    (select sum(amount) from crm_quota
     where org_id = $1 and user_id = $2 and first_day between $3 and $4) as quota,
    deal."wonAmount", deal."wonAmountSquared", deal."openAmount", cohort.*, promise.*, meeting.*,
    exists (select from crm_meeting where org_id = $1 and not is_deleted
      and created_at >= ($3::date::timestamp at time zone $5)
      and created_at < (($4::date + 1)::timestamp at time zone $5)) as "isCalendarUsed"
  from (
    select coalesce(sum(amount) filter (where is_won), 0) as "wonAmount",
      coalesce(sum(amount * amount) filter (where is_won), 0) as "wonAmountSquared",
      coalesce(sum(amount) filter (where not is_closed), 0) as "openAmount"
    from crm_opportunity
    where org_id = $1 and user_id = $2 and not is_deleted and close_day between $3 and $4
  ) deal, (
    select count(*) filter (where is_won and close_day <= $4) as "cohortWon",
      count(*) filter (where is_closed and not is_won and close_day <= $4) as "cohortLost",
      count(*) filter (where not is_closed) as "cohortOpen",
      coalesce(sum(amount) filter (where is_won and close_day <= $4), 0) as "cohortWonAmount",
      coalesce(sum(greatest(close_day - (created_at at time zone $5)::date, 0))
        filter (where is_won and close_day <= $4), 0) as "cohortCycleDays"
    from crm_opportunity
    where org_id = $1 and user_id = $2 and not is_deleted
      and (created_at at time zone $5)::date
        between ($3::date - interval '${COHORT_MONTHS_BEFORE} months')::date and $4
  ) cohort, (
    select count(*) as "commitmentsDue",
      count(*) filter (where not is_deleted and is_closed
        and (completed_at at time zone $5)::date <= promised_on) as "commitmentsKept"
    from crm_follow_up where org_id = $1 and user_id = $2 and ${IS_DUE}
  ) promise, (
    select count(distinct (coalesce(account_id, who_id), (created_at at time zone $5)::date)) as "calendarMeetings"
    from crm_meeting
    where org_id = $1 and user_id = $2 and not is_deleted and coalesce(account_id, who_id) is not null
      and created_at >= ($3::date::timestamp at time zone $5)
      and created_at < (($4::date + 1)::timestamp at time zone $5)
  ) meeting`;

/** The rep's largest open opportunities that are to close in what is left of a period, and the promises still open in it. */
export async function chancesOf(
  connection: Connection,
  question: SalesQuestion,
  most: number,
): Promise<{ readonly opportunities: OpenOpportunity[]; readonly openCommitments: number }> {
  const { orgId, userId, startDay, endDay, today } = question;
  const opportunities = await connection.query<OpenOpportunity>(
    `select opportunity_id as id, amount from crm_opportunity
     where org_id = $1 and user_id = $2 and not is_deleted and not is_closed and amount > 0
       and close_day between $3 and $4
     order by amount desc, opportunity_id limit $5`,
    [orgId, userId, startDay, endDay, most],
  );
  const [promises] = await connection.query<{ open: number }>(
    `select count(*) as open from crm_follow_up
     where org_id = $1 and user_id = $2 and not is_deleted and not is_closed and promised_on between $3 and $4`,
    [orgId, userId, today > startDay ? today : startDay, endDay],
  );
  return { opportunities, openCommitments: promises?.open ?? 0 };
}

/** When a rep is away, as far as that touches these days. */
export async function absencesOf(
  connection: Connection,
  { orgId, userId, startDay, endDay }: Pick<SalesQuestion, 'orgId' | 'userId' | 'startDay' | 'endDay'>,
): Promise<Absence[]> {
  return connection.query<Absence>(
    `select coalesce(first_day, '0001-01-01'::date) as "firstDay", coalesce(last_day, '9999-12-31'::date) as "lastDay",
       coalesce(share, 100) / 100 as share
     from crm_absence
     where org_id = $1 and user_id = $2 and not is_deleted
       and coalesce(first_day, $3) <= $4 and coalesce(last_day, $4) >= $3`,
    [orgId, userId, startDay, endDay],
  );
}

/** The leads that a rep owns and that were created in a period, with the moment. */
export async function leadsCreated(
  connection: Connection,
  { orgId, userId, timeZone, startDay, endDay }: SalesQuestion,
): Promise<{ readonly leadId: string; readonly createdAt: Date }[]> {
  return connection.query(
    `select lead_id as "leadId", created_at as "createdAt" from crm_lead
     where org_id = $1 and owner_id = $2 and not is_deleted
       and created_at >= ($3::date::timestamp at time zone $5)
       and created_at < (($4::date + 1)::timestamp at time zone $5)`,
    [orgId, userId, startDay, endDay, timeZone],
  );
}

/**
 * The days of which sales facts of a rep changed after a moment: of closings, promises and meetings. From no earlier than
 * a day: what is older is closed.
 */
export async function changedSalesDays(
  connection: Connection,
  { orgId, userId }: Pick<SalesQuestion, 'orgId' | 'userId'>,
  { after, from }: { readonly after: Date; readonly from: string },
): Promise<string[]> {
  const rows = await connection.query<{ day: string }>(
    `select distinct day from (
       select close_day as day from crm_opportunity
       where org_id = $1 and user_id = $2 and changed_at > $3 and close_day >= $4
       union all select promised_on from crm_follow_up
       where org_id = $1 and user_id = $2 and changed_at > $3 and promised_on >= $4
       union all select created_at::date from crm_meeting
       where org_id = $1 and user_id = $2 and changed_at > $3 and created_at >= $4::date
     ) changed`,
    [orgId, userId, after.toISOString(), from],
  );
  return rows.map(({ day }) => day);
}

/** The other active people of a role. */
export async function peersOf(
  connection: Connection,
  { orgId, userId }: Pick<SalesQuestion, 'orgId' | 'userId'>,
  roleId: string | null,
): Promise<string[]> {
  const rows = await connection.query<{ userId: string }>(
    `select user_id as "userId" from crm_user
     where org_id = $1 and role_id = $3 and user_id <> $2 and is_active`,
    [orgId, userId, roleId],
  );
  return rows.map(({ userId: peerId }) => peerId);
}

/** Everybody whom a role holds, also those who left. */
export async function membersOf(
  connection: Connection,
  orgId: string,
  roleId: string,
): Promise<{ readonly userId: string; readonly timeZone: string }[]> {
  return connection.query(
    `select user_id as "userId", time_zone as "timeZone" from crm_user where org_id = $1 and role_id = $2`,
    [orgId, roleId],
  );
}
