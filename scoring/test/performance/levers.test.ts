import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { leversOf, NO_SALES, scorecardOf, type ScorecardInput } from '@scoreline/scoring';
import { figuresWith } from '../support/figures.ts';

const figures = {
  ...figuresWith(
    { dials: 400, connects: 72, conversations: 60, talkSeconds: 9_000, connectTalkSeconds: 9_000 },
    { daysWorked: 60 },
  ),
  sales: { ...NO_SALES, quota: 100_000, wonAmount: 20_000, commitments: { due: 20, kept: 13 } },
};
const even = { weight: 1, floor: null, cap: null };
const input: ScorecardInput = {
  figures,
  base: {},
  targets: { dials: 1_000, conversations: 200, commitmentsKept: 0.9 },
  weights: { dials: even, conversations: even, attainment: even, commitmentsKept: even },
};
const NO_CHANCES = { opportunities: [], openCommitments: 0 };

test('winning a deal gains what its amount adds to attainment', () => {
  const opportunities = [
    { id: '006A', amount: 12_000 },
    { id: '006B', amount: 3_000 },
  ];
  const levers = leversOf(input, { ...NO_CHANCES, opportunities });
  const deals = levers.filter(({ kind }) => kind === 'opportunity');
  // 12,000 of the 60,000 that are asked for to date, at 25 points.
  assert.deepEqual(deals, [
    { kind: 'opportunity', metric: 'attainment', recordId: '006A', amount: 12_000, gain: 5, low: 5, high: 5 },
  ]);
});

test('more dials gain at the rep’s own rates, with the range that those leave', () => {
  const [lever] = leversOf(input, NO_CHANCES);
  assert.equal(lever?.kind, 'count');
  // A quarter on top of the 267 dials of the 40 days that are left, in tens.
  assert.equal(lever?.amount, 60);
  assert.ok(lever && lever.low > 0 && lever.low < lever.gain && lever.gain < lever.high);
});

test('commitments that are still open gain what keeping all of them adds', () => {
  const levers = leversOf(input, { ...NO_CHANCES, openCommitments: 6 });
  const kept = levers.find(({ kind }) => kind === 'commitments');
  // 19 of 26 instead of 13 of 20, of 90 % asked for, at 25 points.
  assert.equal(kept?.gain.toFixed(1), (25 * ((19 / 26 - 13 / 20) / 0.9)).toFixed(1));
});

test('where every target is met nothing is said to move the score', () => {
  const met = { ...input, targets: { dials: 100, conversations: 20, commitmentsKept: 0.1 } };
  const sold = { ...figures, sales: { ...figures.sales, wonAmount: 100_000 } };
  const chances = { opportunities: [{ id: '006A', amount: 12_000 }], openCommitments: 3 };
  assert.deepEqual(leversOf({ ...met, figures: sold }, chances), []);
});

test('without a score there are no levers', () => {
  assert.deepEqual(leversOf({ ...input, weights: {} }, { opportunities: [], openCommitments: 9 }), []);
});

test('never more than three, each with a gain above nought, and no gain beyond a full score', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.string(), amount: fc.nat(200_000) }), { maxLength: 3 }),
      fc.nat(40),
      (opportunities, openCommitments) => {
        const levers = leversOf(input, { opportunities, openCommitments });
        const { score } = scorecardOf(input);
        assert.ok(levers.length <= 3);
        for (const { gain, low } of levers) {
          assert.ok(gain > 0 && low > 0);
          assert.ok(gain + (score ?? 0) <= 100.2);
        }
      },
    ),
  );
});
