import type { EndCause, EndedBy, ErrorName, LineQuality, PhoneCall } from '@scoreline/contract';

/** What can happen to a call at this phone. Times are epoch milliseconds. */
export type CallChange =
  | { readonly kind: 'permitted' }
  | { readonly kind: 'dialed' }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'answered'; readonly atMs: number }
  | { readonly kind: 'holdAsked' }
  | { readonly kind: 'held' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'holdRefused' }
  | { readonly kind: 'muted'; readonly muted: boolean }
  | { readonly kind: 'qualityMeasured'; readonly quality: LineQuality }
  | { readonly kind: 'transferAsked' }
  | { readonly kind: 'transferRefused'; readonly error: ErrorName }
  | { readonly kind: 'consulting' }
  | { readonly kind: 'consultationOver' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'joinRefused'; readonly error: ErrorName }
  | { readonly kind: 'left' }
  | { readonly kind: 'rejoining' }
  | { readonly kind: 'matched'; readonly recordIds: readonly string[] }
  | { readonly kind: 'recordChosen'; readonly recordId: string; readonly recordName: string }
  | { readonly kind: 'noRecordChosen' }
  | {
      readonly kind: 'ended';
      readonly atMs: number;
      readonly cause: EndCause;
      readonly endedBy: EndedBy;
      readonly error?: ErrorName | undefined;
      readonly advice?: ErrorName | undefined;
    };

type PhoneCallState = PhoneCall['state'];

/**
 * Where a call may go from each state.
 *
 * ```
 *  requesting ──▶ permitted ──▶ dialing ──▶ ringing ──▶ talking ◀──▶ held
 *      │              │            │           │           │           │
 *      └──────────────┴────────────┴───────────┴───────────┴───────────┴──▶ ended
 * ```
 * `dialing` may go straight to `talking`. An inbound call begins with `ringing`, one that is rejoined with `talking`
 * or `held`. Nothing leaves `ended`.
 */
const NEXT_STATES: Readonly<Record<PhoneCallState, readonly PhoneCallState[]>> = {
  requesting: ['permitted', 'ended'],
  permitted: ['dialing', 'ended'],
  dialing: ['ringing', 'talking', 'ended'],
  ringing: ['talking', 'ended'],
  talking: ['held', 'ended'],
  held: ['talking', 'ended'],
  ended: [],
};

/**
 * The call after a change. A change that does not fit the call's state (a late BYE, a second 180)
 * alters nothing: the very same call is returned.
 */
export function reduceCall(call: PhoneCall, change: CallChange): PhoneCall {
  switch (change.kind) {
    case 'permitted':
      return moved(call, 'permitted');
    case 'dialed':
      return moved(call, 'dialing');
    case 'ringing':
      return moved(call, 'ringing', { isRejoining: false });
    case 'answered':
      if (isUp(call)) return altered(call, { isRejoining: false });
      return moved(call, 'talking', { answeredAtMs: change.atMs, isRejoining: false });
    case 'holdAsked':
      return isUp(call) && !call.holdPending ? { ...call, holdPending: true, holdRefused: false } : call;
    case 'held':
      return moved(call, 'held', SETTLED);
    case 'resumed':
      return call.state === 'held' ? moved(call, 'talking', SETTLED) : call;
    case 'holdRefused':
      return call.holdPending ? { ...call, holdPending: false, holdRefused: true } : call;
    case 'matched':
      return withMatches(call, change.recordIds);
    case 'recordChosen':
      return withRecord(call, change);
    case 'noRecordChosen':
      return withoutRecord(call);
    case 'ended':
      return moved(call, 'ended', {
        endedAtMs: change.atMs,
        endCause: change.cause,
        endedBy: change.endedBy,
        holdPending: false,
        isInConference: false,
        isRejoining: false,
        transfer: undefined,
        ...(change.error === undefined ? {} : { error: change.error }),
        ...(change.advice === undefined ? {} : { advice: change.advice }),
      });
    default:
      return reduceTogether(call, change);
  }
}

/** Changes of a call that is up, none of which alters its state. */
function reduceTogether(call: PhoneCall, change: CallChange): PhoneCall {
  switch (change.kind) {
    case 'qualityMeasured':
      return call.state === 'talking' ? { ...call, quality: change.quality } : call;
    case 'muted':
      return call.state === 'ended' ? call : altered(call, { muted: change.muted });
    case 'transferAsked':
      return whileUp(call, { transfer: 'asked', refusal: undefined });
    case 'transferRefused':
      return call.transfer === 'asked' ? whileUp(call, { transfer: 'refused', refusal: change.error }) : call;
    case 'consulting':
      return whileUp(call, { transfer: 'consulting', refusal: undefined });
    case 'consultationOver':
      return whileUp(call, { transfer: undefined, refusal: undefined });
    case 'joined':
      return whileUp(call, { isInConference: true, transfer: undefined, refusal: undefined });
    case 'joinRefused':
      return whileUp(call, { refusal: change.error });
    case 'left':
      return whileUp(call, { isInConference: false });
    case 'rejoining':
      return whileUp(call, { isRejoining: true, holdPending: false });
    default:
      return call;
  }
}

const SETTLED = { holdPending: false, holdRefused: false } as const;

function moved(call: PhoneCall, state: PhoneCallState, values: Partial<PhoneCall> = {}): PhoneCall {
  return NEXT_STATES[call.state].includes(state) ? { ...call, ...values, state } : call;
}

function whileUp(call: PhoneCall, values: Partial<PhoneCall>): PhoneCall {
  return isUp(call) ? altered(call, values) : call;
}

function altered(call: PhoneCall, values: Partial<PhoneCall>): PhoneCall {
  const next = { ...call, ...values };
  const keys = Object.keys(values) as (keyof PhoneCall)[];
  return keys.some((key) => next[key] !== call[key]) ? next : call;
}

/** A single match is whose call it is, unless the rep has said otherwise; several wait for the rep's choice. */
function withMatches(call: PhoneCall, recordIds: readonly string[]): PhoneCall {
  if (call.matchedRecordIds !== undefined) return call;
  const [only] = recordIds.length === 1 ? recordIds : [];
  const request =
    only === undefined || call.request.recordId !== undefined
      ? call.request
      : { ...call.request, recordId: only };
  return { ...call, matchedRecordIds: recordIds, request };
}

function withRecord(
  call: PhoneCall,
  { recordId, recordName }: { recordId: string; recordName: string },
): PhoneCall {
  const { request } = call;
  if (request.recordId === recordId && request.recordName === recordName) return call;
  return { ...call, request: { ...request, recordId, recordName } };
}

function withoutRecord(call: PhoneCall): PhoneCall {
  const { recordId, recordName, ...request } = call.request;
  if (recordId === undefined && recordName === undefined && call.matchedRecordIds?.length === 0) return call;
  return { ...call, request, matchedRecordIds: [] };
}

/** Whether both sides are connected, held or not. */
export function isUp(call: PhoneCall): boolean {
  return call.state === 'talking' || call.state === 'held';
}

/** Whether it rings here and waits for the rep. */
export function ringsHere(call: PhoneCall): boolean {
  return call.direction === 'inbound' && call.state === 'ringing';
}

/** Whether the rep is in this call, or about to be: neither over nor waiting for the rep. */
export function isInProgress(call: PhoneCall): boolean {
  return call.state !== 'ended' && !ringsHere(call);
}

/** Whether the call has left this phone: from here on the ledger knows it. */
export function isPlaced(call: PhoneCall): boolean {
  return call.state !== 'requesting' && call.state !== 'permitted';
}

/**
 * Whether the rep still owes an outcome. A call that could not be placed, one that rang here and was not taken, and a
 * consultation need none; a call that was lost after its answer does.
 */
export function needsOutcome(call: PhoneCall): boolean {
  if (call.state !== 'ended' || call.consultsFor !== undefined) return false;
  if (call.answeredAtMs !== undefined) return true;
  return call.direction === 'outbound' && call.error === undefined;
}
