import type { Connection } from '../../../database/index.ts';

/** A call that the org refused for good. */
export interface DeadLetter {
  readonly callId: string;
  readonly diedAt: Date;
  /** The org's code, and behind it the field that it names. */
  readonly reason: string;
}

/** The calls that the org refused for good, the latest first. */
export async function deadLetters(
  connection: Connection,
  orgId: string,
  limit: number,
): Promise<DeadLetter[]> {
  return connection.query<DeadLetter>(
    `select call_id as "callId", dead_at as "diedAt", coalesce(last_error, 'unknown') as reason
     from crm_delivery where org_id = $1 and dead_at is not null order by dead_at desc, call_id limit $2`,
    [orgId, limit],
  );
}

/** Makes refused calls due again, all of the org or only one, and gives how many. */
export async function replayDeadLetters(
  connection: Connection,
  orgId: string,
  callId?: string,
): Promise<number> {
  const rows = await connection.query(
    `update crm_delivery set dead_at = null, attempts = 0, due_at = now(), due_since = now()
     where org_id = $1 and dead_at is not null and ($2::uuid is null or call_id = $2) returning call_id`,
    [orgId, callId ?? null],
  );
  return rows.length;
}
