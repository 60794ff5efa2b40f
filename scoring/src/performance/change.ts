import type { Verdict } from '@scoreline/contract';
import { adjustedPValues } from './benjaminiHochberg.ts';
import type { Estimate } from './estimates.ts';
import { chiSquareUpperTail } from './specialFunctions.ts';
import type { Interval } from './wilsonInterval.ts';
import { NORMAL_QUANTILE_95 } from './wilsonInterval.ts';

/** How a metric differs from the period before, with the 95 % range of the difference. */
export interface Change extends Interval {
  /** Now less before. */
  readonly difference: number;
  /** How often chance alone makes a difference of this size, 0 to 1. */
  readonly pValue: number;
}

/** Beyond this quantile a difference is as certain as numbers can say. */
const FARTHEST_QUANTILE = 12;
/** Of all that is called improved or declined, the share that may be chance. */
const FALSE_SHARE = 0.05;

/**
 * The change of a metric by the hybrid of its two ranges: for shares Newcombe's, for rates and means the same recipe (Zou
 * & Donner 2008, Statistics in Medicine 27:1693–1702). The p-value belongs to the range that just touches no difference.
 */
export function changeOf(now: Estimate, before: Estimate): Change {
  const difference = now.value - before.value;
  const { low, high } = differenceRange(now, before, NORMAL_QUANTILE_95);
  return { difference, low, high, pValue: pValueOf(now, before) };
}

function differenceRange(now: Estimate, before: Estimate, quantile: number): Interval {
  const difference = now.value - before.value;
  const ofNow = now.rangeAt(quantile);
  const ofBefore = before.rangeAt(quantile);
  return {
    low: difference - Math.hypot(now.value - ofNow.low, ofBefore.high - before.value),
    high: difference + Math.hypot(ofNow.high - now.value, before.value - ofBefore.low),
  };
}

function pValueOf(now: Estimate, before: Estimate): number {
  const excludesNought = (quantile: number): boolean => {
    const { low, high } = differenceRange(now, before, quantile);
    return low > 0 || high < 0;
  };
  let excluded = 0;
  let included = FARTHEST_QUANTILE;
  if (excludesNought(included)) return chiSquareUpperTail(included * included, 1);
  while (included - excluded > 1e-9) {
    const middle = (excluded + included) / 2;
    if (excludesNought(middle)) excluded = middle;
    else included = middle;
  }
  return chiSquareUpperTail(included * included, 1);
}

/**
 * What a change says: it is called only where its range leaves out no difference and it is found among all that are judged
 * together.
 *
 * @param adjustedPValue among those, as `adjustedPValues` gives it
 */
export function verdictOf(change: Change, adjustedPValue: number, better: 'more' | 'less'): Verdict {
  if (adjustedPValue > FALSE_SHARE) return 'noEvidence';
  if (change.low <= 0 && change.high >= 0) return 'noEvidence';
  return change.difference > 0 === (better === 'more') ? 'improved' : 'declined';
}

/**
 * The verdict on each change of one metric across the reps who are judged together. A change is called only where its
 * range leaves out no difference and it is found among all of them, so that of a hundred called ones at most five are
 * chance (Benjamini & Hochberg 1995). A rep without a change to judge (null) has no evidence.
 *
 * @param better whether more of the metric is better
 */
export function verdictsOf(changes: readonly (Change | null)[], better: 'more' | 'less'): Verdict[] {
  const judged = changes.flatMap((change) => (change === null ? [] : [change]));
  const adjusted = adjustedPValues(judged.map(({ pValue }) => pValue));
  const pValues = new Map(judged.map((change, index) => [change, adjusted[index] ?? 1]));
  return changes.map((change) => {
    return change === null ? 'noEvidence' : verdictOf(change, pValues.get(change) ?? 1, better);
  });
}
