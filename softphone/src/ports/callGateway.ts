import type { EndCause, EndedBy, ErrorName } from '@scoreline/contract';
import type { SessionResponse } from '@scoreline/contract/wire';

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
  | LineEnded;

export interface LineEnded {
  readonly kind: 'ended';
  readonly endedBy: EndedBy;
  readonly cause: EndCause;
  readonly sipStatus?: number | undefined;
  /** Set when the call failed before it was answered. */
  readonly error?: ErrorName | undefined;
}

export interface CallOrder {
  readonly callId: string;
  readonly numberE164: string;
  readonly permit: string;
}

/** One call on the line. After its `ended` event every method does nothing. */
export interface Line {
  /** Cancels before the answer, hangs up after it. Reports `ended` at once. */
  hangUp(): void;
  /** Asks for hold or resume; `held`, `resumed` or `holdRefused` tells the switch's answer. */
  setHeld(held: boolean): void;
  sendDigit(digit: string): void;
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
  /** Places a call; what becomes of it is reported to the listener, never thrown. */
  place(order: CallOrder, listener: (event: LineEvent) => void): Line;
  /** Disconnects and leaves the calls to another tab: no call is hung up, and no listener is told. */
  abandon(): void;
  /** Hangs up, unregisters and disconnects. */
  close(): Promise<void>;
}
