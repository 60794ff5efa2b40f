import { findCalls } from '../../../calls/index.ts';
import type { Connection } from '../../../database/index.ts';
import { repsOf } from '../../copies.ts';
import { matchCalls } from '../../matching/matchCalls.ts';
import { dueFollowUps } from './dueFollowUps.ts';
import type { CallVersion, DueDelivery } from './outbox.ts';
import type { DueCall, RefusedCall } from './sendTasks.ts';

/** No copy of the rep yet, so the day of the call in the rep's zone is not known: the next sync brings it. */
export const REP_UNKNOWN_CODE = 'REP_NOT_SYNCED';

/** PostgreSQL's largest integer. */
const ANY_VERSION = 2_147_483_647;

/** What a delivery has before it. */
export interface Batch {
  readonly calls: readonly DueCall[];
  /** Calls of reps that the relay has no copy of yet. */
  readonly unknown: readonly RefusedCall[];
  /** Calls of which the org has the newest version already, and the follow-up. */
  readonly upToDate: readonly CallVersion[];
}

/** The due calls as they stand now: what is sent is the newest version. */
export async function readBatch(
  connection: Connection,
  orgId: string,
  due: readonly DueDelivery[],
): Promise<Batch> {
  const callIds = due.map(({ callId }) => callId);
  const found = await matchCalls(connection, orgId, await findCalls(connection, orgId, callIds));
  const byId = new Map(found.map((call) => [call.callId, call]));
  const reps = await repsOf(connection, orgId, [...new Set(found.map(({ userId }) => userId))]);
  const followUps = await dueFollowUps(connection, orgId, callIds);
  const calls: DueCall[] = [];
  const unknown: RefusedCall[] = [];
  const upToDate: CallVersion[] = [];
  for (const { callId, deliveredVersion } of due) {
    const call = byId.get(callId);
    if (call === undefined) {
      // Nothing can be sent of a call that the ledger does not have; it must not hold up the others.
      upToDate.push({ callId, version: ANY_VERSION });
      continue;
    }
    const { version } = call;
    const timeZone = reps.get(call.userId)?.timeZone;
    const followUp = followUps.get(callId);
    const isNewest = version <= (deliveredVersion ?? -1) && followUp === undefined;
    if (call.state !== 'ended' || isNewest) upToDate.push({ callId, version });
    else if (timeZone === undefined) unknown.push({ callId, version, code: REP_UNKNOWN_CODE });
    else calls.push({ call, timeZone, deliveredVersion, followUp });
  }
  return { calls, unknown, upToDate };
}
