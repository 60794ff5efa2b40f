import type { Lever, Standing, Verdict } from '@scoreline/contract';
import type { EvidenceBasis, ScorecardMetric, ShortPeriodFigures } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** A comparison with the period before; what it lacks is null. */
export interface ChangePublication {
  readonly change: number | null;
  readonly changeLow: number | null;
  readonly changeHigh: number | null;
  readonly verdict: Verdict | null;
}

/** What a metric was in a period. */
export interface LabelledValue {
  readonly label: string;
  readonly value: number;
}

/** One metric of a published card; what it lacks is null. Shares are fractions, times are seconds. */
export interface MetricPublication extends ScorecardMetric, ChangePublication, ShortPeriodFigures {
  readonly previousValue: number | null;
  readonly previousNumerator: number | null;
  readonly previousDenominator: number | null;
  readonly peersOwnShare: number | null;
  readonly teamValue: number | null;
  readonly percentile: number | null;
  readonly peers: number;
  readonly best: LabelledValue | null;
  readonly confirmedShare: number | null;
  readonly slowest: number | null;
  /** Oldest first, this period last. */
  readonly history: readonly LabelledValue[];
}

/** A card beside the one before and those of the peers; what it lacks is null. */
export interface ComparedCard extends ChangePublication {
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  readonly previousScore: number | null;
  readonly previousLabel: string | null;
  readonly standing: Standing | null;
  readonly rankLow: number | null;
  readonly rankHigh: number | null;
  readonly peers: number | null;
  readonly teamScore: number | null;
  readonly attainment: number | null;
  /** Oldest first, this period last. */
  readonly history: readonly LabelledValue[];
  readonly metrics: readonly MetricPublication[];
}

/** A rep's card for one period, as the CRM keeps it. Days are `YYYY-MM-DD`, amounts in the org's currency. */
export interface ScorecardPublication extends ComparedCard {
  readonly userId: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly periodLabel: string;
  readonly daysLeft: number;
  /** The share of the rep's working days of the period that have begun. */
  readonly periodShare: number;
  readonly daysWorked: number;
  readonly quota: number | null;
  readonly wonAmount: number;
  readonly openAmount: number | null;
  readonly rampMonth: number | null;
  readonly levers: readonly Lever[];
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly talkSeconds: number;
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
  readonly callsExcused: number;
  readonly callsExcluded: number;
  /** The day of the rep's last call through the phone, whatever the card's period, `YYYY-MM-DD`; null for none. */
  readonly lastCallOn: string | null;
  readonly evidenceBasis: EvidenceBasis;
  /** The rep's ledger position up to which every call is in the card. */
  readonly watermark: number;
  readonly definitionVersion: number;
  /** ISO 8601 UTC instant. */
  readonly calculatedAt: string;
}

/** What is due of one rep's cards, and how far the ledger is in them. */
export interface RepCards {
  readonly userId: string;
  /** The card of the current period, and those of earlier ones whose figures changed. */
  readonly cards: readonly ScorecardPublication[];
  /** The rep's ledger position up to which every call is in the cards. */
  readonly position: number;
  /** Today in the rep's zone, `YYYY-MM-DD`. */
  readonly day: string;
}

/** Where the CRM's delivery gets cards from, so that they travel with the Tasks of the same calls. */
export interface CardSource {
  /**
   * The up-to-date cards of these reps, whose calls are about to be sent, and of others whose cards are due.
   * Nothing is noted as published yet.
   */
  takeDue(orgId: string, userIds: readonly string[], now: Date): Promise<readonly RepCards[]>;
  /** Notes what the CRM has now; the refused ones are due again later. */
  settle(
    connection: Connection,
    orgId: string,
    settlement: {
      readonly published: readonly RepCards[];
      readonly refused: readonly RepCards[];
      readonly now: Date;
    },
  ): Promise<void>;
}

/** The CRM could not do what was asked. Carries its code alone: its messages may quote personal data. */
export class CrmError extends Error {
  override readonly name = 'CrmError';
  readonly code: string;
  /** Whether the same request may succeed later, unchanged. */
  readonly isRetryable: boolean;

  constructor(code: string, isRetryable: boolean) {
    super(`The CRM answered ${code}`);
    this.code = code;
    this.isRetryable = isRetryable;
  }
}
