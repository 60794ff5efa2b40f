import type { Phone } from '@scoreline/contract';

/** A phone that can be left to another tab. */
export interface LeadingPhone extends Phone {
  /** Ends everything here but the calls, which another tab takes over: neither switch nor ledger is told anything. */
  abandon(): void;
  /** The page or the computer was away, or the network is a new one: finds out what still works, and mends the rest. */
  verify(isNetworkNew: boolean): void;
}
