import type { Interval } from '../performance/wilsonInterval.ts';
import { NORMAL_QUANTILE_95 } from '../performance/wilsonInterval.ts';

/** Of one group alike in everything else: with the behaviour, then without, each with and without the outcome. */
export type Stratum = readonly [
  withBehaviour: readonly [outcome: number, none: number],
  without: readonly [outcome: number, none: number],
];

export interface OddsRatio extends Interval {
  readonly value: number;
  /** Corrected for continuity, one degree of freedom. */
  readonly chiSquare: number;
}

/**
 * The common odds ratio of several strata (Mantel & Haenszel 1959) with the 95 % range of Robins, Breslow & Greenland
 * (1986, Biometrics 42:311–323) and the χ² with correction for continuity.
 *
 * @returns null where no stratum compares anything
 */
export function commonOddsRatio(strata: readonly Stratum[], quantile = NORMAL_QUANTILE_95): OddsRatio | null {
  let [r, s, pr, psQr, qs] = [0, 0, 0, 0, 0];
  let [excess, variance] = [0, 0];
  for (const [[a, b], [c, d]] of strata) {
    const n = a + b + c + d;
    // A stratum of fewer than two has no variance, and compares nothing.
    if (n < 2) continue;
    const [ri, si, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
    r += ri;
    s += si;
    pr += p * ri;
    psQr += p * si + q * ri;
    qs += q * si;
    excess += a - ((a + b) * (a + c)) / n;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  if (r === 0 || s === 0 || variance === 0) return null;
  const value = r / s;
  const spread = Math.sqrt(pr / (2 * r * r) + psQr / (2 * r * s) + qs / (2 * s * s));
  return {
    value,
    low: value * Math.exp(-quantile * spread),
    high: value * Math.exp(quantile * spread),
    chiSquare: Math.max(Math.abs(excess) - 0.5, 0) ** 2 / variance,
  };
}
