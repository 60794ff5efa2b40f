import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { METRIC_NAMES, SCORE_MINIMUM_DIALS } from '@scoreline/contract';
import type { Contribution, Scorecard, ScorecardInput, TeamBase } from '@scoreline/scoring';
import { metricValuesOf, componentsOf, NO_CONTRIBUTION, NO_SALES, scorecardOf } from '@scoreline/scoring';
import { figuresWith } from '../support/figures.ts';

const TARGETS = { dials: 600, connects: 120, connectRate: 0.2, conversations: 80, talkSeconds: 36_000 };
const WEIGHTS = weighted({ dials: 15, connects: 20, connectRate: 15, conversations: 30, talkSeconds: 20 });

function weighted<Name extends string>(weights: Record<Name, number>) {
  const entries = Object.entries<number>(weights).map(([name, weight]) => [
    name,
    { weight, floor: null, cap: null },
  ]);
  return Object.fromEntries(entries) as ScorecardInput['weights'];
}

interface CardOptions {
  readonly targets?: ScorecardInput['targets'];
  readonly weights?: ScorecardInput['weights'];
  readonly base?: TeamBase;
  /** Of 100 working days. */
  readonly daysWorked?: number;
}

function cardOf(totals: Partial<Contribution>, options: CardOptions = {}): Scorecard {
  const { targets = TARGETS, weights = WEIGHTS, base = {}, daysWorked = 100 } = options;
  return scorecardOf({ figures: figuresWith(totals, { daysWorked }), targets, weights, base });
}

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
        connectTalkSeconds: sum.connectTalkSeconds + (talk >= 10 ? talk : 0),
        connectTalkSecondsSquared: sum.connectTalkSecondsSquared + (talk >= 10 ? talk * talk : 0),
      }),
      NO_CONTRIBUTION,
    ),
  );
const anyAmount = fc.double({ min: 0.01, max: 100_000, noNaN: true });
const anyWeighting = fc.record({ weight: anyAmount, floor: fc.constant(null), cap: fc.constant(null) });
const anyInput: fc.Arbitrary<ScorecardInput> = fc.record({
  figures: fc
    .tuple(anyTotals, fc.double({ min: 1, max: 100, noNaN: true }))
    .map(([totals, daysWorked]) => figuresWith(totals, { daysWorked })),
  base: fc.constantFrom<TeamBase>({}, { connect: { mean: 0.2, trialsToOutweigh: 150 } }),
  targets: fc.record({
    dials: anyAmount,
    connects: anyAmount,
    connectRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    conversations: anyAmount,
    talkSeconds: anyAmount,
  }),
  weights: fc.record(
    {
      dials: anyWeighting,
      connects: anyWeighting,
      connectRate: anyWeighting,
      conversations: anyWeighting,
      talkSeconds: anyWeighting,
    },
    { requiredKeys: ['dials'] },
  ),
});

const tenths = (value: number) => Math.round(value * 10);
const metricOf = (card: Scorecard, name: string) => {
  const found = card.metrics.find(({ metric }) => metric === name);
  assert.ok(found);
  return found;
};

test('a card worked out by hand', () => {
  const card = cardOf(
    {
      dials: 200,
      connects: 36,
      conversations: 20,
      talkSeconds: 9_000,
      talkSecondsSquared: 6_000_000,
      connectTalkSeconds: 9_000,
      connectTalkSecondsSquared: 6_000_000,
    },
    { daysWorked: 50 },
  );
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
  assert.deepEqual([metricOf(card, 'dials').low, metricOf(card, 'dials').high], [null, null]);
  // Wilson for 36 of 200: 0.1329 to 0.2391.
  assert.equal(metricOf(card, 'connectRate').low?.toFixed(4), '0.1329');
  assert.equal(metricOf(card, 'connects').high?.toFixed(2), '47.82');
});

test('there is no score below the minimum of dials', () => {
  const few = { dials: SCORE_MINIMUM_DIALS - 1, connects: 5, conversations: 2 };
  assert.equal(cardOf(few).score, null);
  assert.equal(cardOf(few).scoreLow, null);
  assert.notEqual(cardOf({ ...few, dials: SCORE_MINIMUM_DIALS }).score, null);
});

test('without a target a metric has no points and there is no score', () => {
  const totals = { dials: 50, connects: 10, conversations: 5, talkSeconds: 900 };
  const card = cardOf(totals, { targets: { dials: 100 } });
  assert.equal(card.score, null);
  assert.equal(metricOf(card, 'connects').points, null);
  assert.equal(cardOf(totals, { weights: {} }).score, null);
});

test('a metric of which nothing is known yet leaves its weight to the others', () => {
  const totals = { dials: 50, connects: 10, conversations: 5 };
  const weights = weighted({ dials: 50, commitmentsKept: 50 });
  const card = cardOf(totals, { weights, targets: { dials: 100, commitmentsKept: 0.9 } });
  assert.equal(metricOf(card, 'dials').weight, 100);
  assert.equal(card.score, 50);
});

test('less is better where the metric says so: twice the target gives nothing, the target all', () => {
  const at = (afterCallSeconds: number) =>
    cardOf(
      { dials: 50, wrappedCalls: 50, afterCallSeconds: 50 * afterCallSeconds },
      { weights: weighted({ afterCallSeconds: 1 }), targets: { afterCallSeconds: 30 } },
    ).score;
  assert.deepEqual([at(60), at(45), at(30), at(10)], [0, 50, 100, 100]);
});

test('a floor and a cap move the goalposts', () => {
  const weights = { dials: { weight: 1, floor: 100, cap: 1.2 } };
  const at = (dials: number) => cardOf({ dials }, { weights, targets: { dials: 200 } }).score;
  assert.deepEqual([at(100), at(150), at(200), at(220), at(300)], [0, 50, 100, 120, 120]);
});

test('half the days are asked for half the counts', () => {
  const totals = { dials: 300, connects: 60, conversations: 40 };
  const weights = weighted({ dials: 1, connects: 1, connectRate: 1, conversations: 1 });
  assert.equal(cardOf(totals, { weights, daysWorked: 50 }).score, 100);
  assert.ok((cardOf(totals, { weights, daysWorked: 100 }).score ?? 100) < 100);
});

test('few calls count little beside the team of the quarter before', () => {
  const base: TeamBase = { connect: { mean: 0.2, trialsToOutweigh: 100 } };
  const lucky = cardOf({ dials: 20, connects: 10 }, { base });
  const fair = metricOf(lucky, 'connectRate');
  assert.equal(fair.value, 0.5);
  assert.equal(fair.fairValue, (10 + 20) / 120);
  assert.equal(fair.ownShare.toFixed(4), (20 / 120).toFixed(4));
  const steady = metricOf(cardOf({ dials: 2_000, connects: 1_000 }, { base }), 'connectRate');
  assert.ok((steady.fairValue ?? 0) > 0.48);
});

test('a rep without dials has no connect rate', () => {
  assert.equal(metricOf(cardOf({ dials: 0, inboundCalls: 1 }), 'dials').value, 0);
  assert.equal(
    cardOf({}).metrics.some(({ metric }) => metric === 'connectRate'),
    false,
  );
});

test('all targets met is 100, with every metric at its weight', () => {
  const card = cardOf({
    dials: 600,
    connects: 120,
    conversations: 80,
    talkSeconds: 36_000,
    talkSecondsSquared: 36_000 * 450,
    connectTalkSeconds: 36_000,
    connectTalkSecondsSquared: 36_000 * 450,
  });
  assert.equal(card.score, 100);
  for (const line of card.metrics) if (line.weight !== null) assert.equal(line.points, line.weight);
});

test('points and weights add up exactly, and the score lies in its range', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const card = scorecardOf(input);
      const weights = card.metrics.reduce((sum, line) => sum + tenths(line.weight ?? 0), 0);
      assert.equal(weights, 1000);
      for (const line of card.metrics) {
        assert.ok(tenths(line.points ?? 0) <= tenths(line.weight ?? 0));
        if (line.fairValue === null || line.low === null) continue;
        const slack = 1e-9 * line.fairValue;
        assert.ok(line.low <= line.fairValue + slack && line.fairValue <= (line.high ?? 0) + slack);
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

test('another connect never lowers the score', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(50), (input, more) => {
      const { totals } = input.figures;
      const connects = Math.min(totals.connects + more, totals.dials);
      const improved = scorecardOf({
        ...input,
        figures: figuresWith({ ...totals, connects }, input.figures.attendance),
      });
      // Points are rounded apart, so a score may come out a tenth lower for each metric.
      assert.ok((improved.score ?? 0) >= (scorecardOf(input).score ?? 0) - 0.5);
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

test('every metric is worked out from its parts', () => {
  const figures = {
    ...figuresWith({
      dials: 780,
      connects: 142,
      conversations: 118,
      meetings: 31,
      talkSeconds: 30_000,
      talkSecondsSquared: 9_000_000,
      connectTalkSeconds: 29_000,
      connectTalkSecondsSquared: 8_900_000,
      wrappedCalls: 700,
      afterCallSeconds: 14_000,
      afterCallSecondsSquared: 400_000,
      handledDials: 700,
      handleSeconds: 70_000,
      handleSecondsSquared: 9_000_000,
      speechCalls: 100,
      talkRatioPerMille: 43_000,
      talkRatioPerMilleSquared: 19_000_000,
    }),
    sales: {
      ...NO_SALES,
      quota: 100_000,
      wonAmount: 77_000,
      openAmount: 46_000,
      cohort: { won: 20, lost: 30, open: 10, wonAmount: 200_000, wonCycleDays: 1_000 },
      commitments: { due: 34, kept: 22 },
      leads: { called: 12, medianSeconds: 600, lowSeconds: 300, highSeconds: 1_500, slowestSeconds: 9_000 },
      rampMonths: 4,
    },
  };
  const values = metricValuesOf(figures, componentsOf(figures, {}));
  const shown = METRIC_NAMES.map((metric) => [metric, values.get(metric)?.value?.toFixed(3)]);
  assert.deepEqual(Object.fromEntries(shown), {
    dials: '780.000',
    connects: '142.000',
    connectRate: '0.182',
    conversations: '118.000',
    talkSeconds: '30000.000',
    meetingsPerConversation: '0.263',
    meetingsPerDial: '0.040',
    afterCallSeconds: '20.000',
    handleSeconds: '100.000',
    speedToLeadSeconds: '600.000',
    talkRatio: '0.430',
    attainment: '0.770',
    pipelineCoverage: '2.000',
    winRate: '0.400',
    // 10 open × 0.4 × 10,000 each ÷ 50 days.
    salesVelocity: '800.000',
    commitmentsKept: '0.647',
    rampMonths: '4.000',
  });
});

test('a meeting needs the word on the phone and the entry in the calendar', () => {
  const meetingsWith = (calendarMeetings: number | null) => {
    const figures = {
      ...figuresWith({ dials: 100, connects: 50, conversations: 40, meetings: 20 }),
      sales: { ...NO_SALES, calendarMeetings },
    };
    return metricValuesOf(figures, componentsOf(figures, {})).get('meetingsPerConversation')?.numerator;
  };
  assert.deepEqual([null, 0, 5, 30].map(meetingsWith), [20, 0, 5, 20]);
});
