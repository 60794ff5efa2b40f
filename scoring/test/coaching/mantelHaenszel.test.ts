import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonOddsRatio, type Stratum } from '@scoreline/scoring';

const PUBLISHED: readonly Stratum[] = [
  [
    [20, 14],
    [10, 24],
  ],
  [
    [15, 12],
    [3, 15],
  ],
  [
    [3, 2],
    [3, 2],
  ],
  [
    [12, 3],
    [7, 5],
  ],
  [
    [1, 0],
    [3, 2],
  ],
];

/** Graduate admissions at Berkeley, autumn 1973, six departments: men, then women, admitted and rejected. */
const BERKELEY: readonly Stratum[] = [
  [
    [512, 313],
    [89, 19],
  ],
  [
    [353, 207],
    [17, 8],
  ],
  [
    [120, 205],
    [202, 391],
  ],
  [
    [138, 279],
    [131, 244],
  ],
  [
    [53, 138],
    [94, 299],
  ],
  [
    [22, 351],
    [24, 317],
  ],
];

test('the published five strata are as printed', () => {
  const found = commonOddsRatio(PUBLISHED);
  assert.ok(found);
  assert.equal(found.value.toFixed(4), '3.5912');
  assert.equal(found.low.toFixed(4), '1.7811');
  assert.equal(found.high.toFixed(4), '7.2406');
  assert.equal(found.chiSquare.toFixed(4), '11.8852');
});

test('the Berkeley admissions turn round once departments are compared with themselves', () => {
  const crude = BERKELEY.reduce<[[number, number], [number, number]]>(
    ([[a, b], [c, d]], [[e, f], [g, h]]) => [
      [a + e, b + f],
      [c + g, d + h],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  );
  const [[a, b], [c, d]] = crude;
  assert.equal(((a * d) / (b * c)).toFixed(3), '1.841');
  assert.equal(commonOddsRatio(BERKELEY)?.value.toFixed(4), '0.9047');
});

test('strata that compare nothing say nothing', () => {
  assert.equal(commonOddsRatio([]), null);
  assert.equal(
    commonOddsRatio([
      [
        [1, 0],
        [0, 0],
      ],
    ]),
    null,
  );
  assert.equal(
    commonOddsRatio([
      [
        [5, 0],
        [7, 0],
      ],
    ]),
    null,
  );
});
