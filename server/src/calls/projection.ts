import type { Connection } from '../database/index.ts';
import type { StoredEvent } from './eventStore.ts';
import type { CallFacts } from './foldCall.ts';
import type { CallHeader } from './lockCalls.ts';

/** Writes what the events add up to, under the header's version and position. */
export async function storeFacts(
  connection: Connection,
  header: CallHeader,
  { facts, hasNewOutcome }: { readonly facts: CallFacts; readonly hasNewOutcome: boolean },
): Promise<void> {
  await connection.query(
    `update call set version = $3, position = $4, state = $5, evidence = $6, started_at = $7, ended_at = $8,
       answered = $9, ring_seconds = $10, talk_seconds = $11, hold_seconds = $12, after_call_seconds = $13,
       end_cause = $14, ended_by = $15, outcome = $16, network_witness = $17,
       outcome_version = case when $18 then $3 else outcome_version end
     where org_id = $1 and call_id = $2`,
    [
      header.orgId,
      header.callId,
      header.version,
      header.position.value,
      facts.state,
      facts.evidence,
      facts.startedAt,
      facts.endedAt,
      facts.answered,
      facts.ringSeconds,
      facts.talkSeconds,
      facts.holdSeconds,
      facts.afterCallSeconds,
      facts.endCause,
      facts.endedBy,
      facts.outcome,
      facts.networkWitness,
      hasNewOutcome,
    ],
  );
}

/** Keeps what the rep wrote last, where the call's personal data was not erased. */
export async function storeNote(
  connection: Connection,
  header: CallHeader,
  added: readonly StoredEvent[],
): Promise<void> {
  const latest = added
    .filter((event) => event.kind === 'outcome')
    .sort((one, other) => one.sequence - other.sequence)
    .at(-1);
  if (latest === undefined) return;
  await connection.query(
    `update call_personal set note = $3, follow_up_on = $4, note_sequence = $5
     where org_id = $1 and call_id = $2 and note_sequence < $5`,
    [header.orgId, header.callId, latest.note, latest.followUpOn ?? null, latest.sequence],
  );
}
