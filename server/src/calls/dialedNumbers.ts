import type { Connection } from '../database/index.ts';

/** Whose number a call is with, without the number itself. */
export interface DialedCall {
  readonly callId: string;
  readonly userId: string;
  /** As `hashNumber` makes it; null where the caller withheld the number. */
  readonly numberHash: string | null;
  /** Digits behind the line's number; null for the line itself. */
  readonly extension: string | null;
}

/** The numbers of these calls of the org. Unknown ids are left out, and calls whose personal data was erased. */
export async function dialedNumbersOf(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<DialedCall[]> {
  return connection.query<DialedCall>(
    `select call.call_id as "callId", call.user_id as "userId", call.number_hash as "numberHash",
       personal.extension
     from call join call_personal personal using (org_id, call_id)
     where call.org_id = $1 and call.call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
}
