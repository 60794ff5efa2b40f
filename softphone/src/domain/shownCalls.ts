import type { PhoneCall, PhoneSnapshot } from '@scoreline/contract';
import { isInProgress, needsOutcome, ringsHere } from './callReducer.ts';

type Calls = Pick<PhoneSnapshot, 'call' | 'otherCalls'>;

/** All calls of the phone, oldest first. */
export function allCalls({ call, otherCalls }: Calls): PhoneCall[] {
  return [...(call === undefined ? [] : [call]), ...otherCalls].sort(
    (left, right) => left.startedAtMs - right.startedAtMs || (left.callId < right.callId ? -1 : 1),
  );
}

export function findCall({ call, otherCalls }: Calls, callId: string): PhoneCall | undefined {
  return call?.callId === callId ? call : otherCalls.find((other) => other.callId === callId);
}

/**
 * Which call the controls act on: one in progress before one on hold, that before an ended one, and a ringing inbound
 * call only when it is the only thing. Of several in progress the one shown before stays, of ended ones the one that
 * ended first, so that neither a ring nor a later end wipes a wrap-up form.
 */
export function arrange(calls: readonly PhoneCall[], shownBefore: string | undefined): Calls {
  const [call] = [...calls].sort(
    (left, right) =>
      rankOf(left) - rankOf(right) ||
      (left.endedAtMs ?? 0) - (right.endedAtMs ?? 0) ||
      Number(right.callId === shownBefore) - Number(left.callId === shownBefore),
  );
  return { call, otherCalls: calls.filter((other) => other !== call) };
}

function rankOf(call: PhoneCall): number {
  if (isInProgress(call)) return call.state === 'held' ? 1 : 0;
  if (ringsHere(call)) return 4;
  return needsOutcome(call) ? 2 : 3;
}
