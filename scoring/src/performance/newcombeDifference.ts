import type { Interval } from './wilsonInterval.ts';
import { NORMAL_QUANTILE_95, wilsonInterval } from './wilsonInterval.ts';

/** How many of a number of trials succeeded. */
export interface Share {
  readonly successes: number;
  readonly trials: number;
}

export interface ShareDifference extends Interval {
  /** The later share less the earlier one. */
  readonly difference: number;
}

/**
 * The difference of two independent shares with its 95 % range, by the hybrid of two score intervals (Newcombe 1998,
 * Statistics in Medicine 17:873–890, method 10). It stays within −1 to 1 and needs no large samples.
 *
 * @returns null where either share has no trials: nothing can be said
 * @throws RangeError unless 0 ≤ successes ≤ trials
 */
export function newcombeDifference(
  later: Share,
  earlier: Share,
  quantile = NORMAL_QUANTILE_95,
): ShareDifference | null {
  const laterRange = wilsonInterval(later.successes, later.trials, quantile);
  const earlierRange = wilsonInterval(earlier.successes, earlier.trials, quantile);
  if (later.trials === 0 || earlier.trials === 0) return null;
  const laterShare = later.successes / later.trials;
  const earlierShare = earlier.successes / earlier.trials;
  const difference = laterShare - earlierShare;
  return {
    difference,
    low: difference - Math.hypot(laterShare - laterRange.low, earlierRange.high - earlierShare),
    high: difference + Math.hypot(laterRange.high - laterShare, earlierShare - earlierRange.low),
  };
}
