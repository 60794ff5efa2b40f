import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanOpinionScore, transmissionRating } from '../../src/domain/eModel.ts';

/** ITU-T G.107, annex B, table B.1 and the default value of R. */
const PUBLISHED = [
  [93.2, 4.41],
  [90, 4.34],
  [80, 4.03],
  [70, 3.6],
  [60, 3.1],
  [50, 2.58],
] as const;

for (const [rating, score] of PUBLISHED)
  test(`a rating of ${rating} is a score of ${score}, as G.107 prints it`, () => {
    assert.ok(Math.abs(meanOpinionScore(rating) - score) < 0.01, String(meanOpinionScore(rating)));
  });

test('a line without delay and loss has the rating of G.107’s default values', () => {
  assert.equal(transmissionRating({ oneWayDelayMs: 0, lossPercent: 0 }), 93.2);
});

test('delay costs little until people talk into each other’s words, and then much', () => {
  const atDelay = (oneWayDelayMs: number): number => transmissionRating({ oneWayDelayMs, lossPercent: 0 });
  // Cole and Rosenbluth 2001: Id(150) = 3.6, Id(300) = 7.2 + 13.5.
  assert.ok(Math.abs(93.2 - atDelay(150) - 3.6) < 0.01);
  assert.ok(Math.abs(93.2 - atDelay(300) - 20.7) < 0.01);
});

test('loss costs what G.113 says of G.711 with concealment', () => {
  const atLoss = (lossPercent: number): number => transmissionRating({ oneWayDelayMs: 0, lossPercent });
  // Ie,eff = 95 · Ppl / (Ppl + 25.1)
  assert.ok(Math.abs(93.2 - atLoss(1) - 3.64) < 0.01);
  assert.ok(Math.abs(93.2 - atLoss(5) - 15.78) < 0.01);
  assert.ok(Math.abs(93.2 - atLoss(25.1) - 47.5) < 0.01);
});

test('the score stays on its scale and never rises with a worse line', () => {
  const impairment = fc.record({
    oneWayDelayMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
    lossPercent: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  const more = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(impairment, more, more, ({ oneWayDelayMs, lossPercent }, moreDelay, moreLoss) => {
      const score = meanOpinionScore(transmissionRating({ oneWayDelayMs, lossPercent }));
      const worse = meanOpinionScore(
        transmissionRating({
          oneWayDelayMs: oneWayDelayMs + moreDelay,
          lossPercent: Math.min(100, lossPercent + moreLoss),
        }),
      );
      assert.ok(score >= 1 && score <= 4.5);
      assert.ok(worse <= score);
    }),
  );
});
