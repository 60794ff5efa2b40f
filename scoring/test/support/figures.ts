import type { Attendance, Contribution, Figures } from '@scoreline/scoring';
import { NO_CONTRIBUTION, NO_SALES } from '@scoreline/scoring';

/** Figures of a period of 100 working days, with these totals and no sales. */
export function figuresWith(totals: Partial<Contribution>, attendance: Partial<Attendance> = {}): Figures {
  return {
    totals: { ...NO_CONTRIBUTION, ...totals },
    dailySquares: { dials: 0, connects: 0, conversations: 0 },
    attendance: { workingDays: 100, daysAvailable: 100, daysWorked: 100, ...attendance },
    sales: NO_SALES,
  };
}
