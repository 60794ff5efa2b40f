import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wilsonInterval } from '@scoreline/scoring';

const PRINTED_PRECISION = 10;

test('the Wilson interval of 18 of 20 is as printed', () => {
  const { low, high } = wilsonInterval(18, 20);
  assert.equal(low.toFixed(PRINTED_PRECISION), '0.6989663548');
  assert.equal(high.toFixed(PRINTED_PRECISION), '0.9721335188');
});

test('the Wilson interval of 4 of 20 is as printed', () => {
  const { low, high } = wilsonInterval(4, 20);
  assert.equal(low.toFixed(PRINTED_PRECISION), '0.0806576626');
  assert.equal(high.toFixed(PRINTED_PRECISION), '0.4160174323');
});

test('the interval lies in 0 to 1 and holds the share', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
      const trials = Math.max(a, b);
      const successes = Math.min(a, b);
      const { low, high } = wilsonInterval(successes, trials);
      const share = trials === 0 ? 0 : successes / trials;
      assert.ok(low >= 0 && low <= share && share <= high && high <= 1);
    }),
  );
});

test('more successes than trials is a fault', () => {
  assert.throws(() => wilsonInterval(2, 1), RangeError);
  assert.throws(() => wilsonInterval(-1, 1), RangeError);
  assert.throws(() => wilsonInterval(Number.NaN, 1), RangeError);
});
