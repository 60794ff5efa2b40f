import { ERRORS } from 'c/callContract';
import type { DialRequest, EndCause, ErrorName, PhoneCall, PhoneSnapshot, PhoneState } from 'c/callContract';
import { formatDuration, spokenDuration } from 'c/figureFormat';

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

/** Who is called: the record's name, or the number that was typed. */
export function personOf(request: DialRequest): string {
  return request.recordName ?? request.number;
}

/** Who and which number, as a button or an announcement names it: `Ana Ruiz, mobile`. */
export function personAndLabel(request: DialRequest): string {
  const label = request.numberLabel?.toLowerCase();
  return label === undefined ? personOf(request) : `${personOf(request)}, ${label}`;
}

/** Whether both sides are connected, held or not. */
export function isConnected(call: PhoneCall | undefined): boolean {
  return call?.state === 'talking' || call?.state === 'held';
}

/** Whether a call is being placed or up. */
export function isLive(call: PhoneCall | undefined): boolean {
  return call !== undefined && call.state !== 'ended';
}

/** Whether the rep still owes an outcome. A call that could not be placed carries an error and needs none. */
export function owesOutcome(call: PhoneCall | undefined): boolean {
  return call?.state === 'ended' && call.error === undefined;
}

/** Seconds both sides were connected until `nowMs` or the end; undefined when nobody answered. */
export function connectedSeconds(call: PhoneCall, nowMs: number): number | undefined {
  if (call.answeredAtMs === undefined) return undefined;
  return Math.max(0, ((call.endedAtMs ?? nowMs) - call.answeredAtMs) / 1_000);
}

/** What the call is doing, in the words of the call slot. */
export function callWords(call: PhoneCall): string {
  if (call.state === 'ended') return endWords(call);
  if (call.holdPending) return call.state === 'held' ? 'Resuming…' : 'Holding…';
  const words = STATE_WORDS[call.state];
  return call.muted && isConnected(call) ? `${words}, muted` : words;
}

/** The sentence under the state when a hold or resume was refused: the state shown is the true one. */
export function holdRefusal(call: PhoneCall): string | undefined {
  if (!call.holdRefused) return undefined;
  return call.state === 'held'
    ? 'Could not resume. The call is still on hold.'
    : 'Could not hold. You are still talking.';
}

/** An error of the table in one sentence pair, with the code to quote. */
export function errorWords(name: ErrorName): string {
  const { message, meaning, code } = ERRORS[name];
  return `${message} ${meaning} (${code})`;
}

/** What the live regions say of a change: `status` politely, `alert` at once. Nothing for timers and meters. */
export function announcementOf(
  before: PhoneSnapshot | undefined,
  now: PhoneSnapshot,
): { status?: string; alert?: string } {
  const alert = alertOf(before, now);
  const status = statusOf(before?.call, now.call);
  return { ...(status === undefined ? {} : { status }), ...(alert === undefined ? {} : { alert }) };
}

function alertOf(before: PhoneSnapshot | undefined, now: PhoneSnapshot): string | undefined {
  if (now.call?.error !== undefined && before?.call?.error !== now.call.error)
    return `Not called: ${errorWords(now.call.error)}`;
  if (now.call?.holdRefused === true && before?.call?.holdRefused !== true) return holdRefusal(now.call);
  if (now.error === undefined || now.error === before?.error) return undefined;
  return now.phoneState === 'reconnecting' && isConnected(now.call)
    ? 'Connection lost. Your call is still up; reconnecting.'
    : errorWords(now.error);
}

function statusOf(before: PhoneCall | undefined, now: PhoneCall | undefined): string | undefined {
  if (now === undefined) return undefined;
  if (before?.callId !== now.callId) return `Calling ${personAndLabel(now.request)}`;
  if (before.state !== now.state) {
    if (now.state === 'ringing') return 'Ringing';
    if (now.state === 'held') return 'On hold';
    if (now.state === 'talking') return before.state === 'held' ? 'Resumed' : 'Connected';
    if (now.state === 'ended' && now.error === undefined) return endAnnouncement(now);
  }
  if (before.muted !== now.muted) return now.muted ? 'Muted' : 'Unmuted';
  return undefined;
}

function endWords(call: PhoneCall): string {
  if (call.error !== undefined) return 'Not called';
  const seconds = connectedSeconds(call, 0);
  if (seconds !== undefined) return `Ended ${formatDuration(seconds)}`;
  return END_WORDS[call.endCause ?? 'completed'];
}

function endAnnouncement(call: PhoneCall): string {
  const seconds = connectedSeconds(call, 0);
  return seconds === undefined
    ? `Call ended: ${endWords(call).toLowerCase()}`
    : `Call ended, ${spokenDuration(seconds)}`;
}
