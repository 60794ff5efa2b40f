import { Matrix, CholeskyDecomposition } from 'ml-matrix';

export interface LogisticFit {
  /** One for each column of the design, in its order. */
  readonly coefficients: readonly number[];
  /** Standard errors; with a ridge they are those of the penalised estimate. */
  readonly standardErrors: readonly number[];
  readonly logLikelihood: number;
  /** False where the outcomes can be separated and no ridge holds the coefficients: they then grow without end. */
  readonly hasConverged: boolean;
}

const MOST_STEPS = 50;
const STILL = 1e-10;

/**
 * Logistic regression by iteratively reweighted least squares (McCullagh & Nelder, Generalized Linear Models, 2nd ed., 2.5).
 *
 * @param design rows of equal length; a first column of ones is the intercept
 * @param outcomes 0 or 1 for each row
 * @param ridge penalty ½ λ Σ β² on all coefficients but the first column's; 0 for none
 * @throws RangeError for an empty design or one whose size does not fit the outcomes
 */
export function fitLogistic(
  design: readonly (readonly number[])[],
  outcomes: readonly number[],
  ridge = 0,
): LogisticFit {
  const width = design[0]?.length ?? 0;
  if (width === 0 || design.length !== outcomes.length)
    throw new RangeError('A design has columns, and a row for each outcome');
  let coefficients = new Array<number>(width).fill(0);
  let hasConverged = false;
  let information = informationOf(design, coefficients, ridge);
  for (let step = 0; step < MOST_STEPS && !hasConverged; step += 1) {
    const decomposition = new CholeskyDecomposition(information);
    if (!decomposition.isPositiveDefinite()) break;
    const change = decomposition.solve(Matrix.columnVector(scoreOf(design, outcomes, coefficients, ridge)));
    coefficients = coefficients.map((value, column) => value + change.get(column, 0));
    information = informationOf(design, coefficients, ridge);
    hasConverged = change.norm('frobenius') < STILL * (1 + Math.hypot(...coefficients));
  }
  return {
    coefficients,
    standardErrors: standardErrorsOf(information),
    logLikelihood: logLikelihoodOf(design, outcomes, coefficients),
    hasConverged,
  };
}

/** The probability that a row's outcome is 1. */
export function logisticProbability(row: readonly number[], coefficients: readonly number[]): number {
  const sum = row.reduce((total, value, column) => total + value * (coefficients[column] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

function scoreOf(
  design: readonly (readonly number[])[],
  outcomes: readonly number[],
  coefficients: readonly number[],
  ridge: number,
): number[] {
  const score = coefficients.map((value, column) => (column === 0 ? 0 : -ridge * value));
  design.forEach((row, index) => {
    const residual = (outcomes[index] ?? 0) - logisticProbability(row, coefficients);
    row.forEach((value, column) => {
      score[column] = (score[column] ?? 0) + residual * value;
    });
  });
  return score;
}

function informationOf(
  design: readonly (readonly number[])[],
  coefficients: readonly number[],
  ridge: number,
): Matrix {
  const width = coefficients.length;
  // The lower triangle, flat: this loop is nearly all of the time that a fit takes.
  const sums = new Float64Array(width * width);
  for (const row of design) {
    const probability = logisticProbability(row, coefficients);
    const weight = probability * (1 - probability);
    for (let left = 0; left < width; left += 1) {
      const weighted = weight * (row[left] ?? 0);
      if (weighted === 0) continue;
      for (let right = 0, place = left * width; right <= left; right += 1, place += 1)
        sums[place] = (sums[place] ?? 0) + weighted * (row[right] ?? 0);
    }
  }
  const information = Matrix.zeros(width, width);
  for (let left = 0; left < width; left += 1)
    for (let right = 0; right <= left; right += 1) {
      const value = (sums[left * width + right] ?? 0) + (left === right && left > 0 ? ridge : 0);
      information.set(left, right, value);
      information.set(right, left, value);
    }
  return information;
}

function standardErrorsOf(information: Matrix): number[] {
  const decomposition = new CholeskyDecomposition(information);
  if (!decomposition.isPositiveDefinite()) return new Array<number>(information.rows).fill(Infinity);
  return decomposition.solve(Matrix.eye(information.rows)).diagonal().map(Math.sqrt);
}

function logLikelihoodOf(
  design: readonly (readonly number[])[],
  outcomes: readonly number[],
  coefficients: readonly number[],
): number {
  return design.reduce((sum, row, index) => {
    const probability = logisticProbability(row, coefficients);
    return sum + Math.log(outcomes[index] === 1 ? probability : 1 - probability);
  }, 0);
}
