/** Which of two scores tells the outcomes apart better, on the same cases. */
export interface AreaComparison {
  /** Areas under the ROC curves of the one and the other. */
  readonly one: number;
  readonly other: number;
  /** One minus other, with its 95 % interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

const NORMAL_95 = 1.959964;

/**
 * The area under the ROC curve: how often a case with the outcome scores higher than one without it, ties counting half.
 * Null when all outcomes are the same.
 *
 * @param outcomes 0 or 1 for each score
 */
export function areaUnderRoc(scores: readonly number[], outcomes: readonly number[]): number | null {
  const parts = structuralParts(scores, outcomes);
  return parts && mean(parts.positives);
}

/**
 * Compares the areas of two scores of the same cases (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988; by
 * midranks, Sun and Xu, IEEE Signal Processing Letters 21, 2014). Null with fewer than two cases of either outcome.
 *
 * @throws RangeError when the lists are of different lengths
 */
export function compareAreas(
  one: readonly number[],
  other: readonly number[],
  outcomes: readonly number[],
): AreaComparison | null {
  if (one.length !== outcomes.length || other.length !== outcomes.length)
    throw new RangeError('Each outcome has a score of either kind');
  const [partsOfOne, partsOfOther] = [structuralParts(one, outcomes), structuralParts(other, outcomes)];
  if (partsOfOne === null || partsOfOther === null) return null;
  if (Math.min(partsOfOne.positives.length, partsOfOne.negatives.length) < 2) return null;
  const variance =
    varianceOfDifference(partsOfOne.positives, partsOfOther.positives) +
    varianceOfDifference(partsOfOne.negatives, partsOfOther.negatives);
  const [areaOfOne, areaOfOther] = [mean(partsOfOne.positives), mean(partsOfOther.positives)];
  const difference = areaOfOne - areaOfOther;
  const margin = NORMAL_95 * Math.sqrt(variance);
  return {
    one: areaOfOne,
    other: areaOfOther,
    difference,
    low: difference - margin,
    high: difference + margin,
  };
}

/** For each case with the outcome the share of those without it that score lower, and the reverse. */
function structuralParts(
  scores: readonly number[],
  outcomes: readonly number[],
): { readonly positives: readonly number[]; readonly negatives: readonly number[] } | null {
  const positive = scores.filter((_, index) => outcomes[index] === 1);
  const negative = scores.filter((_, index) => outcomes[index] !== 1);
  if (positive.length === 0 || negative.length === 0) return null;
  const ranks = midranks([...positive, ...negative]);
  const [within, without] = [midranks(positive), midranks(negative)];
  return {
    positives: positive.map((_, index) => (at(ranks, index) - at(within, index)) / negative.length),
    negatives: negative.map(
      (_, index) => 1 - (at(ranks, positive.length + index) - at(without, index)) / positive.length,
    ),
  };
}

/** Ranks from 1 on; equal values share the mean of theirs. */
function midranks(values: readonly number[]): number[] {
  const order = values
    .map((_, index) => index)
    .sort((left, right) => compare(at(values, left), at(values, right)));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && at(values, at(order, end)) === at(values, at(order, start))) end += 1;
    for (let place = start; place < end; place += 1) ranks[at(order, place)] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Of the mean of the differences between two lists. */
function varianceOfDifference(one: readonly number[], other: readonly number[]): number {
  const differences = one.map((value, index) => value - at(other, index));
  const center = mean(differences);
  const squares = differences.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return squares / (differences.length - 1) / differences.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Infinite values, too, are equal to themselves. */
function compare(left: number, right: number): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
