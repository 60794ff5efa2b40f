import type { Share } from './newcombeDifference.ts';
import { chiSquareUpperTail } from './specialFunctions.ts';

export interface HomogeneityTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** How often shares that are all the same differ as much by chance. */
  readonly pValue: number;
}

/**
 * Whether several shares can be told apart at all: Pearson's χ² of the table reps × (success, failure).
 *
 * @returns null where there is nothing to compare: fewer than two reps with trials, or all trials ended alike
 */
export function testHomogeneity(shares: readonly Share[]): HomogeneityTest | null {
  const observed = shares.filter(({ trials }) => trials > 0);
  const trials = observed.reduce((sum, share) => sum + share.trials, 0);
  const successes = observed.reduce((sum, share) => sum + share.successes, 0);
  if (observed.length < 2 || successes === 0 || successes === trials) return null;
  const mean = successes / trials;
  const chiSquare = observed.reduce((sum, share) => {
    const expected = share.trials * mean;
    return sum + (share.successes - expected) ** 2 / (expected * (1 - mean));
  }, 0);
  const degreesOfFreedom = observed.length - 1;
  return { chiSquare, degreesOfFreedom, pValue: chiSquareUpperTail(chiSquare, degreesOfFreedom) };
}
