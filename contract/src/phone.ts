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
  /** Whether somebody else is to be called after this one: the outcome may then be saved with the wish to go on. */
  readonly hasNext?: boolean | undefined;
}

/**
 * What became of a dial request: `dialing` now, `waiting` until the phone is ready, or refused because a call is up
 * or its outcome is still to be chosen. A repeated request id answers as it did the first time.
 */
export type DialAnswer = 'dialing' | 'waiting' | 'refusedInCall' | 'refusedOutcomeMissing';

/** Who began a call: the rep, or the person who rang the rep. */
export const CALL_DIRECTIONS = ['outbound', 'inbound'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/**
 * How far a transfer has come: `asked` and not answered yet, `consulting` while the rep speaks to the person who will
 * take the call, `refused` when the call stays here.
 */
export type TransferState = 'asked' | 'consulting' | 'refused';

/** What crosses its threshold now: round trip over 400 ms, jitter over 30 ms, MOS under 3.5, loss over 3 %, no sound at all. */
export type QualityWarning = 'highRtt' | 'highJitter' | 'lowMos' | 'highLoss' | 'silence';

/** How good the line is now, measured in the browser. */
export interface LineQuality {
  /** Mean opinion score 1 to 4.5, by the E-model (ITU-T G.107). */
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  /** Of the packets sent to this phone, 0 to 100. */
  readonly lossPercent: number;
  readonly warnings: readonly QualityWarning[];
}

/** One call as the phone shows it. Times are epoch milliseconds of this computer. */
export interface PhoneCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** What was dialed; of an inbound call, the caller's number and, once chosen, the caller's record. */
  readonly request: DialRequest;
  /** `ringing` of an inbound call means that it rings here and waits for the rep. */
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
  /** Why the call could not be placed, or was lost, when it was. */
  readonly error?: ErrorName | undefined;
  /** Of a call that nobody took: the row of the error table that says what to do next. It owes its outcome all the same. */
  readonly advice?: ErrorName | undefined;
  /** The records that have the caller's number, at most five; absent until the relay has answered. */
  readonly matchedRecordIds?: readonly string[] | undefined;
  readonly transfer?: TransferState | undefined;
  /** Why the last transfer or conference was refused, until the next try. */
  readonly refusal?: ErrorName | undefined;
  /** The call about which the rep asks a colleague in this one. A consultation needs no outcome and counts as no dial. */
  readonly consultsFor?: string | undefined;
  /** Whether the switch mixes this call with the rep's other one. */
  readonly isInConference: boolean;
  /** Set while the phone joins its call again: after a reload, or when another tab takes over. */
  readonly isRejoining: boolean;
  readonly quality?: LineQuality | undefined;
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
  /** Why the relay will never take it. */
  readonly refusal?: ErrorName | undefined;
}

/** A microphone, loudspeaker or headset. */
export interface AudioDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** What this computer can hear and sound with, and what is chosen. An empty id is the system's default. */
export interface AudioChoices {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
  readonly inputId: string;
  readonly outputId: string;
  /** Where an inbound call rings; it may differ from where the voice comes out. */
  readonly ringerId: string;
  /** The device that was unplugged while it was chosen, and what is used instead, empty for none. Gone at the next choice. */
  readonly replaced?: { readonly lost: string; readonly used: string } | undefined;
}

/** What is checked before a working day, in this order. */
export const PREFLIGHT_CHECKS = ['microphone', 'socket', 'turn', 'codec', 'mos'] as const;
export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number];

export interface PreflightResult {
  readonly check: PreflightCheck;
  /** `skipped` where there is nothing to check (no TURN server is set up), or an earlier failure prevents it. */
  readonly result: 'running' | 'passed' | 'failed' | 'skipped';
  /** The row of the error table that says how to mend a failure. */
  readonly error?: ErrorName | undefined;
  /** The estimated MOS, of the check `mos`. */
  readonly mos?: number | undefined;
}

/** One of the rep's last calls, newest first in the list. Times are epoch milliseconds. */
export interface RecentCall {
  readonly callId: string;
  readonly direction: CallDirection;
  /** Absent where the caller withheld it. */
  readonly number?: string | undefined;
  readonly recordId?: string | undefined;
  /** The records that have the number, until the rep has chosen the one that was called. */
  readonly matchedRecordIds?: readonly string[] | undefined;
  readonly startedAtMs: number;
  /** 0 when nobody answered. */
  readonly talkSeconds: number;
  /** An inbound call that nobody answered. */
  readonly isMissed: boolean;
  /** How long a message the caller left; absent when none. */
  readonly voicemailSeconds?: number | undefined;
}

/** Everything a screen needs to draw the phone. Replaced as a whole at every change. */
export interface PhoneSnapshot {
  readonly phoneState: PhoneState;
  readonly error?: ErrorName | undefined;
  /** The call that the controls act on: the one in progress, or the ended one whose outcome is still to be chosen. */
  readonly call?: PhoneCall | undefined;
  /** The calls beside it, oldest first: ringing here, held, in conference, or ended and waiting for their outcome. */
  readonly otherCalls: readonly PhoneCall[];
  /** A dial that waits until the phone is ready. */
  readonly waiting?: DialRequest | undefined;
  readonly lastSaved?: SavedOutcome | undefined;
  /** Events and outcomes that the relay has not acknowledged yet; those that it refused for good are none of them. */
  readonly unsent: number;
  /** Microphone level, 0 to 1, while a call is up. */
  readonly inputLevel: number;
  /** Set in a tab that shows and controls the phone of another tab, where the sound is. */
  readonly runsElsewhere: boolean;
  readonly audio: AudioChoices;
  /** The rep's last calls, newest first; absent until they were read. */
  readonly recent?: readonly RecentCall[] | undefined;
  /** Missed calls that the rep has not looked at. */
  readonly missedUnseen: number;
  /** The results so far of the check that runs or ran last. */
  readonly preflight?: readonly PreflightResult[] | undefined;
  /** Set while the rep hears their own voice come back from the switch. */
  readonly echoTest?: 'connecting' | 'running' | undefined;
  /** Why the last echo test could not be made. */
  readonly echoTestError?: ErrorName | undefined;
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
  /**
   * Who is signed in, within the org that the page belongs to: all tabs of this user share one phone, and a page that is
   * opened later takes over what this one leaves. Without it the phone shares nothing and leaves nothing.
   */
  readonly userId?: string | undefined;
  /** Where the worklet of the talk meter is served; without it the phone measures nothing of who speaks. */
  readonly talkMeterUrl?: string | undefined;
  /** Whether the rep may place the next call without saying what came of the last; not unless the admin says so. */
  readonly isOutcomeOptional?: boolean | undefined;
}

/** The one façade of the softphone, `globalThis.ScorelineSoftphone.startPhone(options)`. */
export interface Phone {
  readonly snapshot: PhoneSnapshot;
  /** Calls the listener now and at every change; returns what ends that. */
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
  dial(request: DialRequest): DialAnswer;
  /** Holds the call in progress and places one beside it; `consultation` asks a colleague about the call that is held. */
  addCall(request: DialRequest, purpose: 'call' | 'consultation'): DialAnswer;
  /** Takes a call that rings here; the one in progress is held. */
  answer(callId: string): void;
  /** Refuses a call that rings here. */
  reject(callId: string): void;
  /** Makes another call the one in progress: holds this one, resumes that one. */
  switchTo(callId: string): void;
  /** Ends the call that the controls act on; a held one beside it is resumed when it is the only one left. */
  hangUp(): void;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  /** One of `0`–`9`, `*`, `#`. */
  sendDigit(digit: string): void;
  /** Hands the call in progress to a number, without asking there first. */
  transfer(number: string): void;
  /** Connects the person consulted with the call that waits, and leaves both. */
  completeTransfer(): void;
  /** Ends the consultation and resumes the call that waits. */
  cancelConsultation(): void;
  /** Has the switch mix the call in progress with the one that is held. */
  startConference(): void;
  /** Says whose call this is; `recordId` absent for none of the matches. */
  chooseRecord(
    callId: string,
    record: { readonly recordId: string; readonly recordName: string } | undefined,
  ): void;
  /** Keeps the outcome on this computer, then sends it. Resolves when it is kept; `lastSaved` tells when it is sent. */
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  /** Goes on without an outcome for an ended call. Nothing happens where outcomes are required. */
  leaveOutcomeOut(callId: string): void;
  /** Tries again at once: microphone, relay and registration. */
  checkAgain(): void;
  selectInput(deviceId: string): void;
  selectOutput(deviceId: string): void;
  selectRinger(deviceId: string): void;
  /** Checks microphone, connection, TURN, codec and line one after the other; the snapshot shows the results. */
  runPreflight(): void;
  /** Lets the rep hear their own voice, or ends that. */
  setEchoTest(running: boolean): void;
  /** Reads the last calls again. */
  refreshRecent(): void;
  /** The rep has looked at the missed calls. */
  markMissedSeen(): void;
  /** An address that plays the message for a few minutes. Rejects with an error whose message is a name of the error table. */
  voicemailUrl(callId: string): Promise<string>;
  /** Ends the call, unregisters and releases the microphone. */
  close(): Promise<void>;
}

export interface SoftphoneModule {
  /** Starts the page's phone, or returns the one that runs already: it outlasts the component that asked. */
  startPhone(options: PhoneOptions): Phone;
}
