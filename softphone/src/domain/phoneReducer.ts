import type {
  AudioChoices,
  DialAnswer,
  DialRequest,
  ErrorName,
  PhoneCall,
  PhoneSnapshot,
  PreflightResult,
  RecentCall,
  SavedOutcome,
} from '@scoreline/contract';
import { NO_DEVICES } from './audioChoices.ts';
import type { CallChange } from './callReducer.ts';
import { isInProgress, isUp, needsOutcome, reduceCall } from './callReducer.ts';
import { ERROR_ROWS } from './errorRows.ts';
import { allCalls, arrange, findCall } from './shownCalls.ts';

/** What can happen to the phone. */
export type PhoneChange =
  | { readonly kind: 'registered' }
  | { readonly kind: 'connectionLost'; readonly error: ErrorName }
  | { readonly kind: 'connectFailed'; readonly error: ErrorName }
  | { readonly kind: 'microphoneFailed'; readonly error: ErrorName }
  | { readonly kind: 'dialWaits'; readonly request: DialRequest }
  | { readonly kind: 'waitingDropped' }
  /** A call that the rep places or joins again: it is the one shown. */
  | { readonly kind: 'callStarted'; readonly call: PhoneCall }
  /** A call that rings here. */
  | { readonly kind: 'callOffered'; readonly call: PhoneCall }
  | { readonly kind: 'callChanged'; readonly callId: string; readonly change: CallChange }
  | { readonly kind: 'callCleared'; readonly callId: string }
  /** Another tab takes all calls over. */
  | { readonly kind: 'callsLeft' }
  | { readonly kind: 'outcomeKept'; readonly saved: SavedOutcome }
  | { readonly kind: 'outcomeAcknowledged'; readonly saved: SavedOutcome }
  | { readonly kind: 'outcomeRefused'; readonly callId: string; readonly error: ErrorName }
  | { readonly kind: 'recentRead'; readonly recent: readonly RecentCall[]; readonly missedUnseen: number }
  /** The rep has said whose call one of them was. */
  | { readonly kind: 'recentMatched'; readonly callId: string; readonly recordId: string }
  | { readonly kind: 'missedSeen' }
  | { readonly kind: 'unsentCounted'; readonly unsent: number }
  | { readonly kind: 'inputMeasured'; readonly level: number }
  | { readonly kind: 'audioChanged'; readonly audio: AudioChoices }
  | { readonly kind: 'preflightChecked'; readonly results: readonly PreflightResult[] }
  /** Without a state the test is over; `error` says why it could not be. */
  | { readonly kind: 'echoTested'; readonly state?: PhoneSnapshot['echoTest']; readonly error?: ErrorName };

/** The phone before anything happened. */
export const INITIAL_PHONE: PhoneSnapshot = {
  phoneState: 'starting',
  otherCalls: [],
  unsent: 0,
  inputLevel: 0,
  runsElsewhere: false,
  audio: NO_DEVICES,
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
      return withNewCall({ ...phone, waiting: undefined }, change.call, change.call.callId);
    case 'callOffered':
      return withNewCall(phone, change.call, phone.call?.callId);
    case 'callChanged':
      return withCallChange(phone, change.callId, change.change);
    case 'callCleared':
      return findCall(phone, change.callId)?.state === 'ended'
        ? rearranged(phone, (call) => (call.callId === change.callId ? [] : [call]))
        : phone;
    case 'callsLeft':
      return { ...phone, call: undefined, otherCalls: [], waiting: undefined };
    case 'outcomeKept':
      return { ...phone, lastSaved: change.saved };
    case 'outcomeAcknowledged':
      return acknowledges(phone, change.saved) ? { ...phone, lastSaved: change.saved } : phone;
    case 'outcomeRefused':
      return phone.lastSaved?.callId === change.callId
        ? { ...phone, lastSaved: { ...phone.lastSaved, refusal: change.error } }
        : phone;
    case 'recentRead':
      return { ...phone, recent: change.recent, missedUnseen: change.missedUnseen };
    case 'recentMatched':
      return withRecentMatch(phone, change.callId, change.recordId);
    case 'missedSeen':
      return phone.missedUnseen === 0 ? phone : { ...phone, missedUnseen: 0 };
    case 'unsentCounted':
      return phone.unsent === change.unsent ? phone : { ...phone, unsent: change.unsent };
    case 'audioChanged':
      return { ...phone, audio: change.audio };
    case 'preflightChecked':
      return { ...phone, preflight: change.results };
    case 'echoTested':
      return { ...phone, echoTest: change.state, echoTestError: change.error };
    case 'inputMeasured':
      return phone.inputLevel === change.level ? phone : { ...phone, inputLevel: change.level };
  }
}

/** The choice is remembered for the number: what else waits for it is settled too. */
function withRecentMatch(phone: PhoneSnapshot, callId: string, recordId: string): PhoneSnapshot {
  const waits = ({ matchedRecordIds }: RecentCall): boolean => matchedRecordIds?.includes(recordId) ?? false;
  const chosen = phone.recent?.find((call) => call.callId === callId && waits(call));
  if (phone.recent === undefined || chosen === undefined) return phone;
  return {
    ...phone,
    recent: phone.recent.map((call) =>
      call.number === chosen.number && waits(call)
        ? { ...call, recordId, matchedRecordIds: undefined }
        : call,
    ),
  };
}

/**
 * What a new dial request meets. Repetitions of one request are the caller's to recognise.
 *
 * @param isOutcomeOptional whether the rep may go on without the outcome of the last call
 */
export function answerDial(phone: PhoneSnapshot, isOutcomeOptional: boolean): DialAnswer {
  const calls = allCalls(phone);
  if (calls.some(isInProgress)) return 'refusedInCall';
  if (!isOutcomeOptional && calls.some(needsOutcome)) return 'refusedOutcomeMissing';
  return phone.phoneState === 'ready' ? 'dialing' : 'waiting';
}

/** What a request for a call beside the one in progress meets: two at a time, and a question owes nothing first. */
export function answerAddCall(
  phone: PhoneSnapshot,
  purpose: 'call' | 'consultation',
  isOutcomeOptional: boolean,
): DialAnswer {
  const calls = allCalls(phone);
  const inProgress = calls.filter(isInProgress);
  const [only] = inProgress;
  if (only === undefined) return purpose === 'call' ? answerDial(phone, isOutcomeOptional) : 'refusedInCall';
  if (inProgress.length > 1 || !isUp(only) || only.isRejoining || only.transfer === 'asked')
    return 'refusedInCall';
  const isOwing = purpose === 'call' && !isOutcomeOptional && calls.some(needsOutcome);
  return isOwing ? 'refusedOutcomeMissing' : 'dialing';
}

/** A phone that worked keeps the word "reconnecting" only for faults that can pass without the rep. */
function stateAfterFailure(phone: PhoneSnapshot, error: ErrorName): PhoneSnapshot['phoneState'] {
  const passes = ERROR_ROWS[error].retryable && error !== 'registrationRefused';
  return phone.phoneState === 'reconnecting' && passes ? 'reconnecting' : 'notReady';
}

function withNewCall(phone: PhoneSnapshot, call: PhoneCall, shownId: string | undefined): PhoneSnapshot {
  if (findCall(phone, call.callId) !== undefined) return phone;
  // What could not be placed has been read by now; what owes an outcome stays until it has one.
  const kept = allCalls(phone).filter((other) => other.state !== 'ended' || needsOutcome(other));
  return { ...phone, ...arrange([...kept, call], shownId) };
}

function withCallChange(phone: PhoneSnapshot, callId: string, change: CallChange): PhoneSnapshot {
  const before = findCall(phone, callId);
  const after = before === undefined ? undefined : reduceCall(before, change);
  if (after === undefined || after === before) return phone;
  return rearranged(phone, (call) => [call === before ? after : call]);
}

function rearranged(phone: PhoneSnapshot, replace: (call: PhoneCall) => PhoneCall[]): PhoneSnapshot {
  const calls = arrange(allCalls(phone).flatMap(replace), phone.call?.callId);
  const isSilent = calls.call === undefined || !isInProgress(calls.call);
  return { ...phone, ...calls, inputLevel: isSilent ? 0 : phone.inputLevel };
}

/** An outcome of an earlier call that is acknowledged late must not hide the newer one. */
function acknowledges(phone: PhoneSnapshot, saved: SavedOutcome): boolean {
  return phone.lastSaved === undefined || phone.lastSaved.callId === saved.callId;
}
