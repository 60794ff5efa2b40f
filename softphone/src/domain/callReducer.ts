import type { EndCause, EndedBy, ErrorName, PhoneCall } from '@scoreline/contract';

/** What can happen to a call at this phone. Times are epoch milliseconds. */
export type CallChange =
  | { readonly kind: 'permitted' }
  | { readonly kind: 'refused'; readonly error: ErrorName; readonly atMs: number }
  | { readonly kind: 'dialed' }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'answered'; readonly atMs: number }
  | { readonly kind: 'holdAsked' }
  | { readonly kind: 'held' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'holdRefused' }
  | { readonly kind: 'muted'; readonly muted: boolean }
  | {
      readonly kind: 'ended';
      readonly atMs: number;
      readonly cause: EndCause;
      readonly endedBy: EndedBy;
      readonly error?: ErrorName | undefined;
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
 * `dialing` may go straight to `talking`. Nothing leaves `ended`.
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
    case 'refused':
      if (isPlaced(call)) return call;
      return moved(call, 'ended', { endedAtMs: change.atMs, error: change.error });
    case 'dialed':
      return moved(call, 'dialing');
    case 'ringing':
      return moved(call, 'ringing');
    case 'answered':
      if (isUp(call)) return call;
      return moved(call, 'talking', { answeredAtMs: change.atMs });
    case 'holdAsked':
      return isUp(call) && !call.holdPending ? { ...call, holdPending: true, holdRefused: false } : call;
    case 'held':
      return moved(call, 'held', SETTLED);
    case 'resumed':
      return call.state === 'held' ? moved(call, 'talking', SETTLED) : call;
    case 'holdRefused':
      return call.holdPending ? { ...call, holdPending: false, holdRefused: true } : call;
    case 'muted':
      return call.state === 'ended' || call.muted === change.muted ? call : { ...call, muted: change.muted };
    case 'ended':
      return moved(call, 'ended', {
        endedAtMs: change.atMs,
        endCause: change.cause,
        endedBy: change.endedBy,
        holdPending: false,
        ...(change.error === undefined ? {} : { error: change.error }),
      });
  }
}

const SETTLED = { holdPending: false, holdRefused: false } as const;

function moved(call: PhoneCall, state: PhoneCallState, values: Partial<PhoneCall> = {}): PhoneCall {
  return NEXT_STATES[call.state].includes(state) ? { ...call, ...values, state } : call;
}

/** Whether both sides are connected, held or not. */
export function isUp(call: PhoneCall): boolean {
  return call.state === 'talking' || call.state === 'held';
}

/** Whether the call has left this phone: from here on the ledger knows it. */
export function isPlaced(call: PhoneCall): boolean {
  return call.state !== 'requesting' && call.state !== 'permitted';
}

/** Whether the rep still owes an outcome. A call that could not be placed, and so carries an error, needs none. */
export function needsOutcome(call: PhoneCall): boolean {
  return call.state === 'ended' && call.error === undefined;
}
