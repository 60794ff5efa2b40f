import type { MetricName } from '@scoreline/contract';
import type { EvidenceBasis } from '@scoreline/scoring';

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

/** What the rest of the relay asks of the CRM. */
export interface CrmPort {
  /**
   * Writes a card and its metrics, all or nothing; the same card again changes nothing. The caller sees to it that a
   * rep's cards are published one after another, oldest watermark first.
   * @throws CrmError
   */
  publishScorecard(orgId: string, scorecard: ScorecardPublication): Promise<void>;
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
