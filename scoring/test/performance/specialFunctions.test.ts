import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  betaDistribution,
  betaQuantile,
  chiSquareUpperTail,
  logGamma,
} from '../../src/performance/specialFunctions.ts';

function closeTo(actual: number, expected: number, tolerance = 1e-12): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} ≠ ${expected}`,
  );
}

test('ln Γ agrees with factorials and with Γ(½) = √π', () => {
  let logFactorial = 0;
  for (let n = 1; n <= 170; n += 1) {
    closeTo(logGamma(n), logFactorial);
    logFactorial += Math.log(n);
  }
  closeTo(logGamma(0.5), Math.log(Math.PI) / 2);
  assert.throws(() => logGamma(0), RangeError);
});

test('χ² with two degrees of freedom is exponential, and its 5 % points are as in the tables', () => {
  for (const value of [0.1, 1, 5, 20]) closeTo(chiSquareUpperTail(value, 2), Math.exp(-value / 2));
  for (const [value, degrees] of [
    [3.841, 1],
    [11.07, 5],
    [18.307, 10],
    [42.557, 29],
  ] as const)
    assert.equal(chiSquareUpperTail(value, degrees).toFixed(3), '0.050');
});

test('the beta distribution is the binomial tail for whole parameters', () => {
  // P(X ≤ x) for Beta(k, n − k + 1) is P(at least k of n successes); k = 2, n = 3.
  for (const x of [0.1, 0.5, 0.9]) closeTo(betaDistribution(x, 2, 2), 3 * x * x * (1 - x) + x ** 3);
});

test('the quantile turns the distribution round', () => {
  // Below a half the quantile can lie nearer to 1 than numbers can say.
  const parameter = fc.double({ min: 0.5, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), parameter, parameter, (p, a, b) => {
      closeTo(betaDistribution(betaQuantile(p, a, b), a, b), p, 1e-6);
    }),
  );
});
