import type { Absence, DailySquares, DaySpan, Figures, Period, SalesFigures } from '@scoreline/scoring';
import { attendanceOf, dayAfter, wholeOf } from '@scoreline/scoring';
import { absencesOf, salesOfPeriods } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { leadSpeedsOf } from './leadSpeeds.ts';
import { rampOf, type Ramp } from './ramp.ts';
import { daysOf, firstDayOf, tallyOf } from './repDays.ts';
import type { Tally } from './tally.ts';

/** A rep's figures of a period, with how much of the calls is evident. */
export interface PeriodFigures extends Figures {
  readonly totals: Tally;
  readonly ramp: Ramp;
}

/** What the ledger and the org's copies tell of a period, before anything is made of it. */
export interface PeriodFacts {
  readonly totals: Tally;
  readonly dailySquares: DailySquares;
  readonly sales: SalesFigures;
}

/** Whose figures, as they stand on a day of the rep's zone. */
export interface FiguresQuestion {
  readonly orgId: string;
  readonly userId: string;
  readonly timeZone: string;
  readonly roleId: string | null;
  readonly today: string;
}

/**
 * Everything that a rep's card of a period is made of. Costs the same however many calls the ledger holds. Without a role
 * nobody is new.
 */
export async function figuresOf(
  connection: Connection,
  question: FiguresQuestion,
  period: Period,
): Promise<PeriodFigures> {
  const [facts] = await factsOf(connection, question, [period]);
  if (facts === undefined) throw new Error('A period has no facts');
  const absences = await absencesIn(connection, question, period);
  return figuresFrom(
    facts,
    attendanceOf(period, question.today, absences),
    await rampOf(connection, question, period),
  );
}

/** The facts of several periods, in their order. Each source is read once for all of them. */
export async function factsOf(
  connection: Connection,
  question: FiguresQuestion,
  periods: readonly DaySpan[],
): Promise<PeriodFacts[]> {
  const days = await daysOf(connection, question, wholeOf(periods));
  const sales = await salesOfPeriods(connection, question, periods);
  const leads = await leadSpeedsOf(connection, question, periods);
  return periods.map((period, index) => {
    const sold = sales[index];
    if (sold === undefined) throw new Error('A sum has no row');
    return { ...tallyOf(days, period), sales: { ...sold, leads: leads[index] ?? null, rampMonths: null } };
  });
}

export function figuresFrom(
  facts: PeriodFacts,
  attendance: Figures['attendance'],
  ramp: Ramp,
): PeriodFigures {
  return { ...facts, sales: { ...facts.sales, rampMonths: ramp.monthsToArrive }, attendance, ramp };
}

/** When the rep is away; nothing is asked of a rep either for the days before the rep's very first call. */
export async function absencesIn(
  connection: Connection,
  question: FiguresQuestion,
  span: DaySpan,
): Promise<Absence[]> {
  const absences = await absencesOf(connection, { ...question, ...span });
  const first = await firstDayOf(connection, question);
  const notYet = first === null ? [] : [{ firstDay: '0001-01-01', lastDay: dayAfter(first, -1), share: 1 }];
  return [...absences, ...notYet];
}
