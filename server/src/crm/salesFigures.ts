import type { Absence, DaySpan, OpenOpportunity } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** Whose sales, of which days, as they stand on a day. */
export interface SalesQuestion extends DaySpan {
  readonly orgId: string;
  readonly userId: string;
  /** The rep's IANA zone. */
  readonly timeZone: string;
  readonly today: string;
}

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

/** The leads that a rep owns and that were created in a period, with the moment and its day where the rep works. */
export async function leadsCreated(
  connection: Connection,
  { orgId, userId, timeZone, startDay, endDay }: SalesQuestion,
): Promise<{ readonly leadId: string; readonly createdAt: Date; readonly createdDay: string }[]> {
  return connection.query(
    `select lead_id as "leadId", created_at as "createdAt", (created_at at time zone $5)::date as "createdDay"
     from crm_lead
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
