import type { CallEvent, EndCause, EndedBy, OutcomeCode, Witness } from '@scoreline/contract';
import { callEventSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { Connection } from '../database/index.ts';
import type { CallHeader } from './lockCalls.ts';

/** An event with its witness and what tells it from another of the same key. */
export type StoredEvent = CallEvent & { readonly witness: Witness; readonly contentHash: string };

interface EventRow {
  readonly callId: string;
  readonly witness: Witness;
  readonly sequence: number;
  readonly at: Date;
  readonly elapsedMs: number;
  readonly kind: string;
  readonly endedBy: EndedBy | null;
  readonly cause: EndCause | null;
  readonly sipStatus: number | null;
  readonly outcome: OutcomeCode | null;
  readonly contentHash: string;
}

/** All events of these calls, by call id. Notes and follow-up days are not among them. */
export async function readEvents(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<Map<string, StoredEvent[]>> {
  const rows = await connection.query<EventRow>(
    `select call_id as "callId", witness, sequence, occurred_at as "at", elapsed_ms as "elapsedMs", kind,
       ended_by as "endedBy", cause, sip_status as "sipStatus", outcome, content_hash as "contentHash"
     from call_event where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
  const byCall = new Map<string, StoredEvent[]>();
  for (const row of rows) byCall.set(row.callId, [...(byCall.get(row.callId) ?? []), eventOf(row)]);
  return byCall;
}

function eventOf(row: EventRow): StoredEvent {
  const { sequence, elapsedMs, kind, witness, contentHash } = row;
  const ending = { endedBy: row.endedBy, cause: row.cause, sipStatus: row.sipStatus ?? undefined };
  const event = z.parse(callEventSchema, {
    sequence,
    at: row.at.toISOString(),
    elapsedMs,
    kind,
    ...(kind === 'ended' ? ending : {}),
    ...(kind === 'outcome' ? { outcome: row.outcome, note: '' } : {}),
  });
  return { ...event, witness, contentHash };
}

/** Adds events that are known to be new. */
export async function insertEvents(
  connection: Connection,
  header: CallHeader,
  events: readonly StoredEvent[],
): Promise<void> {
  const rows = events.map((event) => ({
    witness: event.witness,
    sequence: event.sequence,
    occurred_at: event.at,
    elapsed_ms: event.elapsedMs,
    kind: event.kind,
    ...(event.kind === 'ended'
      ? { ended_by: event.endedBy, cause: event.cause, sip_status: event.sipStatus }
      : {}),
    ...(event.kind === 'outcome' ? { outcome: event.outcome } : {}),
    content_hash: event.contentHash,
  }));
  await connection.query(
    `insert into call_event (org_id, call_id, witness, sequence, occurred_at, elapsed_ms, kind, ended_by, cause,
       sip_status, outcome, content_hash)
     select $1, $2, event.* from json_to_recordset($3) as event (witness text, sequence integer,
       occurred_at timestamptz, elapsed_ms bigint, kind text, ended_by text, cause text, sip_status integer,
       outcome text, content_hash text)`,
    [header.orgId, header.callId, JSON.stringify(rows)],
  );
}
