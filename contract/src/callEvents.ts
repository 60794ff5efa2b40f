import type { OutcomeCode } from './outcomes.ts';

/**
 * Who saw something happen to a call: the rep's phone, the company's switch, the carrier; the rep who logged a call of
 * another phone by hand; the org, where the rep edited the call's Task. Each witness numbers its own events from 1,
 * so (organization, call, witness, sequence) names an event for ever and a replay is absorbed.
 */
export const WITNESSES = ['softphone', 'switch', 'carrier', 'hand', 'org'] as const;
export type Witness = (typeof WITNESSES)[number];

/** Why a call ended, in the words every witness uses. */
export const END_CAUSES = [
  'completed',
  'busy',
  'declined',
  'noAnswer',
  'cancelled',
  'unallocated',
  'failed',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** Which side, or the network between them, ended the call. */
export const ENDED_BY = ['rep', 'prospect', 'network'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/**
 * What every event carries. `at` is the witness's wall clock as an ISO 8601 UTC instant; `elapsedMs` is its
 * monotonic clock since the call's first event at that witness, so that a clock change alters no duration.
 */
interface CallEventEnvelope {
  readonly sequence: number;
  readonly at: string;
  readonly elapsedMs: number;
}

export type DialedEvent = CallEventEnvelope & { readonly kind: 'dialed' };
export type RingingEvent = CallEventEnvelope & { readonly kind: 'ringing' };
export type AnsweredEvent = CallEventEnvelope & { readonly kind: 'answered' };
export type HeldEvent = CallEventEnvelope & { readonly kind: 'held' };
export type ResumedEvent = CallEventEnvelope & { readonly kind: 'resumed' };
export type EndedEvent = CallEventEnvelope & {
  readonly kind: 'ended';
  readonly endedBy: EndedBy;
  readonly cause: EndCause;
  /** The final SIP status when there was one, e.g. 486. */
  readonly sipStatus?: number | undefined;
};

/** What happened on the line; any witness may report it. */
export type NetworkEvent = DialedEvent | RingingEvent | AnsweredEvent | HeldEvent | ResumedEvent | EndedEvent;

/** What the rep says of the call, on the phone, by hand or in the org. A later one replaces an earlier one. */
export type OutcomeEvent = CallEventEnvelope & {
  readonly kind: 'outcome';
  readonly outcome: OutcomeCode;
  readonly note: string;
  /** The day a follow-up was promised for, `YYYY-MM-DD` in the rep's own zone. */
  readonly followUpOn?: string | undefined;
  /** Why the rep corrects an earlier outcome, or logs the call by hand. */
  readonly reason?: string | undefined;
  /** Of an edit in the org: the sequence of the rep's outcome that it replaces, 0 for none. */
  readonly afterSequence?: number | undefined;
};

export type CallEvent = NetworkEvent | OutcomeEvent;
export type CallEventKind = CallEvent['kind'];

/** How far the witnesses agree on a call. */
export const EVIDENCE = ['pending', 'reported', 'verified', 'contradicted'] as const;
export type Evidence = (typeof EVIDENCE)[number];
