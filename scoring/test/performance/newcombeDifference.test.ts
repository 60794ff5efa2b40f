import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newcombeDifference } from '@scoreline/scoring';

function difference(later: readonly [number, number], earlier: readonly [number, number]) {
  const found = newcombeDifference(
    { successes: later[0], trials: later[1] },
    { successes: earlier[0], trials: earlier[1] },
  );
  assert.ok(found);
  return found;
}

test('7 of 34 against 1 of 34 is as printed', () => {
  const { low, high } = difference([7, 34], [1, 34]);
  assert.equal(low.toFixed(3), '0.019');
  assert.equal(high.toFixed(2), '0.34');
});

test('56 of 70 against 48 of 80 is as printed', () => {
  const { low, high } = difference([56, 70], [48, 80]);
  assert.equal(low.toFixed(4), '0.0524');
  assert.equal(high.toFixed(4), '0.3339');
});

test('the range holds the difference, lies within −1 to 1, and turns with its sides', () => {
  const share = fc
    .tuple(fc.nat(400), fc.integer({ min: 1, max: 400 }))
    .map(([successes, trials]): [number, number] => [Math.min(successes, trials), trials]);
  fc.assert(
    fc.property(share, share, (later, earlier) => {
      const there = difference(later, earlier);
      const back = difference(earlier, later);
      assert.ok(there.low <= there.difference && there.difference <= there.high);
      assert.ok(there.low >= -1 - 1e-12 && there.high <= 1 + 1e-12);
      assert.ok(Math.abs(there.low + back.high) < 1e-12);
    }),
  );
});

test('without trials nothing is said', () => {
  assert.equal(newcombeDifference({ successes: 0, trials: 0 }, { successes: 3, trials: 9 }), null);
});
