import { createHmac, type KeyObject } from 'node:crypto';
import type { CallEvent, NetworkEvent } from '@scoreline/contract';
import type { PastCall } from './calls.ts';
import { SETUP_MS } from './course.ts';

/** What switch and softphone both report of a call, numbered from 1. */
export function networkEvents(call: PastCall): NetworkEvent[] {
  const { ringMs, talkMs, holdMs, startedMs } = call;
  const events: NetworkEvent[] = [];
  const moment = (elapsedMs: number) => ({
    sequence: events.length + 1,
    at: new Date(startedMs + elapsedMs).toISOString(),
    elapsedMs,
  });
  events.push({ ...moment(0), kind: 'dialed' });
  if (ringMs > 0) events.push({ ...moment(SETUP_MS), kind: 'ringing' });
  const answeredMs = SETUP_MS + ringMs;
  if (talkMs > 0) events.push({ ...moment(answeredMs), kind: 'answered' });
  if (holdMs > 0) {
    const heldMs = answeredMs + Math.floor(talkMs / 2);
    events.push({ ...moment(heldMs), kind: 'held' });
    events.push({ ...moment(heldMs + holdMs), kind: 'resumed' });
  }
  events.push({
    ...moment(answeredMs + talkMs + holdMs),
    kind: 'ended',
    endedBy: call.endedBy,
    cause: call.cause,
    ...(call.sipStatus === null ? {} : { sipStatus: call.sipStatus }),
  });
  return events;
}

/** What the softphone adds when the rep has said how it went. */
export function outcomeEvent(call: PastCall, sequence: number): CallEvent {
  const elapsedMs = SETUP_MS + call.ringMs + call.talkMs + call.holdMs + call.afterCallMs;
  return {
    sequence,
    at: new Date(call.startedMs + elapsedMs).toISOString(),
    elapsedMs,
    kind: 'outcome',
    outcome: call.outcome,
    note: call.note,
    ...(call.followUpOn === null ? {} : { followUpOn: call.followUpOn }),
  };
}

/** How the relay tells events of one key apart; the same rule, so that a replay of a seeded event is absorbed. */
export function contentHash(
  personalDataKey: KeyObject,
  orgId: string,
  callId: string,
  event: CallEvent,
): string {
  const fields = Object.entries(event).sort(([one], [other]) => (one < other ? -1 : 1));
  return keyedHash(personalDataKey, ['event', orgId, callId, JSON.stringify(fields)]);
}

/** The relay's keyed hash of a list of texts. */
export function keyedHash(personalDataKey: KeyObject, parts: readonly (string | null)[]): string {
  return createHmac('sha256', personalDataKey).update(JSON.stringify(parts)).digest('hex');
}
