export interface NormalShrinkage {
  readonly mean: number;
  /** How much of a rep's distance from the mean is kept, 0 to 1. */
  readonly kept: number;
  readonly values: readonly number[];
}

/** Fewer means than this can't be improved by shrinking (Stein 1956, for a mean that is estimated too). */
const FEWEST = 4;

/**
 * Means of equal precision, moved towards their common mean by as much as chance spreads them: the James–Stein
 * estimator about the grand mean, positive part (Efron & Morris 1975, J. Am. Stat. Assoc. 70:311–319).
 *
 * @param variance of one mean about its true value
 */
export function shrinkMeans(means: readonly number[], variance: number): NormalShrinkage {
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const spread = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (means.length < FEWEST) return { mean, kept: 1, values: [...means] };
  const kept = spread === 0 ? 0 : Math.max(1 - ((means.length - 3) * variance) / spread, 0);
  return { mean, kept, values: means.map((value) => mean + kept * (value - mean)) };
}
