import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METRIC_NAMES } from '@scoreline/contract';
import { metricChange, NO_SALES, verdictAmong, type Figures } from '@scoreline/scoring';
import { figuresWith } from '../support/figures.ts';

const before = figuresWith({ dials: 800, connects: 112, conversations: 90 });
const now = figuresWith({ dials: 780, connects: 142, conversations: 118 });

test('a connect rate of 142 of 780 after 112 of 800 is improved by Newcombe’s difference', () => {
  const change = metricChange('connectRate', now, before);
  assert.ok(change);
  assert.deepEqual(
    [change.difference, change.low, change.high].map((share) => (100 * share).toFixed(1)),
    ['4.2', '0.6', '7.8'],
  );
  assert.equal(verdictAmong(change, [], 'connectRate'), 'improved');
});

test('among many peers who did not change, a change that chance makes one time in forty is no evidence', () => {
  const change = metricChange('connectRate', now, before);
  assert.ok(change && change.pValue < 0.03);
  assert.equal(verdictAmong(change, new Array<number>(19).fill(0.6), 'connectRate'), 'noEvidence');
});

test('counts are compared by the day worked: half the calls in half the days is no change', () => {
  const half = figuresWith({ dials: 400 }, { daysWorked: 50 });
  const change = metricChange('dials', half, figuresWith({ dials: 800 }));
  assert.equal(change?.difference, 0);
});

test('days that were filled unevenly make a count less certain', () => {
  const evenly = { ...now, dailySquares: { dials: (780 * 780) / 100, connects: 0, conversations: 0 } };
  const unevenly = { ...now, dailySquares: { dials: (780 * 780) / 10, connects: 0, conversations: 0 } };
  const width = (figures: Figures) => {
    const change = metricChange('dials', figures, before);
    return (change?.high ?? 0) - (change?.low ?? 0);
  };
  assert.ok(width(unevenly) > 2 * width(evenly));
});

test('shorter after-call work is an improvement', () => {
  const seconds = (mean: number) =>
    figuresWith({
      wrappedCalls: 400,
      afterCallSeconds: 400 * mean,
      afterCallSecondsSquared: 400 * (mean * mean + 100),
    });
  const change = metricChange('afterCallSeconds', seconds(20), seconds(30));
  assert.ok(change);
  assert.equal(verdictAmong(change, [], 'afterCallSeconds'), 'improved');
});

test('one large deal does not make attainment improved', () => {
  const sold = (amounts: readonly number[]) => ({
    ...figuresWith({}),
    sales: {
      ...NO_SALES,
      quota: 100_000,
      wonAmount: amounts.reduce((sum, amount) => sum + amount, 0),
      wonAmountSquared: amounts.reduce((sum, amount) => sum + amount * amount, 0),
    },
  });
  const byOneDeal = metricChange('attainment', sold([5_000, 60_000]), sold([5_000]));
  assert.ok(byOneDeal);
  assert.equal(verdictAmong(byOneDeal, [], 'attainment'), 'noEvidence');
  const byMany = metricChange('attainment', sold(new Array<number>(60).fill(1_500)), sold([5_000]));
  assert.ok(byMany);
  assert.equal(verdictAmong(byMany, [], 'attainment'), 'improved');
});

test('what looks back over the same quarters is not judged by the quarter', () => {
  const judged = METRIC_NAMES.filter((metric) => metricChange(metric, rich, rich) !== null);
  assert.deepEqual(
    METRIC_NAMES.filter((metric) => !judged.includes(metric)),
    ['talkRatio', 'pipelineCoverage', 'winRate', 'salesVelocity', 'rampMonths'],
  );
});

const rich: Figures = {
  ...figuresWith({
    dials: 780,
    connects: 142,
    conversations: 118,
    meetings: 20,
    talkSeconds: 9_000,
    talkSecondsSquared: 900_000,
    wrappedCalls: 3,
    afterCallSeconds: 60,
    handledDials: 3,
    handleSeconds: 90,
    speechCalls: 2,
  }),
  sales: {
    ...NO_SALES,
    quota: 1,
    commitments: { due: 2, kept: 1 },
    cohort: { won: 1, lost: 1, open: 1, wonAmount: 1, wonCycleDays: 1 },
    leads: { called: 3, medianSeconds: 5, lowSeconds: 1, highSeconds: 9, slowestSeconds: 9 },
    rampMonths: 2,
  },
};
