import type { Standing, Verdict } from 'c/callContract';

/** One quarter of a rep's past. */
export interface PastScore {
  readonly label: string;
  readonly score: number;
}

/** The headline of one rep's card. Shares are fractions of 1; amounts are in the org's currency. */
export interface TeamCard {
  readonly cardId: string;
  readonly repId: string;
  readonly name: string;
  readonly roleId?: string | undefined;
  readonly managerName?: string | undefined;
  readonly periodLabel: string;
  /** `YYYY-MM-DD`, both ends included. */
  readonly periodStart: string;
  readonly periodEnd: string;
  /** The share of the rep's working days that have begun. */
  readonly periodShare?: number | undefined;
  readonly daysLeft?: number | undefined;
  readonly score?: number | undefined;
  readonly scoreLow?: number | undefined;
  readonly scoreHigh?: number | undefined;
  /** The median of the people of the same role. */
  readonly teamScore?: number | undefined;
  readonly standing?: Standing | undefined;
  readonly rankLow?: number | undefined;
  readonly rankHigh?: number | undefined;
  readonly peers?: number | undefined;
  readonly quota?: number | undefined;
  readonly wonAmount?: number | undefined;
  readonly openAmount?: number | undefined;
  readonly attainment?: number | undefined;
  /** The last quarters, oldest first. */
  readonly history: readonly PastScore[];
  readonly verdict?: Verdict | undefined;
  readonly change?: number | undefined;
  readonly changeLow?: number | undefined;
  readonly changeHigh?: number | undefined;
  readonly previousScore?: number | undefined;
  readonly previousLabel?: string | undefined;
  readonly rampMonth?: number | undefined;
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
  /** The day of the last call through the phone, `YYYY-MM-DD`. */
  readonly lastCallOn?: string | undefined;
  readonly isVerified: boolean;
  readonly calculatedAt?: Date | undefined;
  /** As the org writes it; empty where the user may not see it. */
  readonly modifiedAt: string;
}
