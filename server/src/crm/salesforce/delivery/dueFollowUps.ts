import type { Connection } from '../../../database/index.ts';

/** What a rep promised in a call and the org does not have yet. Days are `YYYY-MM-DD` in the rep's own zone. */
export interface DueFollowUp {
  readonly callId: string;
  /** Null when the promise was withdrawn. */
  readonly dueOn: string | null;
  /** As the org has it; null while it has none that is open. */
  readonly writtenOn: string | null;
  /** The version of the call at which it was written. */
  readonly writtenVersion: number | null;
}

/**
 * The follow-ups of these calls that the org has otherwise than promised. One that its rep has moved, closed or
 * deleted in the org, as far as the relay's copy tells, is the rep's and left alone; so is that of a call whose
 * personal data was erased.
 */
export async function dueFollowUps(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, DueFollowUp>> {
  const rows = await connection.query<DueFollowUp>(
    `select delivery.call_id as "callId", personal.follow_up_on as "dueOn", delivery.follow_up_on as "writtenOn",
       delivery.follow_up_version as "writtenVersion"
     from crm_delivery delivery
     join call using (org_id, call_id)
     join call_personal personal using (org_id, call_id)
     left join crm_follow_up known
       on known.org_id = delivery.org_id and known.task_id = delivery.follow_up_task_id
     where delivery.org_id = $1 and delivery.call_id = any($2::uuid[])
       and (personal.follow_up_on is distinct from delivery.follow_up_on
         or (delivery.follow_up_on is not null and call.record_version > delivery.follow_up_version))
       and (delivery.follow_up_on is null or known.task_id is null
         or (not known.is_deleted and not known.is_closed and known.due_on = any(delivery.follow_up_days)))`,
    [orgId, callIds],
  );
  return new Map(rows.map((row) => [row.callId, row]));
}
