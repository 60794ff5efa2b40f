import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaUnderRoc, compareAreas } from '@scoreline/scoring';
import { randomFrom } from '../support/random.ts';

/** By its definition: every pair of a case with the outcome and one without it. */
function areaByPairs(scores: readonly number[], outcomes: readonly number[]): number {
  let won = 0;
  let pairs = 0;
  for (const [one, score] of scores.entries())
    for (const [other, beside] of scores.entries()) {
      if (outcomes[one] !== 1 || outcomes[other] !== 0) continue;
      pairs += 1;
      if (score > beside) won += 1;
      else if (score === beside) won += 0.5;
    }
  return won / pairs;
}

test('the area is the share of pairs that the score puts in order, ties half', () => {
  assert.equal(areaUnderRoc([1, 2, 3, 4], [0, 0, 1, 1]), 1);
  assert.equal(areaUnderRoc([4, 3, 2, 1], [0, 0, 1, 1]), 0);
  assert.equal(areaUnderRoc([5, 5, 5], [0, 1, 1]), 0.5);
  assert.equal(areaUnderRoc([1, Infinity, Infinity, 2], [0, 1, 0, 0]), 2.5 / 3);
  assert.equal(areaUnderRoc([1, 2], [1, 1]), null);
  const random = randomFrom(7);
  for (let round = 0; round < 20; round += 1) {
    const outcomes = Array.from({ length: 60 }, () => random.binomial(1, 0.3));
    const scores = outcomes.map(() => Math.floor(random.fraction() * 10));
    const area = areaUnderRoc(scores, outcomes) ?? Number.NaN;
    assert.ok(Math.abs(area - areaByPairs(scores, outcomes)) < 1e-12);
  }
});

test('the interval of a difference holds the truth as often as it says', () => {
  const random = randomFrom(11);
  let held = 0;
  const rounds = 400;
  for (let round = 0; round < rounds; round += 1) {
    const outcomes = Array.from({ length: 120 }, (_, index) => index % 2);
    // Both see the same hint through noise of their own, so that their areas are the same in truth.
    const hints = outcomes.map((outcome) => outcome + 2 * random.fraction());
    const [one, other] = [0, 1].map(() => hints.map((hint) => hint + random.fraction()));
    const comparison = compareAreas(one ?? [], other ?? [], outcomes);
    assert.ok(comparison);
    if (comparison.low <= 0 && comparison.high >= 0) held += 1;
  }
  assert.ok(held / rounds > 0.92 && held / rounds < 0.98, `held ${held} of ${rounds}`);
});

test('a score that knows is told from one that does not', () => {
  const outcomes = Array.from({ length: 200 }, (_, index) => index % 2);
  const random = randomFrom(3);
  const knowing = outcomes.map((outcome) => outcome + random.fraction() * 1.5);
  const guessing = outcomes.map(() => random.fraction());
  const comparison = compareAreas(knowing, guessing, outcomes);
  assert.ok(comparison !== null && comparison.low > 0);
  assert.equal(compareAreas([1, 2], [1, 2], [1, 1]), null);
  assert.throws(() => compareAreas([1], [1, 2], [0, 1]), RangeError);
});
