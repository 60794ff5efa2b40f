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

/** Why a person comes where they come. Days and counts are whole. */
export type CallReason =
  | { readonly kind: 'callBackDue' }
  | { readonly kind: 'neverCalled' }
  | { readonly kind: 'answeredAtThisHour'; readonly count: number }
  | { readonly kind: 'answeredBefore'; readonly count: number; readonly attempts: number }
  | { readonly kind: 'lastOutcome'; readonly outcome: OutcomeCode }
  | { readonly kind: 'fewAttempts'; readonly attempts: number }
  | { readonly kind: 'lastCalled'; readonly days: number }
  | { readonly kind: 'goodHour' }
  /** ISO 8601: 1 is Monday. */
  | { readonly kind: 'goodWeekday'; readonly weekday: number }
  | { readonly kind: 'goodLeadSource'; readonly leadSource: string };

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
  /** Whether the order is the model's or goes by the time since the last call. */
  readonly order: 'model' | 'recency';
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

/** How well the order by the call-outcome model did on calls it had not seen. */
export interface CallModelReport {
  /** Calls that were learned from, and calls that were predicted before they were. */
  readonly calls: number;
  readonly predictedCalls: number;
  /** Area under the ROC curve of the model, and of the time since the last call on the same calls; null with too few calls. */
  readonly modelAuc: number | null;
  readonly recencyAuc: number | null;
  /** The 95 % interval of model minus recency. */
  readonly differenceLow: number | null;
  readonly differenceHigh: number | null;
  readonly isUsed: boolean;
  /** ISO 8601 instant. */
  readonly trainedAt: string;
}
