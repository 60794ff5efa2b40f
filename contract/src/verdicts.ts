import type { MetricName } from './metrics.ts';

/** What the difference from the period before says. */
export const VERDICTS = ['improved', 'noEvidence', 'declined'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Where a score stands beside the team's median: surely above, surely below, or not to be told apart. */
export const STANDINGS = ['above', 'same', 'below'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * A doable thing that would move a score: one open opportunity won, so many more dials (or other counts) at the rep's
 * own rates, or so many commitments finished in time. Gains are points of the score, `low` to `high` likely; an
 * opportunity's gain is what winning it gives.
 */
export interface Lever {
  readonly kind: 'opportunity' | 'count' | 'commitments';
  readonly metric: MetricName;
  /** How many more; of an opportunity, its amount. */
  readonly amount: number;
  /** The opportunity. */
  readonly recordId?: string;
  readonly gain: number;
  readonly low: number;
  readonly high: number;
}
