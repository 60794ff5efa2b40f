import { ERRORS } from 'c/callContract';
import type { EndCause, ErrorName, PhoneCall, PhoneSnapshot, PhoneState } from 'c/callContract';
import { formatDuration } from 'c/figureFormat';
import { personOf } from './callParties.ts';

const PHONE_WORDS: Readonly<Record<PhoneState, string>> = {
  starting: 'Starting',
  ready: 'Ready',
  reconnecting: 'Reconnecting',
  notReady: 'Not ready',
};

const STATE_WORDS: Readonly<Record<Exclude<PhoneCall['state'], 'ended'>, string>> = {
  requesting: 'Dialing…',
  permitted: 'Dialing…',
  dialing: 'Dialing…',
  ringing: 'Ringing…',
  talking: 'Talking',
  held: 'On hold',
};

const END_WORDS: Readonly<Record<EndCause, string>> = {
  completed: 'Ended',
  busy: 'Busy',
  declined: 'Declined',
  noAnswer: 'No answer',
  cancelled: 'Cancelled',
  unallocated: 'This number is not in use',
  transferred: 'Transferred',
  failed: 'The call failed',
};

export function phoneWords(state: PhoneState): string {
  return PHONE_WORDS[state];
}

/** Whether both sides are connected, held or not. */
export function isConnected(call: PhoneCall | undefined): boolean {
  return call?.state === 'talking' || call?.state === 'held';
}

/** Whether it rings here and waits for the rep. */
export function ringsHere(call: PhoneCall | undefined): boolean {
  return call?.direction === 'inbound' && call.state === 'ringing';
}

/** Whether a call is being placed or up: neither over nor waiting for the rep. */
export function isLive(call: PhoneCall | undefined): boolean {
  return call !== undefined && call.state !== 'ended' && !ringsHere(call);
}

/**
 * Whether the rep still owes an outcome. A call that could not be placed, one that rang here and was not taken, and a
 * question to a colleague need none; one that was lost after its answer does.
 */
export function owesOutcome(call: PhoneCall | undefined): boolean {
  if (call?.state !== 'ended' || call.consultsFor !== undefined) return false;
  return call.answeredAtMs !== undefined || (call.direction === 'outbound' && call.error === undefined);
}

/** The call that rings here, the oldest where several do. */
export function ringingCall({ call, otherCalls }: PhoneSnapshot): PhoneCall | undefined {
  return [call, ...otherCalls].find(ringsHere);
}

/** The call in which the rep asks a colleague before handing over the one that waits. */
export function consultationOf({ call, otherCalls }: PhoneSnapshot): PhoneCall | undefined {
  return [call, ...otherCalls].find((each) => each?.consultsFor !== undefined && isLive(each));
}

/** Seconds both sides were connected until `nowMs` or the end; undefined when nobody answered. */
export function connectedSeconds(call: PhoneCall, nowMs: number): number | undefined {
  if (call.answeredAtMs === undefined) return undefined;
  return Math.max(0, ((call.endedAtMs ?? nowMs) - call.answeredAtMs) / 1_000);
}

/** What the call is doing, in the words of the call slot. */
export function callWords(call: PhoneCall): string {
  if (call.state === 'ended') return endWords(call);
  if (ringsHere(call)) return 'Calling you';
  if (call.isRejoining) return 'Joining again…';
  if (call.transfer === 'asked') return 'Transferring…';
  if (call.holdPending) return call.state === 'held' ? 'Resuming…' : 'Holding…';
  const words = STATE_WORDS[call.state];
  const details = [
    ...(call.isInConference && isConnected(call) ? ['conference'] : []),
    ...(call.muted && isConnected(call) ? ['muted'] : []),
  ];
  return [words, ...details].join(', ');
}

/** How a call went once it is over: `Ended 4:12`, `Busy`, `Not called`. */
export function endWords(call: PhoneCall): string {
  const seconds = connectedSeconds(call, 0);
  if (seconds !== undefined)
    return `${call.error === undefined ? 'Ended' : 'Lost'} ${formatDuration(seconds)}`;
  if (call.error !== undefined) return 'Not called';
  if (call.direction === 'inbound') return call.endedBy === 'rep' ? 'Rejected' : 'Missed';
  return END_WORDS[call.endCause ?? 'completed'];
}

/** What to do about a call that nobody took; how it went is said beside it. */
export function adviceWords({ advice }: PhoneCall): string | undefined {
  return advice && ERRORS[advice].meaning;
}

/** What the utility bar's button says: `Phone`, `Ringing: Ana Ruiz`. */
export function utilityLabel(snapshot: PhoneSnapshot): string {
  const ringing = ringingCall(snapshot);
  if (ringing !== undefined) return `Ringing: ${personOf(ringing.request)}`;
  const { call, phoneState } = snapshot;
  if (call === undefined) return phoneState === 'notReady' ? 'Phone: not ready' : 'Phone';
  const words = owesOutcome(call) ? 'Outcome' : callWords(call);
  return `${words.replace('…', '')}: ${personOf(call.request)}`;
}

/** An error of the table in one sentence pair, with the code to quote. */
export function errorWords(name: ErrorName): string {
  const { message, meaning, code } = ERRORS[name];
  return `${message} ${meaning} (${code})`;
}
