import type { EndCause, EndedBy, ErrorName } from '@scoreline/contract';
import type { SessionResponse } from '@scoreline/contract/wire';
import type { LineReading } from '../domain/lineQuality.ts';

/** The address, server and short-lived credentials that a session brought. */
export type SipAccount = SessionResponse['sip'];

/** What the line reports of one call. `dialing` comes when the request has really left. */
export type LineEvent =
  | { readonly kind: 'dialing' }
  /** `bringsSound`: the exchange sends its own ringing tone or an announcement. */
  | { readonly kind: 'ringing'; readonly bringsSound: boolean }
  | { readonly kind: 'answered' }
  | { readonly kind: 'held' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'holdRefused' }
  | { readonly kind: 'transferRefused'; readonly error: ErrorName }
  | { readonly kind: 'joined' }
  | { readonly kind: 'joinRefused'; readonly error: ErrorName }
  | LineEnded;

export interface LineEnded {
  readonly kind: 'ended';
  readonly endedBy: EndedBy;
  readonly cause: EndCause;
  readonly sipStatus?: number | undefined;
  /** Set when the call failed before it was answered. */
  readonly error?: ErrorName | undefined;
  /** What to do about a call that nobody took. */
  readonly advice?: ErrorName | undefined;
  /** Another phone of the same rep took the call, and reports what becomes of it. */
  readonly isElsewhere?: boolean | undefined;
}

export interface CallOrder {
  readonly callId: string;
  /** In E.164, or `anonymous` for a withheld one that is rejoined, or `echo`. */
  readonly numberE164: string;
  /** Absent for the echo only. */
  readonly permit?: string | undefined;
}

/** Where a transfer goes, and that it may. */
export interface TransferOrder {
  readonly numberE164: string;
  readonly permit: string;
}

/** One call on the line. After its `ended` event every method does nothing. */
export interface Line {
  /** Takes a call that came in; `answered` or `ended` tells what came of it. */
  answer(): void;
  /** Rejects what rings here, cancels before the answer, hangs up after it. Reports `ended` at once. */
  hangUp(): void;
  /** Asks for hold or resume; `held`, `resumed` or `holdRefused` tells the switch's answer. */
  setHeld(held: boolean): void;
  sendDigit(digit: string): void;
  /** Whether this call's far end gets what the microphone hears. */
  setTransmitting(transmitting: boolean): void;
  /** Plays this call's far end in place of another's. */
  listen(): void;
  /** Sends what the open microphone hears, in place of silence or of another one. */
  takeMicrophone(): void;
  /** What the line has counted so far; undefined before it has a connection. */
  measure(): Promise<LineReading | undefined>;
  /** Hands the far end to a number: `ended` with the cause `transferred`, or `transferRefused`. */
  transfer(order: TransferOrder): void;
  /** Connects the far end with that of another line, and ends both lines as `transferred`; or `transferRefused`. */
  transferTo(otherCallId: string): void;
  /** Has the switch mix this call with another: `joined` or `joinRefused`. */
  join(otherCallId: string): void;
}

/** What a call will offer to the switch, made while it is still being permitted. */
export interface PreparedOffer {
  /** The call is not placed. Does nothing once it was. */
  discard(): void;
}

/** A call that came in. */
export interface InboundOffer {
  readonly callId: string;
  /** Absent where the caller withholds it. */
  readonly numberE164?: string | undefined;
  /** Lets it ring here; what becomes of it is reported to the listener. */
  take(listener: (event: LineEvent) => void): Line;
  /** Refuses it as busy. */
  refuse(): void;
}

/** The switch. */
export interface CallGateway {
  /**
   * Connects and registers; on an open connection registers again with this account's credentials.
   * Resolves when the switch has accepted. Rejects with PhoneError `switchUnreachable` or `registrationRefused`.
   */
  connect(account: SipAccount): Promise<void>;
  /** True only while the connection is open and the last registration was accepted and has not lapsed. */
  isRegistered(): boolean;
  /** Names the one listener that is told when a registration that stood is gone. */
  onLost(listener: (error: ErrorName) => void): void;
  /** Names the one listener that is told of calls that come in. */
  onOffered(listener: (offer: InboundOffer) => void): void;
  /**
   * Begins the offer of a call whose permit is under way. The microphone must be open, unless the line is to
   * `takeMicrophone` later. Throws PhoneError `switchUnreachable` without a registration.
   */
  prepare(microphone: 'open' | 'later'): PreparedOffer;
  /**
   * Places a call, or joins a running one of the same id again; what becomes of it is reported to the listener. Throws
   * PhoneError `switchUnreachable` without a registration.
   */
  place(order: CallOrder, listener: (event: LineEvent) => void, prepared?: PreparedOffer): Line;
  /**
   * The page may have missed something: finds out whether the connection still stands, and whether the sound of the
   * calls still has a way; where the network is a new one, finds a new way at once. `onLost` tells of what is gone.
   */
  verify(isNetworkNew: boolean): void;
  /** Disconnects and leaves the calls to another tab: no call is hung up, and no listener is told. */
  abandon(): void;
  /** Hangs up, unregisters and disconnects. */
  close(): Promise<void>;
}
