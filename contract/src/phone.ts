import type { EndCause, EndedBy } from './callEvents.ts';
import type { CallState, PhoneState } from './callStates.ts';
import type { ErrorName } from './errors.ts';
import type { OutcomeCode } from './outcomes.ts';

/** A wish to call: what was clicked or typed, and the record it belongs to. */
export interface DialRequest {
  /** Names this click, so that a double click or a repeated message dials once. */
  readonly requestId: string;
  /** As shown or typed. */
  readonly number: string;
  readonly recordId?: string | undefined;
  /** Who answers, as the record is called, e.g. `Ana Ruiz`. */
  readonly recordName?: string | undefined;
  /** Which of the record's numbers, e.g. `Mobile`. */
  readonly numberLabel?: string | undefined;
}

/**
 * What became of a dial request: `dialing` now, `waiting` until the phone is ready, or refused because a call is up
 * or its outcome is still to be chosen. A repeated request id answers as it did the first time.
 */
export type DialAnswer = 'dialing' | 'waiting' | 'refusedInCall' | 'refusedOutcomeMissing';

/** One call as the phone shows it. Times are epoch milliseconds of this computer. */
export interface PhoneCall {
  readonly callId: string;
  readonly request: DialRequest;
  readonly state: CallState | 'requesting';
  readonly startedAtMs: number;
  readonly answeredAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
  readonly muted: boolean;
  /** Set while a hold or resume waits for the switch's answer. */
  readonly holdPending: boolean;
  /** Set when the last hold or resume was refused: the state shown is the true one. */
  readonly holdRefused: boolean;
  readonly endCause?: EndCause | undefined;
  readonly endedBy?: EndedBy | undefined;
  /** Why the call could not be placed, when it could not. */
  readonly error?: ErrorName | undefined;
}

/** Where an outcome is: at the relay for good, or in this computer's outbox until the relay acknowledges it. */
export type OutcomePlace = 'relay' | 'outbox';

export interface SavedOutcome {
  readonly callId: string;
  readonly recordId?: string | undefined;
  readonly place: OutcomePlace;
  readonly savedAtMs: number;
  /** The rep's ledger position, once the relay acknowledged. */
  readonly position?: number | undefined;
}

/** Everything a screen needs to draw the phone. Replaced as a whole at every change. */
export interface PhoneSnapshot {
  readonly phoneState: PhoneState;
  readonly error?: ErrorName | undefined;
  /** The call in progress, or the ended one whose outcome is still to be chosen. */
  readonly call?: PhoneCall | undefined;
  /** A dial that waits until the phone is ready. */
  readonly waiting?: DialRequest | undefined;
  readonly lastSaved?: SavedOutcome | undefined;
  /** Events and outcomes that the relay has not acknowledged yet. */
  readonly unsent: number;
  /** Microphone level, 0 to 1, while a call is up. */
  readonly inputLevel: number;
}

export interface OutcomeChoice {
  readonly outcome: OutcomeCode;
  readonly note: string;
  /** `YYYY-MM-DD` */
  readonly followUpOn?: string | undefined;
}

export interface PhoneOptions {
  readonly relayUrl: string;
  /** Asks the org for a freshly signed token; called at start and whenever the session is renewed. */
  readonly fetchOrgToken: () => Promise<string>;
}

/** The one façade of the softphone, `globalThis.ScorelineSoftphone.startPhone(options)`. */
export interface Phone {
  readonly snapshot: PhoneSnapshot;
  /** Calls the listener now and at every change; returns what ends that. */
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
  dial(request: DialRequest): DialAnswer;
  hangUp(): void;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  /** One of `0`–`9`, `*`, `#`. */
  sendDigit(digit: string): void;
  /** Keeps the outcome on this computer, then sends it. Resolves when it is kept; `lastSaved` tells when it is sent. */
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  /** Tries again at once: microphone, relay and registration. */
  checkAgain(): void;
  /** Ends the call, unregisters and releases the microphone. */
  close(): Promise<void>;
}

export interface SoftphoneModule {
  /** Starts the page's phone, or returns the one that runs already: it outlasts the component that asked. */
  startPhone(options: PhoneOptions): Phone;
}
