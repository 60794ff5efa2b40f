import type { CallEvent, EndCause, EndedBy, MeasuredEvent, OutcomeCode, Witness } from '@scoreline/contract';
import { callEventSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { CallMeasurements } from './callRecord.ts';

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
  readonly voicemailSeconds: number | null;
  readonly measured: CallMeasurements | null;
  readonly contentHash: string;
}

/** As {@link EventRow} reads an `event` of the table `call_event`. */
export const EVENT_COLUMNS = `
  event.witness, event.sequence, event.occurred_at as "at", event.elapsed_ms as "elapsedMs", event.kind,
  event.ended_by as "endedBy", event.cause, event.sip_status as "sipStatus", event.outcome,
  event.after_sequence as "afterSequence", event.voicemail_seconds as "voicemailSeconds", event.measured,
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
    ...(kind === 'voicemail' ? { seconds: row.voicemailSeconds } : {}),
    ...(kind === 'measured' ? row.measured : {}),
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
    ...(event.kind === 'voicemail' ? { voicemail_seconds: event.seconds } : {}),
    ...(event.kind === 'measured' ? { measured: measurementsOf(event) } : {}),
    content_hash: event.contentHash,
  }));
}

/** The figures of such an event alone. */
export function measurementsOf(event: MeasuredEvent): CallMeasurements {
  const { mos, rttMs, jitterMs, lossPercent, talkRatio } = event;
  const { longestMonologueSeconds, deadAirSeconds, crosstalkSeconds } = event;
  return {
    mos,
    rttMs,
    jitterMs,
    lossPercent,
    talkRatio,
    longestMonologueSeconds,
    deadAirSeconds,
    crosstalkSeconds,
  };
}
