import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adjustedPValues } from '@scoreline/scoring';

/** The fifteen tests of Benjamini & Hochberg 1995, section 4: four are found at 5 %, three by Bonferroni. */
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];

test('the published fifteen tests have four findings', () => {
  assert.equal(adjustedPValues(PUBLISHED).filter((pValue) => pValue <= 0.05).length, 4);
});

test('adjusting keeps the order, never lowers a p-value, and does not depend on the order given', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (pValues) => {
      const adjusted = adjustedPValues(pValues);
      pValues.forEach((pValue, index) => {
        assert.ok((adjusted[index] ?? -1) >= pValue && (adjusted[index] ?? 2) <= 1);
      });
      const reversed = adjustedPValues([...pValues].reverse()).reverse();
      assert.deepEqual(reversed, adjusted);
    }),
  );
});
