import type { MetricName, ShortPeriodFigure } from '@scoreline/contract';
import { METRIC_NAMES, WEEKS_OF_A_CARD } from '@scoreline/contract';
import { componentsOf } from './components.ts';
import type { MetricFacts } from './figures.ts';
import { metricValuesOf } from './metricValues.ts';
import { dayAfter, monthsOf, weeksUpTo, type DaySpan, type Period } from './period.ts';

/** The months and weeks whose figures stand beside a quarter's, oldest first. */
export interface ShortPeriods {
  readonly months: readonly DaySpan[];
  readonly weeks: readonly DaySpan[];
}

/** What a month or week adds up to. */
export interface ShortPeriodFacts extends MetricFacts {
  readonly startDay: string;
}

/** One metric's figures of months and weeks, oldest first. */
export interface ShortPeriodFigures {
  readonly months: readonly ShortPeriodFigure[];
  readonly weeks: readonly ShortPeriodFigure[];
}

/** Of these a month or week that is over has no figures: nobody knows any more what was open, or nobody ramps twice. */
const OF_QUARTERS_ONLY: ReadonlySet<MetricName> = new Set([
  'pipelineCoverage',
  'salesVelocity',
  'rampMonths',
]);

/**
 * The months of a quarter that have begun and the one before it; and the last weeks up to today. Of a quarter that is
 * over, the weeks end with it, so that its card does not go on to change.
 *
 * @param today `YYYY-MM-DD`, not before the quarter
 */
export function shortPeriodsOf(quarter: Period, today: string): ShortPeriods {
  const lastDay = today < quarter.endDay ? today : quarter.endDay;
  return {
    months: monthsOf({ startDay: dayAfter(quarter.startDay, -1), endDay: lastDay }),
    weeks: weeksUpTo(lastDay, WEEKS_OF_A_CARD).map(({ startDay, endDay }) => ({
      startDay,
      endDay: endDay < quarter.endDay ? endDay : quarter.endDay,
    })),
  };
}

/**
 * The figures of months and weeks by metric, from the rep's own calls and records: so few are not mixed with the team's,
 * since that would say more of the team than of the week. Their ranges are made as a quarter's are. A period of which a
 * metric knows nothing has no figure, and a metric of which no period knows anything is left out.
 */
export function shortPeriodFiguresOf(facts: {
  readonly months: readonly ShortPeriodFacts[];
  readonly weeks: readonly ShortPeriodFacts[];
}): ReadonlyMap<MetricName, ShortPeriodFigures> {
  const months = facts.months.map(figuresByMetric);
  const weeks = facts.weeks.map(figuresByMetric);
  return new Map(
    METRIC_NAMES.flatMap((metric): [MetricName, ShortPeriodFigures][] => {
      const figures = { months: figuresOf(metric, months), weeks: figuresOf(metric, weeks) };
      const isKnown = [...figures.months, ...figures.weeks].some(saysSomething);
      return isKnown ? [[metric, figures]] : [];
    }),
  );
}

function figuresOf(
  metric: MetricName,
  periods: readonly ReadonlyMap<MetricName, ShortPeriodFigure>[],
): ShortPeriodFigure[] {
  return periods.flatMap((figures) => figures.get(metric) ?? []);
}

function saysSomething({ value, numerator }: ShortPeriodFigure): boolean {
  return value !== null || numerator !== 0;
}

function figuresByMetric(facts: ShortPeriodFacts): ReadonlyMap<MetricName, ShortPeriodFigure> {
  const values = metricValuesOf(facts, componentsOf(facts, {}));
  const figures = METRIC_NAMES.flatMap((metric): [MetricName, ShortPeriodFigure][] => {
    const known = values.get(metric);
    if (known === undefined || metric === 'attainment' || OF_QUARTERS_ONLY.has(metric)) return [];
    const { numerator, denominator, value, low, high } = known;
    return [[metric, { startDay: facts.startDay, numerator, denominator, value, low, high }]];
  });
  return new Map([...figures, ['attainment', wonAmountOf(facts)]]);
}

/** A quota says from when it holds and not how long, so what was won in a month or week has nothing to be divided by. */
function wonAmountOf({ startDay, sales }: ShortPeriodFacts): ShortPeriodFigure {
  return { startDay, numerator: sales.wonAmount, denominator: null, value: null, low: null, high: null };
}
