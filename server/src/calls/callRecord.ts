import type {
  CallDirection,
  CallPurpose,
  CallState,
  EndCause,
  EndedBy,
  Evidence,
  MeasuredEvent,
  OutcomeCode,
  Witness,
} from '@scoreline/contract';

/** What the phone measured of a whole call, as its event has it. */
export type CallMeasurements = Omit<MeasuredEvent, 'kind' | 'sequence' | 'at' | 'elapsedMs'>;

/** One call as its witnesses' events add up. Seconds are whole and rounded down. No personal data. */
export interface CallRecord {
  readonly orgId: string;
  readonly callId: string;
  readonly userId: string;
  /** Grows by one with every commit that changed the call; 0 when nothing but the permit is known. */
  readonly version: number;
  /** The rep's ledger position of the latest change; unique within (org, user) and committed in order. */
  readonly position: number;
  readonly state: CallState;
  readonly evidence: Evidence;
  readonly direction: CallDirection;
  readonly purpose: CallPurpose;
  /** An inbound call that nobody answered, that the rep did not refuse and that no other phone of the rep took. */
  readonly isMissed: boolean;
  /** ISO 8601 UTC instant at which it was dialed or came in; null while nothing of the line was reported. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly answered: boolean;
  readonly ringSeconds: number;
  /** Both sides connected, hold excluded. */
  readonly talkSeconds: number;
  readonly holdSeconds: number;
  /** From the end of the call to the rep's first outcome; null while either is missing. */
  readonly afterCallSeconds: number | null;
  readonly endCause: EndCause | null;
  readonly endedBy: EndedBy | null;
  readonly outcome: OutcomeCode | null;
  /** Where the rep said so; null without an outcome. */
  readonly outcomeWitness: Witness | null;
  /** The version at which the rep last said something of the call. */
  readonly outcomeVersion: number | null;
  /** The version at which the rep chose the call's record; null while it is the one that was dialed from. */
  readonly recordVersion: number | null;
  /** Whose account the network facts are; null when only the softphone reported. */
  readonly networkWitness: 'switch' | 'carrier' | null;
  /** How long a message the caller left with the switch; null for none. */
  readonly voicemailSeconds: number | null;
  /** Null until the phone has said what it measured. */
  readonly measured: CallMeasurements | null;
}

/** A call with its personal data, which can be erased: then the number and note are empty or null. */
export interface CallDetail extends CallRecord {
  /** Empty also where the caller withheld it. */
  readonly numberE164: string;
  readonly recordId: string | null;
  readonly note: string | null;
  /** Why the rep corrected the call or logged it by hand. */
  readonly reason: string | null;
  /** `YYYY-MM-DD` in the rep's own zone. */
  readonly followUpOn: string | null;
}
