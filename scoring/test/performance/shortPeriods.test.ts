import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METRIC_NAMES } from '@scoreline/contract';
import {
  componentsOf,
  dayAfter,
  metricValuesOf,
  monthsOf,
  NO_SALES,
  quarterOf,
  shortPeriodFiguresOf,
  shortPeriodsOf,
  wholeOf,
  wilsonInterval,
  type DaySpan,
  type MetricFacts,
} from '@scoreline/scoring';
import fc from 'fast-check';
import { figuresWith } from '../support/figures.ts';

const DAY_MS = 86_400_000;
const anyDay = fc
  .integer({ min: Date.UTC(1970, 0, 1) / DAY_MS, max: Date.UTC(2100, 11, 31) / DAY_MS })
  .map((epochDay) => new Date(epochDay * DAY_MS).toISOString().slice(0, 10));
const anyMonth = fc.integer({ min: 1, max: 12 });

function assertTiled(spans: readonly DaySpan[], whole: DaySpan): void {
  assert.deepEqual(wholeOf(spans), whole);
  for (const [index, { startDay, endDay }] of spans.entries()) {
    assert.ok(startDay <= endDay);
    if (index > 0) assert.equal(startDay, dayAfter(spans[index - 1]?.endDay ?? '', 1));
  }
}

test('three months tile a quarter, whichever month the fiscal year starts in', () => {
  fc.assert(
    fc.property(anyDay, anyMonth, (day, fiscalYearStartMonth) => {
      const { startDay, endDay } = quarterOf(day, fiscalYearStartMonth);
      const months = monthsOf({ startDay, endDay });
      assert.equal(months.length, 3);
      assertTiled(months, { startDay, endDay });
    }),
  );
});

test('the quarter’s first month begins where the fiscal year says, for every month', () => {
  for (let start = 1; start <= 12; start += 1) {
    const firstOfYear = `2026-${String(start).padStart(2, '0')}-01`;
    const [first] = monthsOf(quarterOf(firstOfYear, start));
    assert.equal(first?.startDay, firstOfYear);
  }
});

test('a quarter has its months so far and the one before, and thirteen weeks from a Monday to today', () => {
  fc.assert(
    fc.property(anyDay, anyMonth, (day, fiscalYearStartMonth) => {
      const quarter = quarterOf(day, fiscalYearStartMonth);
      const { months, weeks } = shortPeriodsOf(quarter, day);
      assertTiled(months, wholeOf(months));
      assert.equal(months[1]?.startDay, quarter.startDay);
      assert.ok((months.at(-1)?.startDay ?? '') <= day && day <= (months.at(-1)?.endDay ?? ''));
      assert.equal(weeks.length, 13);
      assertTiled(weeks, wholeOf(weeks));
      for (const { startDay } of weeks) assert.equal(new Date(`${startDay}T00:00:00Z`).getUTCDay(), 1);
      assert.ok((weeks.at(-1)?.startDay ?? '') <= day && day <= (weeks.at(-1)?.endDay ?? ''));
    }),
  );
});

test('once the quarter is over its months are four, and its last week ends with it', () => {
  const { months, weeks } = shortPeriodsOf(quarterOf('2026-09-30', 1), '2026-11-28');
  assert.deepEqual(
    months.map(({ startDay }) => startDay),
    ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01'],
  );
  assert.deepEqual(weeks.at(-1), { startDay: '2026-09-28', endDay: '2026-09-30' });
  assert.deepEqual(weeks.at(-2), { startDay: '2026-09-21', endDay: '2026-09-27' });
});

const MONTH: MetricFacts = {
  totals: {
    ...figuresWith({}).totals,
    dials: 40,
    connects: 10,
    conversations: 6,
    meetings: 2,
    talkSeconds: 1_800,
    wrappedCalls: 9,
    afterCallSeconds: 270,
    afterCallSecondsSquared: 9_000,
    speechCalls: 6,
    talkRatioPerMille: 2_700,
  },
  sales: {
    ...NO_SALES,
    quota: 50_000,
    wonAmount: 9_000,
    openAmount: 4_000,
    cohort: { won: 4, lost: 8, open: 3, wonAmount: 20_000, wonCycleDays: 120 },
    commitments: { due: 5, kept: 4 },
    rampMonths: 3,
  },
};
const figuresOf = (facts: MetricFacts) =>
  shortPeriodFiguresOf({ months: [{ startDay: '2026-11-01', ...facts }], weeks: [] });

test('a month’s figures are the rep’s own, with a quarter’s ranges and no lean on the team', () => {
  const figures = figuresOf(MONTH);
  const range = wilsonInterval(10, 40);
  assert.deepEqual(figures.get('connectRate')?.months, [
    { startDay: '2026-11-01', numerator: 10, denominator: 40, value: 0.25, ...range },
  ]);
  const quarter = metricValuesOf(MONTH, componentsOf(MONTH, {}));
  for (const metric of METRIC_NAMES.filter((name) => name !== 'attainment' && figures.has(name))) {
    const { value, numerator, denominator, low, high } = quarter.get(metric) ?? {};
    const expected = { startDay: '2026-11-01', numerator, denominator, value, low, high };
    assert.deepEqual(figures.get(metric)?.months, [expected], metric);
  }
});

test('of attainment there is what was won; what needs a quarter has no figure', () => {
  const figures = figuresOf(MONTH);
  const nothing = { denominator: null, value: null, low: null, high: null };
  assert.deepEqual(figures.get('attainment')?.months, [
    { startDay: '2026-11-01', numerator: 9_000, ...nothing },
  ]);
  for (const metric of ['pipelineCoverage', 'salesVelocity', 'rampMonths'] as const)
    assert.equal(figures.has(metric), false, metric);
});

test('a month without a call has no rate and nought dials, and without a win no attainment', () => {
  const figures = figuresOf({ totals: figuresWith({}).totals, sales: NO_SALES });
  assert.equal(figures.get('dials')?.months[0]?.value, 0);
  assert.equal(figures.has('connectRate'), false);
  assert.equal(figures.has('attainment'), false);
});
