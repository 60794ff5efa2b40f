import type { MetricName } from './metrics.ts';

/** A target for the next quarter, from what the people of a role reached in one. */
export interface SuggestedTarget {
  readonly metric: MetricName;
  readonly target: number;
  /** How many people's figures it rests on. */
  readonly people: number;
}
