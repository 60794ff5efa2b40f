import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootMeanSquare } from '../../src/browser/inputMeter.ts';

test('the root mean square of a sine is its amplitude over the root of two', () => {
  const samples = Float32Array.from(
    { length: 1_000 },
    (_, index) => 0.5 * Math.sin((index * 2 * Math.PI) / 100),
  );
  assert.ok(Math.abs(rootMeanSquare(samples) - 0.5 / Math.SQRT2) < 1e-6);
});

test('silence and nothing are zero', () => {
  assert.equal(rootMeanSquare(new Float32Array(10)), 0);
  assert.equal(rootMeanSquare(new Float32Array(0)), 0);
});
