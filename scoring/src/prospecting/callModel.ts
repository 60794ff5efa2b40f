import { fitLogistic, logisticProbability } from '../performance/logisticRegression.ts';

/** A feature that was not seen, or was the same in all calls, is worth nothing: it has no term. */
export interface ModelTerm {
  readonly name: string;
  /** Of the calls that were learned from. */
  readonly mean: number;
  readonly deviation: number;
  /** Per standard deviation. */
  readonly coefficient: number;
}

/** What was learned of calls: plain data, to be stored as it is. */
export interface CallModel {
  readonly intercept: number;
  readonly terms: readonly ModelTerm[];
}

/** A call before it was made. */
export type Features = ReadonlyMap<string, number>;

/** How much a term raises the logit of this call above that of the average one. */
export interface TermValue {
  readonly name: string;
  readonly value: number;
}

/** On standardised features: as strong as a handful of calls, so that a rare feature says little. */
const RIDGE = 10;
/** A feature of fewer calls than this is left out. */
const FEWEST_CALLS = 20;

/**
 * Learns which calls have the outcome: logistic regression with a ridge on standardised features. A feature that a
 * call lacks is 0.
 *
 * @param outcomes 0 or 1 for each call
 * @throws RangeError without calls
 */
export function trainCallModel(calls: readonly Features[], outcomes: readonly number[]): CallModel {
  const counts = new Map<string, number>();
  for (const features of calls)
    for (const [name, value] of features) if (value !== 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  const columns = [...counts]
    .filter(([, count]) => count >= FEWEST_CALLS)
    .map(([name]) => ({ name, ...momentsOf(calls.map((features) => features.get(name) ?? 0)) }))
    .filter(({ deviation }) => deviation > 0);
  const design = calls.map((features) => [
    1,
    ...columns.map(({ name, mean, deviation }) => ((features.get(name) ?? 0) - mean) / deviation),
  ]);
  const { coefficients } = fitLogistic(design, outcomes, RIDGE);
  return {
    intercept: coefficients[0] ?? 0,
    terms: columns.map((column, index) => ({ ...column, coefficient: coefficients[index + 1] ?? 0 })),
  };
}

/** The probability of the outcome. */
export function callProbability({ intercept, terms }: CallModel, features: Features): number {
  const row = [1, ...terms.map((term) => standardised(term, features))];
  return logisticProbability(row, [intercept, ...terms.map(({ coefficient }) => coefficient)]);
}

/** What each term adds for this call, the most first. */
export function termValues({ terms }: CallModel, features: Features): TermValue[] {
  return terms
    .map((term) => ({ name: term.name, value: term.coefficient * standardised(term, features) }))
    .sort((one, other) => other.value - one.value);
}

function standardised({ name, mean, deviation }: ModelTerm, features: Features): number {
  return ((features.get(name) ?? 0) - mean) / deviation;
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
