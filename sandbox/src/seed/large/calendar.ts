import { DateTime } from 'luxon';
import type { Country } from './numbers.ts';

/** A day on which a team works. */
export interface Workday {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Epoch milliseconds of its midnight in the team's zone. */
  readonly midnightMs: number;
  /** How busy the day is; 1 on average. */
  readonly weight: number;
}

/** Calls by month, January first: quiet in summer, busy when a quarter ends. */
const MONTHS = [0.95, 1, 1.15, 0.95, 1, 1.12, 0.82, 0.85, 1.15, 1.02, 1.08, 0.9] as const;
/** Monday to Friday. */
const WEEKDAYS = [0.95, 1.1, 1.1, 1.05, 0.8] as const;

/** A day counts from this hour on: there is little to tell of one that has just begun. */
const COUNTS_FROM_HOUR = 10;

/** The working days of a country from one moment to another, in a zone: no weekends, no holidays. */
export function workdays(from: DateTime, until: DateTime, zone: string, country: Country): Workday[] {
  const days: Workday[] = [];
  const last = until.setZone(zone).minus({ hours: COUNTS_FROM_HOUR }).startOf('day');
  for (let day = from.setZone(zone).startOf('day'); day <= last; day = day.plus({ days: 1 })) {
    if (day.weekday > 5 || isHoliday(day, country)) continue;
    const isYearEnd = day.month === 12 && day.day > 20;
    days.push({
      day: day.toISODate() ?? '',
      midnightMs: day.toMillis(),
      weight: (MONTHS[day.month - 1] ?? 1) * (WEEKDAYS[day.weekday - 1] ?? 1) * (isYearEnd ? 0.4 : 1),
    });
  }
  return days;
}

/** The larger public holidays. */
function isHoliday(day: DateTime, country: Country): boolean {
  const date = `${day.month}-${day.day}`;
  if (date === '1-1' || date === '12-25') return true;
  const weekOfMonth = Math.ceil(day.day / 7);
  const isLastWeek = day.plus({ weeks: 1 }).month !== day.month;
  const isMonday = day.weekday === 1;
  if (country === 'US') {
    if (date === '7-4' || (isMonday && day.month === 5 && isLastWeek)) return true;
    if (isMonday && day.month === 9 && weekOfMonth === 1) return true;
    const thanksgiving = day.weekday === 5 ? day.minus({ days: 1 }) : day;
    return day.month === 11 && thanksgiving.weekday === 4 && Math.ceil(thanksgiving.day / 7) === 4;
  }
  const afterEaster = Math.round(day.startOf('day').diff(easterOf(day), 'days').days);
  if (date === '12-26' || afterEaster === -2 || afterEaster === 1) return true;
  if (country === 'DE') return date === '5-1' || date === '10-3' || afterEaster === 39 || afterEaster === 50;
  return (
    isMonday && ((day.month === 5 && (weekOfMonth === 1 || isLastWeek)) || (day.month === 8 && isLastWeek))
  );
}

/** Easter Sunday of a day's year, by the anonymous Gregorian rule. */
function easterOf(day: DateTime): DateTime {
  const a = day.year % 19;
  const b = Math.floor(day.year / 100);
  const c = day.year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return DateTime.fromObject(
    { year: day.year, month: Math.floor(sum / 31), day: (sum % 31) + 1 },
    { zone: day.zone },
  );
}
