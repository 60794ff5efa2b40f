import type { CallEvent, EndCause, EndedBy, OutcomeCode, Witness } from '@scoreline/contract';
import { callEventSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';

/** An event with its witness and what tells it from another of the same key. */
export type StoredEvent = CallEvent & { readonly witness: Witness; readonly contentHash: string };

/** An event as the table has it. */
export interface EventRow {
  readonly witness: Witness;
  readonly sequence: number;
  readonly at: Date;
  readonly elapsedMs: number;
  readonly kind: string;
  readonly endedBy: EndedBy | null;
  readonly cause: EndCause | null;
  readonly sipStatus: number | null;
  readonly outcome: OutcomeCode | null;
  readonly afterSequence: number | null;
  readonly contentHash: string;
}

/** As {@link EventRow} reads an `event` of the table `call_event`. */
export const EVENT_COLUMNS = `
  event.witness, event.sequence, event.occurred_at as "at", event.elapsed_ms as "elapsedMs", event.kind,
  event.ended_by as "endedBy", event.cause, event.sip_status as "sipStatus", event.outcome,
  event.after_sequence as "afterSequence",
  event.content_hash as "contentHash"`;

/** The event as it was reported, but for what the rep wrote. */
export function eventOf(row: EventRow): StoredEvent {
  const { sequence, elapsedMs, kind, witness, contentHash } = row;
  const ending = { endedBy: row.endedBy, cause: row.cause, sipStatus: row.sipStatus ?? undefined };
  const event = z.parse(callEventSchema, {
    sequence,
    at: row.at.toISOString(),
    elapsedMs,
    kind,
    ...(kind === 'ended' ? ending : {}),
    ...(kind === 'outcome'
      ? { outcome: row.outcome, note: '', afterSequence: row.afterSequence ?? undefined }
      : {}),
  });
  return { ...event, witness, contentHash };
}

/** New events as rows for `json_to_recordset`. */
export function rowsOf(events: readonly StoredEvent[]): object[] {
  return events.map((event) => ({
    witness: event.witness,
    sequence: event.sequence,
    occurred_at: event.at,
    elapsed_ms: event.elapsedMs,
    kind: event.kind,
    ...(event.kind === 'ended'
      ? { ended_by: event.endedBy, cause: event.cause, sip_status: event.sipStatus }
      : {}),
    ...(event.kind === 'outcome' ? { outcome: event.outcome, after_sequence: event.afterSequence } : {}),
    content_hash: event.contentHash,
  }));
}
