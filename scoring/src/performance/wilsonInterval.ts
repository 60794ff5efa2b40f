/** Two-sided 95 % quantile of the standard normal distribution. */
export const NORMAL_QUANTILE_95 = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % score interval of a share (Wilson 1927, doi:10.2307/2276774): the shares that a test at 5 % would not
 * reject. Without trials it is 0 to 1.
 *
 * @throws RangeError unless 0 ≤ successes ≤ trials
 */
export function wilsonInterval(successes: number, trials: number, quantile = NORMAL_QUANTILE_95): Interval {
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError('Successes lie between 0 and the number of trials');
  }
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const squared = quantile * quantile;
  const scale = 1 / (1 + squared / trials);
  const centre = scale * (share + squared / (2 * trials));
  const halfWidth =
    scale * quantile * Math.sqrt((share * (1 - share)) / trials + squared / (4 * trials * trials));
  // The interval always holds the share itself; rounding must not push an end past it or past 0 and 1.
  return {
    low: successes === 0 ? 0 : Math.max(Math.min(centre - halfWidth, share), 0),
    high: successes === trials ? 1 : Math.min(Math.max(centre + halfWidth, share), 1),
  };
}
