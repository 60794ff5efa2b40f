import type { Share } from './newcombeDifference.ts';

/** How the true shares of a team are spread. */
export interface ShareSpread {
  /** The team's mean share. */
  readonly mean: number;
  /**
   * Trials until a rep's own share outweighs the team's mean: a + b of the beta distribution. Infinite where the
   * reps cannot be told apart, so that everyone's best estimate is the team's mean.
   */
  readonly trialsToOutweigh: number;
}

/** Beyond this many trials the likelihood is flat: no spread can be seen. */
const NO_SPREAD_FROM = 1e8;
const MOST_STEPS = 200;
const LONGEST_STEP = 2;
const STILL = 1e-10;

/**
 * The spread of the reps' true shares by maximum likelihood of the beta-binomial distribution (Griffiths 1973,
 * Biometrics 29:637–648). Sums over whole numbers take the place of gamma functions (algorithm AS 189, Smith 1983,
 * Applied Statistics 32:196–204), so a fit costs as much as the largest number of trials, not as the team.
 *
 * @returns null where nobody has trials
 */
export function fitShareSpread(shares: readonly Share[]): ShareSpread | null {
  const trials = shares.reduce((sum, share) => sum + share.trials, 0);
  const successes = shares.reduce((sum, share) => sum + share.successes, 0);
  if (trials === 0) return null;
  const pooled = { mean: successes / trials, trialsToOutweigh: Number.POSITIVE_INFINITY };
  if (successes === 0 || successes === trials || !isSpread(shares, pooled.mean)) return pooled;
  const likelihood = likelihoodOf(shares);
  let point: Point = { logOdds: logit(pooled.mean), logTrials: Math.log(trials / shares.length) };
  let current = likelihood(point);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const next = climb(likelihood, point, current);
    if (next === null) break;
    const moved =
      Math.abs(next.point.logOdds - point.logOdds) + Math.abs(next.point.logTrials - point.logTrials);
    ({ point, value: current } = next);
    if (moved < STILL || point.logTrials > Math.log(NO_SPREAD_FROM)) break;
  }
  const trialsToOutweigh = Math.exp(point.logTrials);
  return trialsToOutweigh >= NO_SPREAD_FROM
    ? pooled
    : { mean: 1 / (1 + Math.exp(-point.logOdds)), trialsToOutweigh };
}

interface Point {
  readonly logOdds: number;
  readonly logTrials: number;
}

interface Likelihood {
  readonly value: number;
  readonly gradient: readonly [number, number];
  readonly curvature: readonly [number, number, number];
}

/** Whether the shares vary more than chance alone makes them: the slope of the likelihood at no spread (Tarone 1979). */
function isSpread(shares: readonly Share[], mean: number): boolean {
  const slope = shares.reduce((sum, { successes: k, trials: n }) => {
    const failures = n - k;
    return sum + (k * (k - 1)) / mean + (failures * (failures - 1)) / (1 - mean) - n * (n - 1);
  }, 0);
  return slope > 0;
}

/** The log likelihood at a point with its first and second derivatives by log odds and log trials. */
function likelihoodOf(shares: readonly Share[]): (point: Point) => Likelihood {
  const successes = countsAbove(shares.map((share) => share.successes));
  const failures = countsAbove(shares.map((share) => share.trials - share.successes));
  const trials = countsAbove(shares.map((share) => share.trials));
  return ({ logOdds, logTrials }) => {
    const mean = 1 / (1 + Math.exp(-logOdds));
    const all = Math.exp(logTrials);
    const a = mean * all;
    const b = (1 - mean) * all;
    const ofA = risingSums(successes, a);
    const ofB = risingSums(failures, b);
    const ofAll = risingSums(trials, all);
    const byA = ofA.first - ofAll.first;
    const byB = ofB.first - ofAll.first;
    const byAA = ofAll.second - ofA.second;
    const byBB = ofAll.second - ofB.second;
    const byAB = ofAll.second;
    const weight = (a * b) / all;
    return {
      value: ofA.log + ofB.log - ofAll.log,
      gradient: [weight * (byA - byB), a * byA + b * byB],
      curvature: [
        weight * weight * (byAA - 2 * byAB + byBB) + weight * (1 - 2 * mean) * (byA - byB),
        weight * (a * (byAA - byAB) + b * (byAB - byBB)) + weight * (byA - byB),
        a * a * byAA + 2 * a * b * byAB + b * b * byBB + a * byA + b * byB,
      ],
    };
  };
}

/** Of each whole number i from 0 on, how many of the values are above it. */
function countsAbove(values: readonly number[]): number[] {
  const counts = new Array<number>(values.reduce((most, value) => Math.max(most, value), 0)).fill(0);
  for (const value of values) if (value > 0) counts[value - 1] = (counts[value - 1] ?? 0) + 1;
  for (let index = counts.length - 2; index >= 0; index -= 1)
    counts[index] = (counts[index] ?? 0) + (counts[index + 1] ?? 0);
  return counts;
}

/** Σ cᵢ ln(x + i), Σ cᵢ / (x + i) and Σ cᵢ / (x + i)². */
function risingSums(counts: readonly number[], x: number): { log: number; first: number; second: number } {
  let log = 0;
  let first = 0;
  let second = 0;
  counts.forEach((count, index) => {
    const at = x + index;
    log += count * Math.log(at);
    first += count / at;
    second += count / (at * at);
  });
  return { log, first, second };
}

/** One step of Newton's method, along the slope where the surface is not a hilltop, halved until it leads up. */
function climb(
  likelihood: (point: Point) => Likelihood,
  point: Point,
  { value, gradient: [g1, g2], curvature: [h11, h12, h22] }: Likelihood,
): { point: Point; value: Likelihood } | null {
  const determinant = h11 * h22 - h12 * h12;
  const isHilltop = h11 < 0 && determinant > 0;
  let [step1, step2] = isHilltop
    ? [(h12 * g2 - h22 * g1) / determinant, (h12 * g1 - h11 * g2) / determinant]
    : [g1 / (Math.abs(h11) + 1), g2 / (Math.abs(h22) + 1)];
  const length = Math.hypot(step1, step2);
  if (length > LONGEST_STEP)
    [step1, step2] = [(step1 * LONGEST_STEP) / length, (step2 * LONGEST_STEP) / length];
  for (let share = 1; share > 1e-9; share /= 2) {
    const tried = { logOdds: point.logOdds + share * step1, logTrials: point.logTrials + share * step2 };
    const found = likelihood(tried);
    if (found.value >= value) return { point: tried, value: found };
  }
  return null;
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
