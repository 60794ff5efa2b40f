import type { MetricName } from '@scoreline/contract';
import type { EvidenceBasis } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** One metric of a published card; what it lacks is null. Shares are fractions, talk time is seconds. */
export interface MetricPublication {
  readonly metric: MetricName;
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly targetToDate: number | null;
  readonly periodTarget: number | null;
  readonly weight: number | null;
  readonly points: number | null;
}

/** A rep's card for one period, as the CRM keeps it. Days are `YYYY-MM-DD`. */
export interface ScorecardPublication {
  readonly userId: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly periodLabel: string;
  readonly daysLeft: number;
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly talkSeconds: number;
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
  readonly evidenceBasis: EvidenceBasis;
  /** The rep's ledger position up to which every call is in the card. */
  readonly watermark: number;
  readonly definitionVersion: number;
  /** ISO 8601 UTC instant. */
  readonly calculatedAt: string;
  readonly metrics: readonly MetricPublication[];
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
