import type { Connection } from '../database/index.ts';

/**
 * A goal's change time is when its transaction began, a card's when its own did; a change that was committed while a
 * card was made may so look older than the card. Anything within this time before it counts as newer.
 */
export const COMMIT_MARGIN = '60 seconds';
/** A request is durable; it is made again only in case its job ended among the dead letters. */
const REQUEST_AGAIN = '1 hour';

/** What a card is made of beside calls and goals. */
const SALES_TABLES = ['crm_opportunity', 'crm_follow_up', 'crm_meeting', 'crm_quota', 'crm_absence'];

/**
 * The active reps of the org whose card is out of date: from another day of the rep's zone, behind the ledger, or
 * older than the targets, weights, sales or fiscal year in use. Each is given once and then not again until it is published.
 */
export async function takeDueReps(connection: Connection, orgId: string): Promise<string[]> {
  const rows = await connection.query<{ userId: string }>(
    `update rep_rollup rollup set requested_at = now()
     from crm_user rep
     where rollup.org_id = $1 and rep.org_id = rollup.org_id and rep.user_id = rollup.user_id and rep.is_active
     and (rollup.requested_at is null or rollup.requested_at < now() - $3::interval)
     and (
       rollup.published_at is null
       or rollup.published_position is distinct from rollup.position
       or rollup.published_day is distinct from (now() at time zone rep.time_zone)::date
       or exists (
         select from crm_target target
         where target.org_id = rollup.org_id and target.user_id = rollup.user_id
           and target.changed_at > rollup.published_at - $2::interval)
       or exists (
         select from crm_weight weight
         where weight.org_id = rollup.org_id and weight.changed_at > rollup.published_at - $2::interval)
       or exists (
         select from crm_organization organization
         where organization.org_id = rollup.org_id
           and organization.changed_at > rollup.published_at - $2::interval)
       or ${SALES_TABLES.map(
         (table) => `exists (
         select from ${table} fact where fact.org_id = rollup.org_id and fact.user_id = rollup.user_id
           and fact.changed_at > rollup.published_at - $2::interval)`,
       ).join('\n       or ')})
     returning rollup.user_id as "userId"`,
    [orgId, COMMIT_MARGIN, REQUEST_AGAIN],
  );
  return rows.map(({ userId }) => userId);
}
