import type { Share } from './newcombeDifference.ts';
import type { ShareSpread } from './shareSpread.ts';
import { betaQuantile } from './specialFunctions.ts';
import type { Interval } from './wilsonInterval.ts';

export interface ShrunkShare extends Interval {
  readonly value: number;
}

const TAIL = 0.025;

/**
 * A rep's true share as best known: own trials and the team's mean, each weighing as much as it tells, with the 95 %
 * range of the beta distribution that is left (Efron & Morris 1975; Gelman et al., Bayesian Data Analysis, 5.3). Where the
 * reps cannot be told apart it is the team's mean, without a width of its own.
 */
export function shrunkShare({ successes, trials }: Share, spread: ShareSpread): ShrunkShare {
  const { mean, trialsToOutweigh } = spread;
  if (!Number.isFinite(trialsToOutweigh)) return { value: mean, low: mean, high: mean };
  const a = mean * trialsToOutweigh + successes;
  const b = (1 - mean) * trialsToOutweigh + trials - successes;
  return { value: a / (a + b), low: betaQuantile(TAIL, a, b), high: betaQuantile(1 - TAIL, a, b) };
}
