import type {
  DialAnswer,
  DialRequest,
  ErrorName,
  PhoneCall,
  PhoneSnapshot,
  SavedOutcome,
} from '@scoreline/contract';
import type { CallChange } from './callReducer.ts';
import { needsOutcome, reduceCall } from './callReducer.ts';
import { ERROR_ROWS } from './errorRows.ts';

/** What can happen to the phone. */
export type PhoneChange =
  | { readonly kind: 'registered' }
  | { readonly kind: 'connectionLost'; readonly error: ErrorName }
  | { readonly kind: 'connectFailed'; readonly error: ErrorName }
  | { readonly kind: 'microphoneFailed'; readonly error: ErrorName }
  | { readonly kind: 'dialWaits'; readonly request: DialRequest }
  | { readonly kind: 'waitingDropped' }
  | { readonly kind: 'callStarted'; readonly call: PhoneCall }
  | { readonly kind: 'callChanged'; readonly callId: string; readonly change: CallChange }
  | { readonly kind: 'callCleared'; readonly callId: string }
  | { readonly kind: 'outcomeKept'; readonly saved: SavedOutcome }
  | { readonly kind: 'outcomeAcknowledged'; readonly saved: SavedOutcome }
  | { readonly kind: 'unsentCounted'; readonly unsent: number }
  | { readonly kind: 'inputMeasured'; readonly level: number };

/** The phone before anything happened. */
export const INITIAL_PHONE: PhoneSnapshot = {
  phoneState: 'starting',
  otherCalls: [],
  unsent: 0,
  inputLevel: 0,
  runsElsewhere: false,
  audio: { inputs: [], outputs: [], inputId: '', outputId: '', ringerId: '' },
  missedUnseen: 0,
};

/**
 * The phone after a change; the very same snapshot where the change does not fit or alters nothing.
 *
 * ```
 *  starting ──▶ ready ◀──▶ reconnecting
 *      │          ▲ │           │
 *      │          │ ▼           │
 *      └──────▶ notReady ◀──────┘
 * ```
 * `reconnecting` stays while the fault may pass by itself and becomes `notReady` when it will not.
 */
export function reducePhone(phone: PhoneSnapshot, change: PhoneChange): PhoneSnapshot {
  switch (change.kind) {
    case 'registered':
      return phone.phoneState === 'ready' ? phone : { ...phone, phoneState: 'ready', error: undefined };
    case 'connectionLost':
      return phone.phoneState === 'ready'
        ? { ...phone, phoneState: 'reconnecting', error: change.error }
        : phone;
    case 'connectFailed':
      return { ...phone, phoneState: stateAfterFailure(phone, change.error), error: change.error };
    case 'microphoneFailed':
      return { ...phone, phoneState: 'notReady', error: change.error };
    case 'dialWaits':
      return { ...phone, waiting: change.request };
    case 'waitingDropped':
      return phone.waiting === undefined ? phone : { ...phone, waiting: undefined };
    case 'callStarted':
      return hasOpenCall(phone) ? phone : { ...phone, call: change.call, waiting: undefined, inputLevel: 0 };
    case 'callChanged':
      return withCallChange(phone, change.callId, change.change);
    case 'callCleared':
      return isEndedCall(phone, change.callId) ? { ...phone, call: undefined } : phone;
    case 'outcomeKept':
      return { ...phone, lastSaved: change.saved };
    case 'outcomeAcknowledged':
      return acknowledges(phone, change.saved) ? { ...phone, lastSaved: change.saved } : phone;
    case 'unsentCounted':
      return phone.unsent === change.unsent ? phone : { ...phone, unsent: change.unsent };
    case 'inputMeasured':
      return phone.inputLevel === change.level ? phone : { ...phone, inputLevel: change.level };
  }
}

/** What a new dial request meets. Repetitions of one request are the caller's to recognise. */
export function answerDial(phone: PhoneSnapshot): DialAnswer {
  if (phone.call !== undefined) {
    if (phone.call.state !== 'ended') return 'refusedInCall';
    if (needsOutcome(phone.call)) return 'refusedOutcomeMissing';
  }
  return phone.phoneState === 'ready' ? 'dialing' : 'waiting';
}

/** A phone that worked keeps the word "reconnecting" only for faults that can pass without the rep. */
function stateAfterFailure(phone: PhoneSnapshot, error: ErrorName): PhoneSnapshot['phoneState'] {
  const passes = ERROR_ROWS[error].retryable && error !== 'registrationRefused';
  return phone.phoneState === 'reconnecting' && passes ? 'reconnecting' : 'notReady';
}

function withCallChange(phone: PhoneSnapshot, callId: string, change: CallChange): PhoneSnapshot {
  if (phone.call?.callId !== callId) return phone;
  const call = reduceCall(phone.call, change);
  if (call === phone.call) return phone;
  return { ...phone, call, inputLevel: call.state === 'ended' ? 0 : phone.inputLevel };
}

function hasOpenCall(phone: PhoneSnapshot): boolean {
  return phone.call !== undefined && (phone.call.state !== 'ended' || needsOutcome(phone.call));
}

function isEndedCall(phone: PhoneSnapshot, callId: string): boolean {
  return phone.call?.callId === callId && phone.call.state === 'ended';
}

/** An outcome of an earlier call that is acknowledged late must not hide the newer one. */
function acknowledges(phone: PhoneSnapshot, saved: SavedOutcome): boolean {
  return phone.lastSaved === undefined || phone.lastSaved.callId === saved.callId;
}
