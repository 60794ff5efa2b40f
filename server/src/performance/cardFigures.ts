import type { MetricName } from '@scoreline/contract';
import {
  attendanceOf,
  shortPeriodFiguresOf,
  shortPeriodsOf,
  type DaySpan,
  type Period,
  type ShortPeriodFacts,
  type ShortPeriodFigures,
} from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';
import {
  absencesIn,
  factsOf,
  figuresFrom,
  type FiguresQuestion,
  type PeriodFacts,
  type PeriodFigures,
} from './figuresOf.ts';
import { NO_RAMP, rampOf } from './ramp.ts';

/** All figures of a rep's card. */
export interface CardFigures {
  readonly figures: PeriodFigures;
  /** Of the quarter before. */
  readonly figuresBefore: PeriodFigures;
  /** Of the quarter's months and weeks, by metric. */
  readonly shortFigures: ReadonlyMap<MetricName, ShortPeriodFigures>;
}

/** A card's quarter with the one before it. */
export interface CardPeriods {
  readonly period: Period;
  readonly before: Period;
}

/** The figures of a rep's card. Quarters, months and weeks are read together, so that the short ones cost little. */
export async function cardFiguresOf(
  connection: Connection,
  question: FiguresQuestion,
  { period, before }: CardPeriods,
): Promise<CardFigures> {
  const { today } = question;
  const { months, weeks } = shortPeriodsOf(period, today);
  const [ofPeriod, ofBefore, ...ofSpans] = await factsOf(connection, question, [
    period,
    before,
    ...months,
    ...weeks,
  ]);
  if (ofPeriod === undefined || ofBefore === undefined) throw new Error('A period has no facts');
  const absences = await absencesIn(connection, question, {
    startDay: before.startDay,
    endDay: period.endDay,
  });
  return {
    figures: figuresFrom(
      ofPeriod,
      attendanceOf(period, today, absences),
      await rampOf(connection, question, period),
    ),
    figuresBefore: figuresFrom(ofBefore, attendanceOf(before, today, absences), NO_RAMP),
    shortFigures: shortPeriodFiguresOf({
      months: shortFacts(months, ofSpans.slice(0, months.length)),
      weeks: shortFacts(weeks, ofSpans.slice(months.length)),
    }),
  };
}

/**
 * A month or week in which nobody of the org made an entry in the calendar is no proof that none is kept: it counts from the
 * first entry in these periods on.
 */
function shortFacts(spans: readonly DaySpan[], facts: readonly PeriodFacts[]): ShortPeriodFacts[] {
  const startsWithEntries = spans.flatMap(({ startDay }, index) =>
    (facts[index]?.sales.calendarMeetings ?? null) === null ? [] : [startDay],
  );
  return spans.flatMap(({ startDay }, index): ShortPeriodFacts[] => {
    const known = facts[index];
    if (known === undefined) return [];
    const isKept = startsWithEntries.some((start) => start <= startDay);
    const calendarMeetings = known.sales.calendarMeetings ?? (isKept ? 0 : null);
    return [{ startDay, totals: known.totals, sales: { ...known.sales, calendarMeetings } }];
  });
}
