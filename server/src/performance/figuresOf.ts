import type { Absence, Figures, LeadSpeed, Period } from '@scoreline/scoring';
import { attendanceOf, dayAfter } from '@scoreline/scoring';
import { firstDialsTo } from '../calls/index.ts';
import { absencesOf, leadsCreated, salesOf, type SalesQuestion } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import { rampOf, type Ramp } from './ramp.ts';
import { firstDayOf, tallyOfPeriod } from './repDays.ts';
import type { Tally } from './tally.ts';

/** A rep's figures of a period, with how much of the calls is evident. */
export interface PeriodFigures extends Figures {
  readonly totals: Tally;
  readonly ramp: Ramp;
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
  const asked = { ...question, startDay: period.startDay, endDay: period.endDay };
  const ramp = await rampOf(connection, question, period);
  const { tally, dailySquares } = await tallyOfPeriod(connection, question, period);
  return {
    totals: tally,
    dailySquares,
    attendance: attendanceOf(period, question.today, [
      ...(await absencesOf(connection, asked)),
      ...(await beforeFirstCall(connection, question)),
    ]),
    sales: {
      ...(await salesOf(connection, asked)),
      leads: await leadSpeedOf(connection, asked),
      rampMonths: ramp.monthsToArrive,
    },
    ramp,
  };
}

/** Nothing is asked of a rep for the days before the rep's very first call. */
async function beforeFirstCall(connection: Connection, question: FiguresQuestion): Promise<Absence[]> {
  const first = await firstDayOf(connection, question);
  return first === null ? [] : [{ firstDay: '0001-01-01', lastDay: dayAfter(first, -1), share: 1 }];
}

const MS_PER_SECOND = 1_000;
const SLOWEST_SHARE = 0.95;
/** Two-sided 95 % quantile of the standard normal distribution. */
const QUANTILE = 1.96;

/**
 * How soon a rep's leads were called. The range of the median is that of its order statistics, n/2 ± 1.96 √n/2 (Conover,
 * Practical Nonparametric Statistics, 3.2).
 */
async function leadSpeedOf(connection: Connection, question: SalesQuestion): Promise<LeadSpeed | null> {
  const leads = await leadsCreated(connection, question);
  const dials = await firstDialsTo(
    connection,
    question.orgId,
    leads.map(({ leadId }) => leadId),
  );
  const waits = leads
    .flatMap(({ leadId, createdAt }) => {
      const dialedAt = dials.get(leadId);
      return dialedAt === undefined
        ? []
        : [Math.max((dialedAt.getTime() - createdAt.getTime()) / MS_PER_SECOND, 0)];
    })
    .toSorted((left, right) => left - right);
  if (waits.length === 0) return null;
  const last = waits.length - 1;
  const at = (index: number): number => waits[Math.min(Math.max(index, 0), last)] ?? 0;
  const middle = waits.length / 2;
  const halfWidth = (QUANTILE * Math.sqrt(waits.length)) / 2;
  return {
    called: waits.length,
    medianSeconds: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2,
    lowSeconds: at(Math.floor(middle - halfWidth) - 1),
    highSeconds: at(Math.ceil(middle + halfWidth)),
    slowestSeconds: at(Math.ceil(waits.length * SLOWEST_SHARE) - 1),
  };
}
