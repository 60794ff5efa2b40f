import type { OutcomeEvent } from '@scoreline/contract';
import type { Connection } from '../database/index.ts';
import { rowsOf, type StoredEvent } from './eventStore.ts';
import type { CallFacts } from './foldCall.ts';
import type { CallHeader } from './lockCalls.ts';

/** What a transaction adds to a call. */
export interface StoredChange {
  /** Known to be new. */
  readonly added: readonly StoredEvent[];
  /** What all events add up to with them. */
  readonly facts: CallFacts;
  readonly hasNewOutcome: boolean;
}

/**
 * Writes events, facts and the rep's position under the header's version and position, and what the rep wrote last
 * where the call's personal data was not erased. One statement, because each one costs a request about as much as
 * the rows it writes.
 */
export async function storeChange(
  connection: Connection,
  header: CallHeader,
  { added, facts, hasNewOutcome }: StoredChange,
): Promise<void> {
  const note = latestOutcome(added);
  await connection.query(
    `with added as (
       insert into call_event (org_id, call_id, witness, sequence, occurred_at, elapsed_ms, kind, ended_by, cause,
         sip_status, outcome, after_sequence, voicemail_seconds, measured, content_hash)
       select $1, $2, event.* from json_to_recordset($19) as event (witness text, sequence integer,
         occurred_at timestamptz, elapsed_ms bigint, kind text, ended_by text, cause text, sip_status integer,
         outcome text, after_sequence integer, voicemail_seconds integer, measured jsonb, content_hash text)
     ), noted as (
       update call_personal set note = $20, follow_up_on = $21, note_sequence = $22,
         reason = coalesce($25, reason)
       where org_id = $1 and call_id = $2 and note_sequence < $22
     ), moved as (
       update rep_position set position = $4 where org_id = $1 and user_id = $23
     )
     update call set
       earlier_starts = case when started_at <> $7::timestamptz
         then array_append(coalesce(earlier_starts, '{}'), started_at) else earlier_starts end,
       version = $3, position = $4, state = $5, evidence = $6, started_at = $7, ended_at = $8,
       answered = $9, ring_seconds = $10, talk_seconds = $11, hold_seconds = $12, after_call_seconds = $13,
       end_cause = $14, ended_by = $15, outcome = $16, network_witness = $17, outcome_witness = $24,
       outcome_version = case when $18 then $3 else outcome_version end,
       voicemail_seconds = $26, measured = $27,
       is_missed_seen = is_missed_seen and voicemail_seconds is not distinct from $26
     where org_id = $1 and call_id = $2`,
    [
      header.orgId,
      header.callId,
      header.version,
      header.position.value,
      ...valuesOf(facts),
      hasNewOutcome,
      JSON.stringify(rowsOf(added)),
      note?.note ?? null,
      note?.followUpOn ?? null,
      // Null is below no number: without an outcome no note is touched.
      note?.sequence ?? null,
      header.userId,
      facts.outcomeWitness,
      note?.reason ?? null,
      facts.voicemailSeconds,
      facts.measured === null ? null : JSON.stringify(facts.measured),
    ],
  );
}

/** In the order of their parameters, $5 to $17. */
function valuesOf(facts: CallFacts): unknown[] {
  return [
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
  ];
}

function latestOutcome(added: readonly StoredEvent[]): (StoredEvent & OutcomeEvent) | undefined {
  return (
    added
      // The org keeps what was written there.
      .filter(
        (event): event is StoredEvent & OutcomeEvent => event.kind === 'outcome' && event.witness !== 'org',
      )
      .toSorted((one, other) => one.sequence - other.sequence)
      .at(-1)
  );
}
