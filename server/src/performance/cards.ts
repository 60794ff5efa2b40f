import { METRIC_NAMES, type MetricName } from '@scoreline/contract';
import {
  dayAfter,
  DEFINITION_VERSION,
  daysLeft,
  inForceOn,
  leversOf,
  quarterOf,
  scorecardOf,
  type Period,
  type ScorecardInput,
  type Weighting,
} from '@scoreline/scoring';
import type { DateTime } from 'luxon';
import {
  chancesOf,
  changedSalesDays,
  targetsOf,
  weightsOf,
  type OrganizationCopy,
  type RepCards,
  type ScorecardPublication,
} from '../crm/index.ts';
import type { Connection, Database } from '../database/index.ts';
import { closedPeriodsOf } from './close/closedPeriods.ts';
import { comparedCard } from './comparedCard.ts';
import { cardFiguresOf } from './cardFigures.ts';
import type { FiguresQuestion } from './figuresOf.ts';
import { lastCallDay } from './lastCall.ts';
import type { RepToRollUp } from './rollUps.ts';
import { changedDays, lockedPosition, publishedAt } from './rollUps.ts';
import { teamBaseFor } from './teamBase.ts';

/** A rep whose cards are made. */
export type RepWithCards = RepToRollUp & { readonly roleId: string | null };

interface CardRequest {
  readonly rep: RepWithCards;
  readonly question: FiguresQuestion;
  readonly period: Period;
  /** The quarter before. */
  readonly before: Period;
  readonly watermark: number;
  readonly calculatedAt: string;
}

/** Sales facts of quarters before the last one move no card any more. */
const OPEN_QUARTERS_DAYS = 92;
/** Levers need few deals: the largest moves most. */
const DEALS_LOOKED_AT = 3;

/**
 * The rep's card of the current quarter, and those of earlier quarters whose figures changed since they were published,
 * oldest first; none of a closed quarter. All are of one ledger position: they are read under the rep's lock.
 */
export async function cardsOf(
  database: Database,
  rep: RepWithCards,
  organization: OrganizationCopy,
  now: DateTime<true>,
): Promise<RepCards> {
  const { userId, timeZone } = rep;
  const today = now.setZone(timeZone).toISODate();
  if (today === null) throw new RangeError('The zone is not valid');
  const question = { ...rep, today };
  return database.transaction(async (connection) => {
    const watermark = await lockedPosition(connection, rep);
    const current = quarterIn(organization, today);
    const days = await daysToPublish(connection, rep, current);
    const periods = new Map([...days, today].map((day) => quarterIn(organization, day)).map(byStart));
    const closed = await closedPeriodsOf(connection, rep.orgId, userId);
    const cards: ScorecardPublication[] = [];
    for (const period of [...periods.values()].toSorted(inOrder)) {
      if (period.startDay > today || closed.has(period.startDay)) continue;
      const before = quarterIn(organization, dayAfter(period.startDay, -1));
      const calculatedAt = now.toUTC().toISO();
      cards.push(await cardOf(connection, { rep, question, period, before, watermark, calculatedAt }));
    }
    return { userId, cards, position: watermark, day: today };
  });
}

function quarterIn(organization: OrganizationCopy, day: string): Period {
  return quarterOf(day, organization.fiscalYearStartMonth, organization.fiscalYearNamedBy);
}

function byStart(period: Period): [string, Period] {
  return [period.startDay, period];
}

function inOrder(left: Period, right: Period): number {
  return left.startDay < right.startDay ? -1 : 1;
}

async function daysToPublish(connection: Connection, rep: RepWithCards, current: Period): Promise<string[]> {
  const ofCalls = await changedDays(connection, rep.orgId, rep.userId);
  const after = await publishedAt(connection, rep);
  if (after === null) return ofCalls;
  const from = dayAfter(current.startDay, -OPEN_QUARTERS_DAYS);
  return [...ofCalls, ...(await changedSalesDays(connection, rep, { after, from }))];
}

async function cardOf(connection: Connection, request: CardRequest): Promise<ScorecardPublication> {
  const { rep, question, period, before, watermark, calculatedAt } = request;
  const { userId, basis } = rep;
  const cardFigures = await cardFiguresOf(connection, question, { period, before });
  const { figures } = cardFigures;
  const input: ScorecardInput = {
    figures,
    base: await teamBaseFor(connection, question, period, before),
    ...(await goalsOf(connection, rep, question.today < period.endDay ? question.today : period.endDay)),
  };
  const asked = { ...question, startDay: period.startDay, endDay: period.endDay };
  const isOver = question.today > period.endDay;
  const levers = isOver ? [] : leversOf(input, await chancesOf(connection, asked, DEALS_LOOKED_AT));
  const { totals, sales, attendance } = figures;
  return {
    ...(await comparedCard(connection, {
      rep,
      period,
      before,
      ...cardFigures,
      card: scorecardOf(input),
    })),
    userId,
    periodStart: period.startDay,
    periodEnd: period.endDay,
    periodLabel: period.label,
    daysLeft: daysLeft(period, question.today),
    periodShare: attendance.daysAvailable > 0 ? attendance.daysWorked / attendance.daysAvailable : 1,
    daysWorked: attendance.daysWorked,
    quota: sales.quota,
    wonAmount: sales.wonAmount,
    openAmount: sales.openAmount,
    rampMonth: isOver ? null : figures.ramp.month,
    levers,
    dials: totals.dials,
    connects: totals.connects,
    conversations: totals.conversations,
    talkSeconds: totals.talkSeconds,
    callsLogged: totals.callsLogged,
    callsPending: totals.callsPending,
    callsContradicted: totals.callsContradicted,
    callsExcused: totals.excusedCalls,
    callsExcluded: totals.excludedCalls,
    lastCallOn: await lastCallDay(connection, rep),
    evidenceBasis: basis,
    watermark,
    definitionVersion: DEFINITION_VERSION,
    calculatedAt,
  };
}

/** Targets and weights as they stood on a day: today, or the last one of a period that has ended. */
async function goalsOf(
  connection: Connection,
  { orgId, userId }: RepWithCards,
  day: string,
): Promise<Pick<ScorecardInput, 'targets' | 'weights'>> {
  const targets = inForceOn(await targetsOf(connection, orgId, userId), day);
  const weights = inForceOn(await weightsOf(connection, orgId), day);
  return {
    targets: perMetric((metric) => targets.get(metric)?.value),
    weights: perMetric((metric): Weighting | undefined => {
      const row = weights.get(metric);
      return row && { weight: row.value, floor: row.floor, cap: row.cap };
    }),
  };
}

/** Amounts by metric; a name that is no metric of this version is left out. */
function perMetric<Value>(
  valueOf: (metric: MetricName) => Value | undefined,
): Partial<Record<MetricName, Value>> {
  return Object.fromEntries(
    METRIC_NAMES.flatMap((metric) => {
      const value = valueOf(metric);
      return value === undefined ? [] : [[metric, value]];
    }),
  );
}
