import type { DateTime, DurationLikeObject } from 'luxon';

/** A span of days: the first one, and the one after the last. */
export interface DayRange {
  readonly start: DateTime;
  readonly end: DateTime;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const LENGTHS: Readonly<Record<Unit, DurationLikeObject>> = {
  DAY: { days: 1 },
  WEEK: { weeks: 1 },
  MONTH: { months: 1 },
  QUARTER: { months: 3 },
  YEAR: { years: 1 },
};

/**
 * The days that a date literal means, e.g. `THIS_QUARTER` or `LAST_N_DAYS` with 7. Null for a word that is none.
 * `now` is in the zone of the user who asks; weeks begin on Sunday, as in the locale en_US.
 */
export function daysOfLiteral(
  name: string,
  count: number,
  now: DateTime,
  fiscalYearStartMonth: number,
): DayRange | null {
  const today = now.startOf('day');
  const fixed: Readonly<Record<string, [number, number]>> = {
    YESTERDAY: [-1, 0],
    TODAY: [0, 1],
    TOMORROW: [1, 2],
    LAST_90_DAYS: [-90, 1],
    NEXT_90_DAYS: [1, 91],
    LAST_N_DAYS: [-count, 1],
    NEXT_N_DAYS: [1, count + 1],
  };
  const days = fixed[name];
  if (days) return { start: today.plus({ days: days[0] }), end: today.plus({ days: days[1] }) };
  const words =
    /^(?:(THIS|LAST|NEXT)_|(LAST|NEXT)_N_|N_)(FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S?(_AGO)?$/.exec(name);
  if (!words) return null;
  const unit = words[4] as Unit;
  const startMonth = words[3] === undefined ? 1 : fiscalYearStartMonth;
  const current = startOfUnit(unit, today, startMonth);
  const at = (steps: number): DateTime => current.plus(timesLength(unit, steps));
  if (words[5] !== undefined) return { start: at(-count), end: at(1 - count) };
  if (words[2] === 'LAST') return { start: at(-count), end: at(0) };
  if (words[2] === 'NEXT') return { start: at(1), end: at(count + 1) };
  const step = words[1] === 'LAST' ? -1 : words[1] === 'NEXT' ? 1 : 0;
  return { start: at(step), end: at(step + 1) };
}

function startOfUnit(unit: Unit, today: DateTime, startMonth: number): DateTime {
  const monthsIntoYear = (today.month - startMonth + 12) % 12;
  switch (unit) {
    case 'DAY':
      return today;
    case 'WEEK':
      return today.minus({ days: today.weekday % 7 });
    case 'MONTH':
      return today.startOf('month');
    case 'QUARTER':
      return today.startOf('month').minus({ months: monthsIntoYear % 3 });
    case 'YEAR':
      return today.startOf('month').minus({ months: monthsIntoYear });
  }
}

function timesLength(unit: Unit, steps: number): DurationLikeObject {
  return Object.fromEntries(
    Object.entries(LENGTHS[unit]).map(([key, value]) => [key, Number(value) * steps]),
  );
}
