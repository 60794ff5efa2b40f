import {
  METRICS,
  PERCENTILE_MINIMUM_PEERS,
  type MetricName,
  type SuggestedTarget,
} from '@scoreline/contract';

/** A target is to be out of reach for most, and no dream: one in five got there. */
const SHARE_BELOW = 0.8;

/**
 * What four in five people of a role stayed below in a quarter, or above where less is better, as a target for the next
 * one. Null with fewer people than the contract asks for, and for a metric without a good direction.
 *
 * @param values of everybody who has one
 */
export function suggestedTarget(metric: MetricName, values: readonly number[]): SuggestedTarget | null {
  const { better } = METRICS[metric];
  if (better === 'neither' || values.length < PERCENTILE_MINIMUM_PEERS) return null;
  const target = quantile(values, better === 'more' ? SHARE_BELOW : 1 - SHARE_BELOW);
  return { metric, target, people: values.length };
}

/**
 * The value below which a share of the values lies: type 7 of Hyndman & Fan (1996, The American Statistician 50:361–365),
 * which is R's own. It lies at place 1 + (n − 1) × share of the sorted values, straight between two of them.
 *
 * @throws RangeError without values, or for a share outside 0 to 1
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0 || !(share >= 0 && share <= 1))
    throw new RangeError('A quantile takes values and a share from 0 to 1');
  const sorted = values.toSorted((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(place)] ?? 0;
  const upper = sorted[Math.ceil(place)] ?? lower;
  return lower + (place - Math.floor(place)) * (upper - lower);
}
