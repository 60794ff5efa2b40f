import type { Connection } from '../../database/index.ts';

/**
 * The first days (`YYYY-MM-DD`) of the rep's periods that are closed: their manager signed them off, and the org had the
 * card as it was. The card of such a period is never written again.
 */
export async function closedPeriodsOf(
  connection: Connection,
  orgId: string,
  userId: string,
): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ firstDay: string }>(
    'select first_day as "firstDay" from closed_period where org_id = $1 and user_id = $2',
    [orgId, userId],
  );
  return new Set(rows.map(({ firstDay }) => firstDay));
}

/**
 * Closes the periods that were signed off, and opens those that no longer are. A period is closed once the org has the
 * rep's card up to the ledger's last call: until then the card is still on its way.
 */
export async function followSignOffs(connection: Connection, orgId: string): Promise<void> {
  await connection.query(
    `delete from closed_period closed where org_id = $1 and not exists (
       select from crm_quarter_close signed
       where signed.org_id = closed.org_id and signed.close_key = closed.close_key
         and signed.is_signed_off and not signed.is_deleted)`,
    [orgId],
  );
  await connection.query(
    `insert into closed_period
       (org_id, user_id, first_day, last_day, close_key, position, checked_position,
        dials, connects, conversations, talk_seconds, won)
     select signed.org_id, signed.user_id, signed.first_day, signed.last_day, signed.close_key,
       coalesce(rollup.position, 0), coalesce(rollup.position, 0),
       figures.dials, figures.connects, figures.conversations, figures.talk_seconds, sales.won
     from crm_quarter_close signed
     left join rep_rollup rollup on rollup.org_id = signed.org_id and rollup.user_id = signed.user_id
     cross join lateral (
       select coalesce(sum(dials), 0) as dials, coalesce(sum(connects), 0) as connects,
         coalesce(sum(conversations), 0) as conversations, coalesce(sum(talk_seconds), 0) as talk_seconds
       from rep_day day where day.org_id = signed.org_id and day.user_id = signed.user_id
         and day.day between signed.first_day and signed.last_day) figures
     cross join lateral (
       select coalesce(jsonb_object_agg(opportunity_id, coalesce(amount, 0)), '{}') as won
       from crm_opportunity sale where sale.org_id = signed.org_id and sale.user_id = signed.user_id
         and sale.is_won and not sale.is_deleted
         and sale.close_day between signed.first_day and signed.last_day) sales
     where signed.org_id = $1 and signed.is_signed_off and not signed.is_deleted
       and signed.close_key is not null and signed.user_id is not null
       and signed.first_day is not null and signed.last_day is not null
       and (rollup.position is null or rollup.published_position = rollup.position)
       and not exists (
         select from rep_changed_day changed
         where changed.org_id = signed.org_id and changed.user_id = signed.user_id
           and changed.day between signed.first_day and signed.last_day)
     on conflict do nothing`,
    [orgId],
  );
}
