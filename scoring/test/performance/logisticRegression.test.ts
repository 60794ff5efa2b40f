import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLogistic, logisticProbability } from '@scoreline/scoring';

/** Spector & Mazzeo 1980: grade point average, economics test, new teaching method, grade improved. */
const SPECTOR: readonly (readonly [number, number, number, number])[] = [
  [2.66, 20, 0, 0],
  [2.89, 22, 0, 0],
  [3.28, 24, 0, 0],
  [2.92, 12, 0, 0],
  [4, 21, 0, 1],
  [2.86, 17, 0, 0],
  [2.76, 17, 0, 0],
  [2.87, 21, 0, 0],
  [3.03, 25, 0, 0],
  [3.92, 29, 0, 1],
  [2.63, 20, 0, 0],
  [3.32, 23, 0, 0],
  [3.57, 23, 0, 0],
  [3.26, 25, 0, 1],
  [3.53, 26, 0, 0],
  [2.74, 19, 0, 0],
  [2.75, 25, 0, 0],
  [2.83, 19, 0, 0],
  [3.12, 23, 1, 0],
  [3.16, 25, 1, 1],
  [2.06, 22, 1, 0],
  [3.62, 28, 1, 1],
  [2.89, 14, 1, 0],
  [3.51, 26, 1, 0],
  [3.54, 24, 1, 1],
  [2.83, 27, 1, 1],
  [3.39, 17, 1, 1],
  [2.67, 24, 1, 0],
  [3.65, 21, 1, 1],
  [4, 23, 1, 1],
  [3.1, 21, 1, 0],
  [2.39, 19, 1, 1],
];

const design = SPECTOR.map(([average, score, method]) => [1, average, score, method]);
const outcomes = SPECTOR.map(([, , , improved]) => improved);

test('the grades of Spector and Mazzeo are as printed', () => {
  const { coefficients, standardErrors, logLikelihood, hasConverged } = fitLogistic(design, outcomes);
  const [intercept, average, score, method] = coefficients;
  assert.ok(hasConverged);
  assert.equal(average?.toFixed(5), '2.82611');
  assert.equal(score?.toFixed(7), '0.0951577');
  assert.equal(method?.toFixed(5), '2.37869');
  assert.equal(intercept?.toFixed(5), '-13.02135');
  const [ofIntercept, ofAverage, ofScore, ofMethod] = standardErrors;
  assert.equal(ofAverage?.toFixed(5), '1.26294');
  assert.equal(ofScore?.toFixed(6), '0.141554');
  assert.equal(ofMethod?.toFixed(5), '1.06456');
  assert.equal(ofIntercept?.toFixed(5), '4.93132');
  assert.equal(logLikelihood.toFixed(5), '-12.88963');
});

test('the probabilities of a fit with an intercept add up to the outcomes', () => {
  const { coefficients } = fitLogistic(design, outcomes);
  const expected = design.reduce((sum, row) => sum + logisticProbability(row, coefficients), 0);
  assert.ok(Math.abs(expected - 11) < 1e-6);
});

test('outcomes that can be separated are noticed, and a ridge holds them', () => {
  const separable = [
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ];
  assert.equal(fitLogistic(separable, [0, 0, 1, 1]).hasConverged, false);
  assert.equal(fitLogistic(separable, [0, 0, 1, 1], 1).hasConverged, true);
});

test('a ridge makes the coefficients smaller; an empty design is a fault', () => {
  const free = fitLogistic(design, outcomes);
  const held = fitLogistic(design, outcomes, 5);
  const length = (fit: typeof free): number => Math.hypot(...fit.coefficients.slice(1));
  assert.ok(length(held) < length(free));
  assert.throws(() => fitLogistic([], []), RangeError);
});
