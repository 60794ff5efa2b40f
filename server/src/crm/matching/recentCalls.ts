import type { RecentCallsResponse } from '@scoreline/contract/wire';
import { missedUnseenOf, recentCallsOf } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { matchNumbers } from './matchNumber.ts';
import { pendingMatches } from './pendingMatches.ts';

const RECENT_CALLS = 50;

/** The rep's last calls, each with the record that its Task belongs to, or with those that the rep is to choose from. */
export async function recentCalls(
  connection: Connection,
  caller: { readonly orgId: string; readonly userId: string },
): Promise<RecentCallsResponse> {
  const calls = await recentCallsOf(connection, caller, RECENT_CALLS);
  const matches = await matchNumbers(
    connection,
    caller.orgId,
    calls.map(({ numberHash, extension, userId, recordId }) => ({
      numberHash: numberHash ?? '',
      extension,
      userId,
      recordId,
    })),
  );
  const { matches: pending } = await pendingMatches(connection, caller);
  const choices = new Map(pending.map(({ callId, recordIds }) => [callId, recordIds]));
  return {
    calls: calls.map((call, index) => {
      const match = matches[index];
      const matched = match?.kind === 'record' ? match.recordId : undefined;
      return {
        callId: call.callId,
        direction: call.direction,
        numberE164: call.numberE164 || undefined,
        recordId: call.recordVersion === null ? matched : (call.recordId ?? undefined),
        matchedRecordIds: choices.get(call.callId),
        startedAt: call.startedAt,
        talkSeconds: call.talkSeconds,
        isMissed: call.isMissed,
        voicemailSeconds: call.voicemailSeconds ?? undefined,
      };
    }),
    missedUnseen: await missedUnseenOf(connection, caller),
  };
}
