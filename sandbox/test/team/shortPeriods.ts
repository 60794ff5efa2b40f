import { writeShortPeriods, type ShortPeriodFigure } from '@scoreline/contract';

/** What a metric was of in each month or week, oldest first; a period without a denominator to divide by is left out. */
interface Course {
  readonly of: readonly number[];
  readonly share?: readonly number[];
  /** Amounts that are divided by nothing. */
  readonly isAmount?: boolean;
}

const MONTHS = ['2026-06-01', '2026-07-01', '2026-08-01'];
const WEEK_MS = 7 * 86_400_000;
/** Up to the week of 20 August, when the card was made. */
const WEEKS = Array.from({ length: 13 }, (_, index) =>
  new Date(Date.UTC(2026, 7, 17) - (12 - index) * WEEK_MS).toISOString().slice(0, 10),
);
const HALF_WIDTH = 0.06;

const COURSES: Readonly<Record<string, { readonly months: Course; readonly weeks: Course }>> = {
  dials: {
    months: { of: [402, 468, 312] },
    weeks: { of: [92, 88, 101, 96, 84, 110, 104, 117, 98, 121, 108, 112, 64] },
  },
  connectRate: {
    months: { of: [402, 468, 312], share: [0.15, 0.17, 0.2] },
    weeks: {
      of: [92, 88, 101, 0, 84, 110, 104, 117, 98, 121, 108, 112, 64],
      share: [0.14, 0.15, 0.14, 0, 0.17, 0.16, 0.18, 0.17, 0.2, 0.18, 0.19, 0.21, 0.2],
    },
  },
  attainment: {
    months: { of: [21_000, 24_600, 12_500], isAmount: true },
    weeks: { of: [9_000, 0, 0, 12_000, 4_000, 0, 8_600, 0, 12_000, 0, 0, 12_500, 0], isAmount: true },
  },
  commitmentsKept: {
    months: { of: [14, 20, 14], share: [0.86, 0.7, 0.571] },
    weeks: {
      of: [3, 4, 3, 4, 5, 4, 6, 5, 4, 6, 4, 3, 1],
      share: [1, 0.75, 1, 0.75, 0.8, 0.75, 0.667, 0.6, 0.75, 0.667, 0.5, 0.667, 1],
    },
  },
};

/** The fields with the months and weeks of a metric; none for one that has none. */
export function shortPeriodFields(metric: string): Readonly<Record<string, string | null>> {
  const course = COURSES[metric];
  if (course === undefined) return {};
  return { Months__c: written(MONTHS, course.months), Weeks__c: written(WEEKS, course.weeks) };
}

function written(startDays: readonly string[], { of, share, isAmount = false }: Course): string | null {
  const figures = startDays.flatMap((startDay, index): ShortPeriodFigure[] => {
    const count = of[index] ?? 0;
    const fact = { startDay, numerator: count, denominator: null, low: null, high: null };
    if (share === undefined) return [{ ...fact, value: isAmount ? null : count }];
    if (count === 0) return [];
    const value = share[index] ?? 0;
    const ends = { low: Math.max(value - HALF_WIDTH, 0), high: Math.min(value + HALF_WIDTH, 1) };
    return [{ startDay, numerator: Math.round(count * value), denominator: count, value, ...ends }];
  });
  return writeShortPeriods(figures);
}
