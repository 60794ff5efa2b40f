import type { CallEvent } from '@scoreline/contract';
import type { Acknowledgement, HandLogRequest } from '@scoreline/contract/wire';
import { openCall, recordEvents, type Ledger } from '../calls/index.ts';
import type { Organization } from '../config.ts';
import { Refusal } from '../refusal.ts';
import { classifyNumber, homeCountryOf } from './classifyNumber.ts';

/** A rep's clock may be a little ahead. */
const CLOCK_MARGIN_MS = 300_000;

/**
 * Enters a call that a rep made on another phone, in the rep's own words. No network vouches for it: it is reported,
 * never verified, and where a switch or carrier reports it moves no score. The same request again changes nothing.
 * Refuses with `numberInvalid`, `callIdReused`, `eventConflict`, or `invalidRequest` for a call of the future.
 */
export async function logByHand(
  ledger: Ledger,
  organization: Organization,
  userId: string,
  callId: string,
  { request, nowMs }: { readonly request: HandLogRequest; readonly nowMs: number },
): Promise<Acknowledgement> {
  const { orgId, sip } = organization;
  const endsAtMs = Date.parse(request.startedAt) + request.talkSeconds * 1_000;
  if (endsAtMs > nowMs + CLOCK_MARGIN_MS) throw new Refusal('invalidRequest', 'startedAt');
  const { numberE164, extension } = classifyNumber(request.number, homeCountryOf(sip.callerIdE164));
  const { recordId } = request;
  await ledger.database.transaction((connection) =>
    openCall(connection, ledger.personalDataKey, { orgId, callId, userId, numberE164, extension, recordId }),
  );
  const receipt = await recordEvents(ledger, {
    orgId,
    witness: 'hand',
    events: eventsOf(request).map((event) => ({ callId, userId, event })),
  });
  const position = receipt.positions.get(userId);
  if (position === undefined) throw new Refusal('callNotFound');
  return { callId, position, stored: receipt.stored, duplicates: receipt.duplicates };
}

function eventsOf({
  startedAt,
  talkSeconds,
  outcome,
  note,
  followUpOn,
  reason,
}: HandLogRequest): CallEvent[] {
  const elapsedMs = talkSeconds * 1_000;
  const endedAt = new Date(Date.parse(startedAt) + elapsedMs).toISOString();
  const wasAnswered = talkSeconds > 0;
  return [
    { sequence: 1, at: startedAt, elapsedMs: 0, kind: 'dialed' },
    ...(wasAnswered ? [{ sequence: 2, at: startedAt, elapsedMs: 0, kind: 'answered' } as const] : []),
    {
      sequence: 3,
      at: endedAt,
      elapsedMs,
      kind: 'ended',
      endedBy: 'rep',
      cause: wasAnswered ? 'completed' : 'noAnswer',
    },
    { sequence: 4, at: endedAt, elapsedMs, kind: 'outcome', outcome, note, followUpOn, reason },
  ];
}
