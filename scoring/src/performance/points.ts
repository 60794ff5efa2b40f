import type { MetricName } from '@scoreline/contract';
import { METRIC_NAMES } from '@scoreline/contract';

type PerMetric<Value> = Partial<Record<MetricName, Value>>;

/** Points of a full score. */
const FULL_SCORE = 100;
/** Points are printed to one decimal, so they are worked out in whole tenths. */
const TENTHS = 10;

/**
 * The weights of a card, scaled to add up to 100 and rounded to tenths that still do. Metrics without a positive
 * weight are left out.
 */
export function scaledWeights(weights: PerMetric<number>): ReadonlyMap<MetricName, number> {
  const positive = METRIC_NAMES.filter((name) => (weights[name] ?? 0) > 0);
  const total = positive.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
  const shares = positive.map((name) => ((weights[name] ?? 0) / total) * FULL_SCORE);
  const rounded = roundToTenths(shares);
  return new Map(positive.map((name, index) => [name, rounded[index] ?? 0]));
}

/** Where a metric's points begin, are all won, and end. */
export interface Goalposts {
  /** The value that gives no points. */
  readonly floor: number;
  readonly target: number;
  /** The most that can be attained, 1 at the target. */
  readonly cap: number;
}

/**
 * How far a value got from the floor to the target, from 0 to the cap; where less is better the floor lies above the
 * target. The goalposts are fixed, so nobody's share moves because somebody else's did (OECD/JRC, Handbook on
 * Constructing Composite Indicators, 2008).
 */
export function attainedShare(value: number, { floor, target, cap }: Goalposts): number {
  return Math.min(Math.max((value - floor) / (target - floor), 0), cap);
}

/**
 * Rounds non-negative numbers to tenths whose sum is the sum rounded to a tenth, by largest remainder: the tenths
 * left over go to the numbers that lost most, the earlier one first where they lost the same. No number moves by a
 * tenth or more.
 */
export function roundToTenths(values: readonly number[]): number[] {
  // Binary fractions such as 0.3 × 10 lie a hair under their tenth; nine decimals put them back on it.
  const scaled = values.map((value) => Number((value * TENTHS).toFixed(9)));
  const floors = scaled.map(Math.floor);
  const total = Math.round(Number(scaled.reduce((sum, value) => sum + value, 0).toFixed(6)));
  const leftOver = total - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value - (floors[index] ?? 0) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index);
  for (const { index } of byRemainder.slice(0, leftOver)) floors[index] = (floors[index] ?? 0) + 1;
  return floors.map((tenths) => tenths / TENTHS);
}

/** The sum of numbers in tenths, without the drift of binary fractions. */
export function sumOfTenths(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.round(value * TENTHS), 0) / TENTHS;
}
