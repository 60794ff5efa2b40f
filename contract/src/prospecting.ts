import type { OutcomeCode } from './outcomes.ts';

/** What a power list can be made of. */
export const LIST_SOURCE_KINDS = ['campaign', 'listView', 'report'] as const;
export type ListSourceKind = (typeof LIST_SOURCE_KINDS)[number];

/** The most people of one list. */
export const LIST_MAXIMUM_PEOPLE = 2_000;

export interface SkipReason {
  readonly code: SkipReasonCode;
  readonly label: string;
}

export const SKIP_REASON_CODES = [
  'badTime',
  'alreadyInTouch',
  'notTheRightPerson',
  'noUsableNumber',
  'duplicate',
] as const;
export type SkipReasonCode = (typeof SKIP_REASON_CODES)[number];

/** Why a rep may pass over a person, in the order of the menu. */
export const SKIP_REASONS: readonly SkipReason[] = [
  { code: 'badTime', label: 'Bad time' },
  { code: 'alreadyInTouch', label: 'Already in touch' },
  { code: 'notTheRightPerson', label: 'Not the right person' },
  { code: 'noUsableNumber', label: 'No usable number' },
  { code: 'duplicate', label: 'Duplicate' },
];

/** What is predicted of a call: that a person is reached, and that a conversation ends with a meeting. */
export const CALL_GOALS = ['reach', 'convert'] as const;
export type CallGoal = (typeof CALL_GOALS)[number];

/** Why a person comes where they come. Days and counts are whole. A `goal` says what there is more of. */
export type CallReason =
  | { readonly kind: 'callBackDue' }
  | { readonly kind: 'neverCalled' }
  | { readonly kind: 'answeredAtThisHour'; readonly count: number }
  | { readonly kind: 'answeredBefore'; readonly count: number; readonly attempts: number }
  | { readonly kind: 'lastOutcome'; readonly outcome: OutcomeCode }
  | { readonly kind: 'fewAttempts'; readonly attempts: number }
  | { readonly kind: 'lastCalled'; readonly days: number }
  | { readonly kind: 'goodHour'; readonly goal: CallGoal }
  /** ISO 8601: 1 is Monday. */
  | { readonly kind: 'goodWeekday'; readonly weekday: number; readonly goal: CallGoal }
  | { readonly kind: 'goodLeadSource'; readonly leadSource: string; readonly goal: CallGoal };

/** Someone on the rep's screen, whom no colleague gets meanwhile. */
export interface ReservedPerson {
  readonly recordId: string;
  /** What is left of the reservation when the answer was made. */
  readonly reservedSeconds: number;
}

/** Why nobody can be called now although people are left. */
export interface ListWaiting {
  readonly why: 'callBack' | 'colleagues';
  /** ISO 8601 instant at which that may change. */
  readonly nextAt: string;
}

/** A list as its rep sees it. */
export interface PowerList {
  readonly listId: string;
  readonly source: { readonly kind: ListSourceKind; readonly id: string; readonly label: string };
  readonly state: 'running' | 'paused' | 'ended';
  /** What the order goes by: the models in use, both or one, or the time since the last call. */
  readonly order: 'reachAndConvert' | CallGoal | 'recency';
  readonly left: number;
  readonly called: number;
  /** Of those called. */
  readonly conversations: number;
  readonly skipped: number;
  /** Left out by themselves: without a number, or not to be called. */
  readonly unreachable: number;
  readonly next?: (ReservedPerson & { readonly reasons: readonly CallReason[] }) | undefined;
  readonly then: readonly ReservedPerson[];
  readonly waiting?: ListWaiting | undefined;
}

/** Calls with an outcome from which on a model of an org's calls is learned. */
export const FEWEST_CALLS_TO_LEARN = 2_000;

/** How well a model of an org's calls did on calls that it had not seen. */
export interface CallModelQuality {
  /** Calls that were learned from: for `convert` those that reached somebody. */
  readonly calls: number;
  /** Of those, the ones that were predicted before they were learned from, and how many had the outcome. */
  readonly predictedCalls: number;
  readonly events: number;
  /**
   * Areas under the ROC curve of the model and of what it has to beat, on the same calls: the time since the last call
   * for `reach`; for `convert` the same rate for everybody, which is 0.5. Null with too few calls.
   */
  readonly modelAuc: number | null;
  readonly baselineAuc: number | null;
  /** The 95 % interval of model minus baseline. */
  readonly differenceLow: number | null;
  readonly differenceHigh: number | null;
  /** Whether lists go by it, and if not why: too few calls to tell, or not better by more than chance would give. */
  readonly state: 'inUse' | 'tooFew' | 'noBetter';
}

/** What an org's calls have taught. */
export interface CallModelReport extends Readonly<Record<CallGoal, CallModelQuality>> {
  /** ISO 8601 instant. */
  readonly trainedAt: string;
}
