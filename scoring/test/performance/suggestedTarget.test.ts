import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantile, suggestedTarget } from '@scoreline/scoring';
import fc from 'fast-check';

const valuesArbitrary = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
const shareArbitrary = fc.double({ min: 0, max: 1, noNaN: true });

test('a quantile is of type 7: straight between the sorted values', () => {
  // By hand, of 1 1 2 3 4 5 6 9: the share of 7 steps.
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const quantiles = [0, 0.2, 0.5, 0.8, 1].map((share) => quantile(values, share));
  assert.deepEqual(
    quantiles.map((value) => Number(value.toFixed(9))),
    [1, 1.4, 3.5, 5.6, 9],
  );
});

test('a quantile lies within the values, grows with the share, and knows no order', () => {
  fc.assert(
    fc.property(valuesArbitrary, shareArbitrary, shareArbitrary, (values, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const [atLow, atHigh] = [quantile(values, low), quantile(values, high)];
      assert.ok(atLow <= atHigh + 1e-6);
      assert.ok(atLow >= Math.min(...values) - 1e-6 && atHigh <= Math.max(...values) + 1e-6);
      assert.equal(quantile(values.toReversed(), low), atLow);
    }),
  );
  assert.throws(() => quantile([], 0.5), RangeError);
  assert.throws(() => quantile([1], 1.1), RangeError);
});

test('the target is what the best fifth reached, whichever direction is good, from five people on', () => {
  const values = [10, 20, 30, 40, 50];
  assert.deepEqual(suggestedTarget('dials', values), { metric: 'dials', target: 42, people: 5 });
  assert.deepEqual(suggestedTarget('handleSeconds', values), {
    metric: 'handleSeconds',
    target: 18,
    people: 5,
  });
  assert.equal(suggestedTarget('dials', values.slice(1)), null);
  assert.equal(suggestedTarget('talkRatio', values), null);
});
