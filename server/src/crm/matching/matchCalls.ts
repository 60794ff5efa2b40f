import { dialedNumbersOf, type CallDetail } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { matchNumbers } from './matchNumber.ts';

/**
 * The same calls, each with the record that its Task belongs to. A call whose number leads to several records keeps
 * none and is noted as waiting for its rep, so that its Task need not wait.
 */
export async function matchCalls(
  connection: Connection,
  orgId: string,
  calls: readonly CallDetail[],
): Promise<CallDetail[]> {
  const dialed = new Map(
    (
      await dialedNumbersOf(
        connection,
        orgId,
        calls.map(({ callId }) => callId),
      )
    ).map((each) => [each.callId, each]),
  );
  const lookups = calls.map(({ callId, userId, recordId, recordVersion }) => ({
    callId,
    userId,
    numberHash: dialed.get(callId)?.numberHash ?? '',
    extension: dialed.get(callId)?.extension ?? '',
    recordId,
    isChosen: recordVersion !== null,
  }));
  const matches = await matchNumbers(connection, orgId, lookups);
  const ambiguous = lookups.filter((_, index) => matches[index]?.kind === 'ambiguous');
  await notePending(connection, orgId, ambiguous);
  return calls.map((call, index) => {
    const match = matches[index];
    // What the rep chose for this very call is not argued with.
    if (call.recordVersion !== null) return call;
    return { ...call, recordId: match?.kind === 'record' ? match.recordId : null };
  });
}

async function notePending(
  connection: Connection,
  orgId: string,
  calls: readonly {
    callId: string;
    userId: string;
    numberHash: string;
    extension: string;
    isChosen: boolean;
  }[],
): Promise<void> {
  const waiting = calls.filter(({ isChosen }) => !isChosen);
  if (waiting.length === 0) return;
  await connection.query(
    `insert into crm_pending_match (org_id, call_id, user_id, number_hash, extension)
     select $1, each.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as each
     on conflict do nothing`,
    [
      orgId,
      waiting.map(({ callId }) => callId),
      waiting.map(({ userId }) => userId),
      waiting.map(({ numberHash }) => numberHash),
      waiting.map(({ extension }) => extension),
    ],
  );
}
