import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shrinkMeans } from '@scoreline/scoring';

/** Hits in the first 45 at-bats of 1970 of eighteen batters, and their averages in the rest of the season (Efron & Morris 1975). */
const HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];
const REST = [
  0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.264, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285,
  0.316, 0.2,
];

function squaredError(estimates: readonly number[]): number {
  return estimates.reduce((sum, value, index) => sum + (value - (REST[index] ?? Number.NaN)) ** 2, 0);
}

test('the eighteen batters of Efron and Morris are as printed', () => {
  const averages = HITS.map((hits) => hits / 45);
  const mean = averages.reduce((sum, value) => sum + value, 0) / averages.length;
  const { kept, values } = shrinkMeans(averages, (mean * (1 - mean)) / 45);
  assert.equal(kept.toFixed(4), '0.2117');
  assert.equal(squaredError(averages).toFixed(4), '0.0753');
  assert.equal(squaredError(values).toFixed(4), '0.0213');
});

test('means that vary less than chance makes them are all the same; three are left alone', () => {
  assert.deepEqual(shrinkMeans([1, 1.1, 0.9, 1], 5).values, [1, 1, 1, 1]);
  assert.deepEqual(shrinkMeans([1, 2, 3], 5).values, [1, 2, 3]);
});
