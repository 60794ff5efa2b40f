import { METRICS } from 'c/callContract';
import type { MetricName, ShortPeriodFigure } from 'c/callContract';
import { dayAfter, formatCount, formatDays, formatMonth, formatShortAmount } from 'c/figureFormat';
import type { MetricPeriods, PeriodKind, Scorecard } from 'c/scorecardRecords';
import { figureWords, fractionWords, rangeWords } from './metricWords.ts';

/** A month or week of a card. */
export interface ShortPeriod {
  /** `YYYY-MM-DD` */
  readonly startDay: string;
  readonly endDay: string;
  /** `Nov 2026`, `Nov 23 – 29` */
  readonly name: string;
}

/** What a metric was in a period, in words. */
export interface PeriodLine {
  readonly key: string;
  readonly name: string;
  /** `18.2%`; undefined where there was nothing to measure. */
  readonly figure: string | undefined;
  /** `142 of 780`, `9 calls with an outcome`: what it was made of. */
  readonly basis: string | undefined;
  /** `15.7% to 21.1%`, or that it is exact. */
  readonly range: string | undefined;
  /** By which a line is drawn. */
  readonly size: number | undefined;
}

const LAST_DAY_OF_WEEK = 6;

/** The card's months or weeks, oldest first. A week is cut where the card's quarter ends. */
export function shortPeriodsOf(
  { periods, periodEnd }: Pick<Scorecard, 'periods' | 'periodEnd'>,
  kind: PeriodKind,
): ShortPeriod[] {
  const startDays = new Set(periods.flatMap((metric) => metric[kind].map(({ startDay }) => startDay)));
  return [...startDays].sort().map((startDay) => {
    if (kind === 'months') return { startDay, endDay: lastDayOfMonth(startDay), name: formatMonth(startDay) };
    const sunday = dayAfter(startDay, LAST_DAY_OF_WEEK);
    const endDay = periodEnd !== undefined && periodEnd < sunday ? periodEnd : sunday;
    return { startDay, endDay, name: formatDays(startDay, endDay) };
  });
}

/** A metric's line for each of these periods. */
export function periodLines(
  metric: MetricPeriods,
  kind: PeriodKind,
  periods: readonly ShortPeriod[],
): PeriodLine[] {
  const figures = new Map(metric[kind].map((figure) => [figure.startDay, figure]));
  return periods.map(({ startDay, name }) => {
    const figure = figures.get(startDay);
    return { key: startDay, name, ...(figure === undefined ? NOTHING : wordsOf(metric.name, figure)) };
  });
}

const NOTES: Partial<Record<MetricName, string>> = {
  attainment: 'A quota is for a longer time: here is what was won.',
  winRate: 'It looks back over four quarters, so neighbours share most of their opportunities.',
};

/** What is other about a metric's months and weeks than its definition says. */
export function shortPeriodNote(name: MetricName): string | undefined {
  return NOTES[name];
}

const NOTHING = { figure: undefined, basis: undefined, range: undefined, size: undefined };

function wordsOf(name: MetricName, figure: ShortPeriodFigure): Omit<PeriodLine, 'key' | 'name'> {
  const { numerator, denominator, value, low, high } = figure;
  // What was won in a month or week has no quota to be divided by.
  if (name === 'attainment')
    return { figure: formatShortAmount(numerator), basis: 'won', range: undefined, size: numerator };
  if (value === null) return NOTHING;
  return {
    figure: figureWords({ name }, value),
    basis: basisOf(name, numerator, denominator),
    range:
      low === null || high === null
        ? rangeWords({ name })
        : `${figureWords({ name }, low)} to ${figureWords({ name }, high)}`,
    size: value,
  };
}

/** A share is so many of so many; a mean is over so many. */
function basisOf(name: MetricName, numerator: number, denominator: number | null): string | undefined {
  if (denominator === null) return undefined;
  const fraction = fractionWords({ name, numerator, denominator });
  if (fraction !== undefined) return fraction;
  const counted = METRICS[name].denominator ?? '';
  return `${formatCount(denominator)} ${denominator === 1 ? counted.replace(/s\b/u, '') : counted}`;
}

function lastDayOfMonth(firstDay: string): string {
  const date = new Date(`${firstDay}T00:00:00Z`);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}
