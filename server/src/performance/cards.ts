import { METRIC_NAMES, type MetricName } from '@scoreline/contract';
import {
  DEFINITION_VERSION,
  daysLeft,
  inForceOn,
  quarterOf,
  scorecardOf,
  workingDayShare,
  type Period,
} from '@scoreline/scoring';
import type { DateTime } from 'luxon';
import {
  targetsOf,
  weightsOf,
  type OrganizationCopy,
  type RepCards,
  type ScorecardPublication,
} from '../crm/index.ts';
import type { Connection, Database } from '../database/index.ts';
import { tallyOfPeriod } from './contributions.ts';
import type { RepToRollUp } from './rollUpRep.ts';
import { changedDays, lockRollUp } from './rollUps.ts';

interface CardRequest {
  readonly rep: RepToRollUp;
  readonly period: Period;
  /** Today in the rep's zone. */
  readonly today: string;
  readonly watermark: number;
  readonly calculatedAt: string;
}

/**
 * The rep's card of the current quarter, and that of any earlier quarter whose figures changed since it was
 * published. All are of one ledger position: they are read under the rep's lock.
 */
export async function cardsOf(
  database: Database,
  rep: RepToRollUp,
  organization: OrganizationCopy,
  now: DateTime<true>,
): Promise<RepCards> {
  const { orgId, userId, basis, timeZone } = rep;
  const today = now.setZone(timeZone).toISODate();
  if (today === null) throw new RangeError('The zone is not valid');
  return database.transaction(async (connection) => {
    const watermark = await lockRollUp(connection, orgId, userId, basis);
    const days = [...(await changedDays(connection, orgId, userId)), today];
    const periods = days.map((day) =>
      quarterOf(day, organization.fiscalYearStartMonth, organization.fiscalYearNamedBy),
    );
    const cards: ScorecardPublication[] = [];
    for (const period of new Map(periods.map((each) => [each.startDay, each])).values())
      cards.push(
        await cardOf(connection, { rep, period, today, watermark, calculatedAt: now.toUTC().toISO() }),
      );
    return { userId, cards, position: watermark, day: today };
  });
}

async function cardOf(connection: Connection, request: CardRequest): Promise<ScorecardPublication> {
  const { rep, period, today, watermark, calculatedAt } = request;
  const { orgId, userId, basis } = rep;
  const totals = await tallyOfPeriod(connection, orgId, userId, period);
  // An ended period keeps the targets and weights of its last day.
  const goalsDay = today < period.endDay ? today : period.endDay;
  const card = scorecardOf({
    totals,
    targets: perMetric(inForceOn(await targetsOf(connection, orgId, userId), goalsDay)),
    weights: perMetric(inForceOn(await weightsOf(connection, orgId), goalsDay)),
    periodShare: workingDayShare(period, today),
  });
  return {
    userId,
    periodStart: period.startDay,
    periodEnd: period.endDay,
    periodLabel: period.label,
    daysLeft: daysLeft(period, today),
    score: card.score,
    scoreLow: card.scoreLow,
    scoreHigh: card.scoreHigh,
    dials: totals.dials,
    connects: totals.connects,
    conversations: totals.conversations,
    talkSeconds: totals.talkSeconds,
    callsLogged: totals.callsLogged,
    callsPending: totals.callsPending,
    callsContradicted: totals.callsContradicted,
    evidenceBasis: basis,
    watermark,
    definitionVersion: DEFINITION_VERSION,
    calculatedAt,
    metrics: card.metrics,
  };
}

/** Amounts by metric; a name that is no metric of this version is left out. */
function perMetric(amounts: ReadonlyMap<string, number>): Partial<Record<MetricName, number>> {
  return Object.fromEntries(
    METRIC_NAMES.flatMap((name) => {
      const amount = amounts.get(name);
      return amount === undefined ? [] : [[name, amount]];
    }),
  );
}
