import type { DaySpan, LeadSpeed } from '@scoreline/scoring';
import { wholeOf } from '@scoreline/scoring';
import { firstDialsTo } from '../calls/index.ts';
import { leadsCreated, type SalesQuestion } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';

const MS_PER_SECOND = 1_000;
const SLOWEST_SHARE = 0.95;
/** Two-sided 95 % quantile of the standard normal distribution. */
const QUANTILE = 1.96;

/** How soon a rep's leads of each of these periods were called; null where none was. */
export async function leadSpeedsOf(
  connection: Connection,
  question: Pick<SalesQuestion, 'orgId' | 'userId' | 'timeZone' | 'today'>,
  periods: readonly DaySpan[],
): Promise<(LeadSpeed | null)[]> {
  const leads = await leadsCreated(connection, { ...question, ...wholeOf(periods) });
  if (leads.length === 0) return periods.map(() => null);
  const dials = await firstDialsTo(
    connection,
    question.orgId,
    leads.map(({ leadId }) => leadId),
  );
  const called = leads.flatMap(({ leadId, createdAt, createdDay }) => {
    const dialedAt = dials.get(leadId);
    if (dialedAt === undefined) return [];
    return [{ createdDay, seconds: Math.max((dialedAt.getTime() - createdAt.getTime()) / MS_PER_SECOND, 0) }];
  });
  return periods.map(({ startDay, endDay }) => {
    const own = called.filter(({ createdDay }) => createdDay >= startDay && createdDay <= endDay);
    return speedOf(own.map(({ seconds }) => seconds));
  });
}

/**
 * The median with the range of its order statistics, n/2 ± 1.96 √n/2 (Conover, Practical Nonparametric Statistics, 3.2).
 */
function speedOf(seconds: readonly number[]): LeadSpeed | null {
  if (seconds.length === 0) return null;
  const waits = seconds.toSorted((left, right) => left - right);
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
