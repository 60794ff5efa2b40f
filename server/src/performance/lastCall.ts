import type { Connection } from '../database/index.ts';
import type { RepToRollUp } from './rollUps.ts';

/**
 * The day, in the rep's zone, on which the rep last placed or took a call through the phone, `YYYY-MM-DD`; null for
 * never. A call that was logged by hand went through another phone.
 */
export async function lastCallDay(
  connection: Connection,
  { orgId, userId, timeZone }: Pick<RepToRollUp, 'orgId' | 'userId' | 'timeZone'>,
): Promise<string | null> {
  const [row] = await connection.query<{ day: string }>(
    `select (started_at at time zone $3)::date::text as day from call
     where org_id = $1 and user_id = $2 and started_at is not null and (direction = 'outbound' or answered)
       and not exists (
         select from call_event event
         where event.org_id = call.org_id and event.call_id = call.call_id and event.witness = 'hand')
     order by started_at desc limit 1`,
    [orgId, userId, timeZone],
  );
  return row?.day ?? null;
}
