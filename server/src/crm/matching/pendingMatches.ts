import type { PendingMatchesResponse } from '@scoreline/contract/wire';
import type { Connection } from '../../database/index.ts';
import { withoutAccountsOfContacts } from './decideMatch.ts';
import { holdersOf, type DialedNumber } from './recordIndex.ts';

interface PendingCall extends DialedNumber {
  readonly callId: string;
  readonly startedAt: Date | null;
}

/** More than a rep will choose at once. */
const MAXIMUM_CALLS = 100;

/**
 * The rep's own calls that wait for a choice, newest first, with the records to choose from as they are now. One
 * that nobody has any more is left out until somebody has it again.
 */
export async function pendingMatches(
  connection: Connection,
  caller: { readonly orgId: string; readonly userId: string },
): Promise<PendingMatchesResponse> {
  const { orgId, userId } = caller;
  const calls = await connection.query<PendingCall>(
    `select pending.call_id as "callId", pending.user_id as "userId", pending.number_hash as "numberHash",
       pending.extension, call.started_at as "startedAt"
     from crm_pending_match pending
     join call using (org_id, call_id)
     join call_personal personal using (org_id, call_id)
     where pending.org_id = $1 and pending.user_id = $2 and personal.record_id is null
     order by call.opened_at desc, pending.call_id limit $3`,
    [orgId, userId, MAXIMUM_CALLS],
  );
  const holders = await holdersOf(connection, orgId, calls);
  const matches = calls.map(({ callId, startedAt }, place) => ({
    callId,
    startedAt: startedAt?.toISOString() ?? null,
    recordIds: withoutAccountsOfContacts(holders.get(place) ?? []).map(({ recordId }) => recordId),
  }));
  return { matches: matches.filter(({ recordIds }) => recordIds.length > 0) };
}
