import type { PhoneCall } from '@scoreline/contract';

/** What a page that is closed, crashes or is frozen leaves to the next one: its calls, and when it last was alive. */
export interface LeftCalls {
  /** Epoch milliseconds. */
  readonly aliveAtMs: number;
  readonly records: readonly RunningCallRecord[];
}

/**
 * A call as another page or tab needs it: to join it again within `REJOIN_WITHIN_SECONDS`, or to ask for the outcome
 * that it still owes. Nothing but JSON values.
 */
export interface RunningCallRecord {
  /** As the screen showed it last. */
  readonly call: PhoneCall;
  /** Whose call it is, `<org>:<user>`: another user of this computer must not join it. */
  readonly owner: string;
  /** The number and sequence of the last event that was recorded of it, so that the next one does not repeat it. */
  readonly lastSequence: number;
  /** When its first event was recorded, epoch milliseconds: later ones count from it. */
  readonly firstEventAtMs: number;
  /** Of a call that came in: its caller, absent where the number was withheld. */
  readonly inbound?: { readonly numberE164?: string | undefined } | undefined;
}

/**
 * Events that the page before recorded after it wrote the record down must not be repeated under their numbers; the
 * ledger does not mind a gap.
 */
export const SEQUENCE_GAP = 100;
