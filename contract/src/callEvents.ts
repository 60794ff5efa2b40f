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
  'transferred',
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

/** An inbound call came in for the rep. It stands where an outbound call has `dialed`. */
export type OfferedEvent = CallEventEnvelope & { readonly kind: 'offered' };
/** The caller whom nobody answered left a message with the switch. */
export type VoicemailEvent = CallEventEnvelope & { readonly kind: 'voicemail'; readonly seconds: number };
/**
 * What the phone measured of the whole call, once, after its end; nothing but numbers. A figure that could not be
 * measured is absent.
 */
export type MeasuredEvent = CallEventEnvelope & {
  readonly kind: 'measured';
  /** Mean opinion score over the call, 1 to 4.5. */
  readonly mos?: number | undefined;
  readonly rttMs?: number | undefined;
  readonly jitterMs?: number | undefined;
  readonly lossPercent?: number | undefined;
  /** The rep's speech as a share of all speech, 0 to 1. */
  readonly talkRatio?: number | undefined;
  /** The rep's longest stretch of speech; pauses under two seconds and the other side's "mhm" do not end it. */
  readonly longestMonologueSeconds?: number | undefined;
  /** Seconds of the silences on both sides that lasted two seconds or longer. */
  readonly deadAirSeconds?: number | undefined;
  /** Seconds in which both sides spoke. */
  readonly crosstalkSeconds?: number | undefined;
};

/** What happened on the line; any witness may report it, and each kind where it can see it. */
export type NetworkEvent =
  | DialedEvent
  | OfferedEvent
  | RingingEvent
  | AnsweredEvent
  | HeldEvent
  | ResumedEvent
  | EndedEvent
  | VoicemailEvent
  | MeasuredEvent;

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

/** Whom a call is with: in a consultation the rep asks a colleague about another call. */
export type CallPurpose = 'prospect' | 'consultation';

/** How far the witnesses agree on a call. */
export const EVIDENCE = ['pending', 'reported', 'verified', 'contradicted'] as const;
export type Evidence = (typeof EVIDENCE)[number];
