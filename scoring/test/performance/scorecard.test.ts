import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { METRIC_NAMES, SCORE_MINIMUM_DIALS } from '@scoreline/contract';
import type { Contribution, Scorecard, ScorecardInput } from '@scoreline/scoring';
import { NO_CONTRIBUTION, scorecardOf } from '@scoreline/scoring';

const TARGETS = { dials: 600, connects: 120, connectRate: 0.2, conversations: 80, talkSeconds: 36_000 };
const WEIGHTS = { dials: 15, connects: 20, connectRate: 15, conversations: 30, talkSeconds: 20 };

const anyTotals: fc.Arbitrary<Contribution> = fc
  .array(fc.record({ talk: fc.constantFrom(0, 0, 0, 12, 45, 70, 300, 1800) }), { maxLength: 120 })
  .map((calls) =>
    calls.reduce(
      (sum, { talk }) => ({
        ...sum,
        dials: sum.dials + 1,
        connects: sum.connects + (talk >= 10 ? 1 : 0),
        conversations: sum.conversations + (talk >= 60 ? 1 : 0),
        talkSeconds: sum.talkSeconds + talk,
        talkSecondsSquared: sum.talkSecondsSquared + talk * talk,
      }),
      NO_CONTRIBUTION,
    ),
  );
const anyAmount = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const anyInput: fc.Arbitrary<ScorecardInput> = fc.record({
  totals: anyTotals,
  targets: fc.record({
    dials: anyAmount,
    connects: anyAmount,
    connectRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    conversations: anyAmount,
    talkSeconds: anyAmount,
  }),
  weights: fc.record(
    {
      dials: anyAmount,
      connects: anyAmount,
      connectRate: anyAmount,
      conversations: anyAmount,
      talkSeconds: anyAmount,
    },
    { requiredKeys: ['dials'] },
  ),
  periodShare: fc.double({ min: 0.01, max: 1, noNaN: true }),
});

const tenths = (value: number) => Math.round(value * 10);
const metricOf = (card: Scorecard, name: string) => {
  const found = card.metrics.find(({ metric }) => metric === name);
  assert.ok(found);
  return found;
};

test('a card worked out by hand', () => {
  const card = scorecardOf({
    totals: {
      ...NO_CONTRIBUTION,
      dials: 200,
      connects: 36,
      conversations: 20,
      talkSeconds: 9000,
      talkSecondsSquared: 6_000_000,
    },
    targets: TARGETS,
    weights: WEIGHTS,
    periodShare: 0.5,
  });
  // Targets to date: 300 dials, 60 connects, 20 %, 40 conversations, 18,000 s.
  assert.equal(metricOf(card, 'dials').points, 10);
  assert.equal(metricOf(card, 'connects').points, 12);
  assert.equal(metricOf(card, 'connectRate').points, 13.5);
  assert.equal(metricOf(card, 'conversations').points, 15);
  assert.equal(metricOf(card, 'talkSeconds').points, 10);
  assert.equal(card.score, 60.5);
  assert.equal(metricOf(card, 'connectRate').targetToDate, 0.2);
  assert.equal(metricOf(card, 'dials').targetToDate, 300);
  assert.equal(metricOf(card, 'dials').periodTarget, 600);
  assert.deepEqual([metricOf(card, 'dials').low, metricOf(card, 'dials').high], [200, 200]);
  // 200/199 · (6,000,000 − 9,000²/200) = 5,623,115.6; its root times 1.96 is 4,647.7.
  assert.equal(metricOf(card, 'talkSeconds').low?.toFixed(1), '4352.3');
  assert.equal(metricOf(card, 'talkSeconds').high?.toFixed(1), '13647.7');
});

test('the range of talk time is that of all calls with talk, also of those that came in', () => {
  const talk = { connects: 36, conversations: 20, talkSeconds: 9000, talkSecondsSquared: 6_000_000 };
  const rangeOf = (dials: number, inboundCalls: number) => {
    const totals = { ...NO_CONTRIBUTION, ...talk, dials, inboundCalls };
    const card = scorecardOf({ totals, targets: TARGETS, weights: WEIGHTS, periodShare: 1 });
    const { low, high } = metricOf(card, 'talkSeconds');
    return { low, high };
  };
  assert.deepEqual(rangeOf(150, 50), rangeOf(200, 0));
  assert.notDeepEqual(rangeOf(150, 50), rangeOf(150, 0));
});

test('there is no score below the minimum of dials', () => {
  const totals = { ...NO_CONTRIBUTION, dials: SCORE_MINIMUM_DIALS - 1, connects: 5, conversations: 2 };
  const input = { totals, targets: TARGETS, weights: WEIGHTS, periodShare: 1 };
  assert.equal(scorecardOf(input).score, null);
  assert.equal(scorecardOf(input).scoreLow, null);
  assert.notEqual(scorecardOf({ ...input, totals: { ...totals, dials: 20 } }).score, null);
});

test('without a target a metric has no points and there is no score', () => {
  const totals = { ...NO_CONTRIBUTION, dials: 50, connects: 10, conversations: 5, talkSeconds: 900 };
  const card = scorecardOf({ totals, targets: { dials: 100 }, weights: WEIGHTS, periodShare: 1 });
  assert.equal(card.score, null);
  assert.equal(metricOf(card, 'dials').points, 7.5);
  assert.equal(metricOf(card, 'connects').points, null);
  assert.equal(scorecardOf({ totals, targets: TARGETS, weights: {}, periodShare: 1 }).score, null);
});

test('a rep without dials has no connect rate', () => {
  const card = scorecardOf({
    totals: NO_CONTRIBUTION,
    targets: TARGETS,
    weights: WEIGHTS,
    periodShare: 1,
  });
  assert.equal(metricOf(card, 'connectRate').value, null);
  assert.equal(metricOf(card, 'connectRate').points, 0);
});

test('all targets met is 100, with every metric at its weight', () => {
  const totals = {
    ...NO_CONTRIBUTION,
    dials: 600,
    connects: 120,
    conversations: 80,
    talkSeconds: 36_000,
    talkSecondsSquared: 36_000 * 450,
  };
  const card = scorecardOf({ totals, targets: TARGETS, weights: WEIGHTS, periodShare: 1 });
  assert.equal(card.score, 100);
  for (const line of card.metrics) assert.equal(line.points, line.weight);
});

test('points and weights add up exactly, and the score lies in its range', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const card = scorecardOf(input);
      const weights = card.metrics.reduce((sum, line) => sum + tenths(line.weight ?? 0), 0);
      assert.equal(weights, 1000);
      for (const line of card.metrics) {
        assert.ok(tenths(line.points ?? 0) <= tenths(line.weight ?? 0));
        if (line.value === null) continue;
        assert.ok((line.low ?? 0) <= line.value && line.value <= (line.high ?? 0));
      }
      if (card.score === null) return;
      const points = card.metrics.reduce((sum, line) => sum + tenths(line.points ?? 0), 0);
      assert.equal(points, tenths(card.score));
      assert.equal(card.score, Number(card.score.toFixed(1)));
      assert.ok((card.scoreLow ?? 0) <= card.score && card.score <= (card.scoreHigh ?? 100));
      assert.ok((card.scoreLow ?? 0) >= 0 && (card.scoreHigh ?? 0) <= 100);
    }),
  );
});

test('a better figure never lowers the score or its own points', () => {
  const improvements = fc.constantFrom('connects', 'conversations', 'talkSeconds');
  fc.assert(
    fc.property(anyInput, improvements, fc.nat(50), (input, name, more) => {
      const before = input.totals[name];
      const bound = name === 'talkSeconds' ? Number.POSITIVE_INFINITY : input.totals.dials;
      const improved = scorecardOf({
        ...input,
        totals: { ...input.totals, [name]: Math.min(before + more, bound) },
      });
      const card = scorecardOf(input);
      assert.ok((improved.score ?? 0) >= (card.score ?? 0));
      assert.ok((metricOf(improved, name).points ?? 0) >= (metricOf(card, name).points ?? 0));
    }),
  );
});

test('more dials never lower the points for dials', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(50), (input, more) => {
      const totals = { ...input.totals, dials: input.totals.dials + more };
      const [before, after] = [scorecardOf(input), scorecardOf({ ...input, totals })];
      assert.ok((metricOf(after, 'dials').value ?? 0) >= (metricOf(before, 'dials').value ?? 0));
      assert.ok((metricOf(after, 'dials').points ?? 0) >= (metricOf(before, 'dials').points ?? 0) - 0.1001);
    }),
  );
});

test('a card depends on the rep alone: working out a peer between two times changes nothing', () => {
  fc.assert(
    fc.property(anyInput, anyInput, (own, peer) => {
      const first = scorecardOf(own);
      scorecardOf(peer);
      assert.deepEqual(scorecardOf(own), first);
    }),
  );
});

test('a card lists every metric once, in the order of the contract', () => {
  const card = scorecardOf({ totals: NO_CONTRIBUTION, targets: {}, weights: {}, periodShare: 1 });
  assert.deepEqual(
    card.metrics.map(({ metric }) => metric),
    METRIC_NAMES,
  );
});
