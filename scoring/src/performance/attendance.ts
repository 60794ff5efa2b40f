import type { Period } from './period.ts';
import { workingDaysOf } from './period.ts';

/** A time in which a rep works less or not at all. Days are `YYYY-MM-DD`, both included. */
export interface Absence {
  readonly firstDay: string;
  readonly lastDay: string;
  /** Of each day, 0 to 1; a rep with a four-day week is away for 0.2 of all days. */
  readonly share: number;
}

/** How much of a period a rep works. Working days are Monday to Friday; parts of days count as parts. */
export interface Attendance {
  /** Of the whole period, for somebody who is never away. */
  readonly workingDays: number;
  /** Of the whole period, less absences. */
  readonly daysAvailable: number;
  /** Those that have begun. */
  readonly daysWorked: number;
}

/**
 * How much of a period a rep works, and has worked by the end of a day. Absences of one day add up to at most the day.
 * Before the first working day has begun the period counts as one working day old, so that nothing is asked for yet is
 * never divided by nothing.
 */
export function attendanceOf(period: Period, today: string, absences: readonly Absence[]): Attendance {
  const until = today < period.startDay ? period.startDay : today;
  let workingDays = 0;
  let daysAvailable = 0;
  let daysWorked = 0;
  for (const day of workingDaysOf(period)) {
    const away = absences
      .filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)
      .reduce((sum, { share }) => sum + Math.max(share, 0), 0);
    const present = 1 - Math.min(away, 1);
    workingDays += 1;
    daysAvailable += present;
    if (day <= until) daysWorked += present;
  }
  const hasBegun = daysWorked > 0 || daysAvailable === 0;
  return { workingDays, daysAvailable, daysWorked: hasBegun ? daysWorked : Math.min(1, daysAvailable) };
}
