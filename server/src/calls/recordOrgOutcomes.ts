import type { OutcomeCode } from '@scoreline/contract';
import { foldCall, latestOutcomeOf } from './foldCall.ts';
import { lockCalls } from './lockCalls.ts';
import { keyedHash } from './personalHash.ts';
import { storeChange } from './projection.ts';
import { CALL_CHANGED_QUEUE, type CallChanged, type Ledger } from './recordEvents.ts';
import type { StoredEvent } from './eventStore.ts';

/** An outcome as somebody set it on the call's Task in the org. */
export interface OrgOutcome {
  readonly callId: string;
  readonly outcome: OutcomeCode;
  /** The version of the call on that Task: what the rep said in a later one was said after the edit. */
  readonly version: number;
}

/**
 * Enters what reps edited in the org. It wins over what they had said before and is kept beside it; an outcome that
 * the call has already, or that the rep has replaced since, changes nothing. Gives how many calls changed.
 */
export async function recordOrgOutcomes(
  ledger: Ledger,
  orgId: string,
  edits: readonly OrgOutcome[],
): Promise<number> {
  return ledger.database.transaction(async (connection) => {
    const locked = await lockCalls(
      connection,
      orgId,
      edits.map(({ callId }) => callId),
    );
    const jobs: CallChanged[] = [];
    for (const { callId, outcome, version } of edits) {
      const { header, events = [] } = locked.get(callId) ?? {};
      if (header === undefined || latestOutcomeOf(events)?.outcome === outcome) continue;
      const [call] = await connection.query<{ outcomeVersion: number | null }>(
        'select outcome_version as "outcomeVersion" from call where org_id = $1 and call_id = $2',
        [orgId, callId],
      );
      if ((call?.outcomeVersion ?? 0) > version) continue;
      header.position.value += 1;
      const added = [editOf(ledger, orgId, callId, events, outcome)];
      const facts = foldCall([...events, ...added], ledger.networkReports(orgId));
      await storeChange(connection, header, { added, facts, hasNewOutcome: true });
      jobs.push({ orgId, callId, userId: header.userId });
    }
    await ledger.queue.enqueue(connection, CALL_CHANGED_QUEUE, jobs);
    return jobs.length;
  });
}

function editOf(
  { personalDataKey }: Ledger,
  orgId: string,
  callId: string,
  events: readonly StoredEvent[],
  outcome: OutcomeCode,
): StoredEvent {
  const outcomes = events.filter(({ kind }) => kind === 'outcome');
  const sequence = outcomes.filter(({ witness }) => witness === 'org').length + 1;
  const afterSequence = Math.max(
    0,
    ...outcomes.filter(({ witness }) => witness !== 'org').map((event) => event.sequence),
  );
  return {
    witness: 'org',
    sequence,
    at: new Date().toISOString(),
    elapsedMs: 0,
    kind: 'outcome',
    outcome,
    note: '',
    afterSequence,
    contentHash: keyedHash(personalDataKey, ['edit', orgId, callId, String(sequence), outcome]),
  };
}
