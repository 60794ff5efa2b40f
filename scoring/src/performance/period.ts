/** Days from one to another, `YYYY-MM-DD`; both ends belong to it. */
export interface DaySpan {
  readonly startDay: string;
  readonly endDay: string;
}

/** A fiscal quarter. */
export interface Period extends DaySpan {
  /** E.g. `Q4 2026`. */
  readonly label: string;
}

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;
const WORKING_DAYS_PER_WEEK = 5;
const MONTHS_PER_YEAR = 12;
const MONTHS_PER_QUARTER = 3;

/**
 * The fiscal quarter that holds a day. A fiscal year that does not start in January is named after the calendar
 * year in which it ends or, where the org chose so, starts.
 *
 * @param day `YYYY-MM-DD`
 * @param fiscalYearStartMonth 1 (January) to 12
 * @throws RangeError when either is out of range
 */
export function quarterOf(
  day: string,
  fiscalYearStartMonth: number,
  fiscalYearNamedBy: 'start' | 'end' = 'end',
): Period {
  if (!Number.isInteger(fiscalYearStartMonth) || fiscalYearStartMonth < 1 || fiscalYearStartMonth > 12) {
    throw new RangeError(`A fiscal year starts in a month from 1 to 12, not in ${fiscalYearStartMonth}`);
  }
  const date = new Date(epochDay(day) * DAY_MS);
  const calendarYear = date.getUTCFullYear();
  const monthsIntoYear = (date.getUTCMonth() + 1 - fiscalYearStartMonth + MONTHS_PER_YEAR) % MONTHS_PER_YEAR;
  const startedLastYear = date.getUTCMonth() + 1 < fiscalYearStartMonth;
  const fiscalYearStart = calendarYear - (startedLastYear ? 1 : 0);
  const quarter = Math.floor(monthsIntoYear / MONTHS_PER_QUARTER) + 1;
  const firstMonthIndex = fiscalYearStartMonth - 1 + (quarter - 1) * MONTHS_PER_QUARTER;
  const isNamedByStart = fiscalYearStartMonth === 1 || fiscalYearNamedBy === 'start';
  const yearOfName = fiscalYearStart + (isNamedByStart ? 0 : 1);
  return {
    startDay: dayOfEpoch(Date.UTC(fiscalYearStart, firstMonthIndex, 1) / DAY_MS),
    endDay: dayOfEpoch(Date.UTC(fiscalYearStart, firstMonthIndex + MONTHS_PER_QUARTER, 1) / DAY_MS - 1),
    label: `Q${quarter} ${yearOfName}`,
  };
}

/**
 * The months that these days touch, whole, in their order. A fiscal year begins with a calendar month, so fiscal months are
 * calendar months, three to a quarter.
 */
export function monthsOf({ startDay, endDay }: DaySpan): DaySpan[] {
  const months: DaySpan[] = [];
  for (let day = startDay; day <= endDay;) {
    const date = new Date(epochDay(day) * DAY_MS);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const lastDay = dayOfEpoch(Date.UTC(year, month + 1, 1) / DAY_MS - 1);
    months.push({ startDay: dayOfEpoch(Date.UTC(year, month, 1) / DAY_MS), endDay: lastDay });
    day = dayAfter(lastDay, 1);
  }
  return months;
}

/** So many weeks in their order, the last of which holds the day. A week goes from Monday to Sunday (ISO 8601). */
export function weeksUpTo(day: string, count: number): DaySpan[] {
  const monday = epochDay(day) - weekdayOf(epochDay(day));
  return Array.from({ length: count }, (_, index) => {
    const start = monday - (count - 1 - index) * DAYS_PER_WEEK;
    return { startDay: dayOfEpoch(start), endDay: dayOfEpoch(start + DAYS_PER_WEEK - 1) };
  });
}

/** The days from the first of these spans' to the last. At least one is given. */
export function wholeOf(spans: readonly DaySpan[]): DaySpan {
  return spans.reduce((whole, { startDay, endDay }) => ({
    startDay: startDay < whole.startDay ? startDay : whole.startDay,
    endDay: endDay > whole.endDay ? endDay : whole.endDay,
  }));
}

/** The period's working days, Monday to Friday, in their order. */
export function workingDaysOf({ startDay, endDay }: DaySpan): string[] {
  const days: string[] = [];
  for (let day = epochDay(startDay); day <= epochDay(endDay); day += 1)
    if (weekdayOf(day) < WORKING_DAYS_PER_WEEK) days.push(dayOfEpoch(day));
  return days;
}

/** The day so many days after another; before it, where negative. */
export function dayAfter(day: string, days: number): string {
  return dayOfEpoch(epochDay(day) + days);
}

/** Calendar days left in a period after a day: 0 on its last day and later. */
export function daysLeft(period: Period, day: string): number {
  return Math.max(epochDay(period.endDay) - epochDay(day), 0);
}

/** 0 (Monday) to 6; the days are counted from Thursday, 1 January 1970. */
function weekdayOf(epochDayNumber: number): number {
  return (((epochDayNumber + 3) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}

function epochDay(day: string): number {
  const epochMs = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(epochMs)) throw new RangeError('A day is written YYYY-MM-DD');
  return epochMs / DAY_MS;
}

function dayOfEpoch(epochDayNumber: number): string {
  return new Date(epochDayNumber * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
