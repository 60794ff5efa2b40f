import type { Connection } from '../database/index.ts';

/** What a call dialed, without the number itself. */
export interface DialedCall {
  readonly callId: string;
  readonly userId: string;
  /** As `hashNumber` makes it. */
  readonly numberHash: string;
  /** Digits behind the line's number; null for the line itself, or once the call's personal data was erased. */
  readonly extension: string | null;
}

/** What these calls of the org dialed; unknown ids are left out. */
export async function dialedNumbersOf(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<DialedCall[]> {
  return connection.query<DialedCall>(
    `select call.call_id as "callId", call.user_id as "userId", call.number_hash as "numberHash",
       personal.extension
     from call left join call_personal personal using (org_id, call_id)
     where call.org_id = $1 and call.call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
}
