import { METRIC_NAMES, STANDINGS, VERDICTS } from 'c/callContract';
import type { Lever, MetricName, Standing, Verdict } from 'c/callContract';
import { at, choiceOf, nodesOf, numberOf, textOf } from 'c/graphqlAnswer';
import { metricPeriodsOf } from './metricPeriods.ts';
import type { MetricPeriods } from './metricPeriods.ts';
import { historyOf, leversOf } from './writtenFields.ts';
import type { PastFigure } from './writtenFields.ts';

export { at, choiceOf, nodesOf, numberOf, textOf } from 'c/graphqlAnswer';
export { REPS_QUERY, SCORECARD_QUERY } from './scorecardQueries.ts';
export { PERIOD_KINDS } from './metricPeriods.ts';
export type { MetricPeriods, PeriodKind } from './metricPeriods.ts';
export type { PastFigure } from './writtenFields.ts';

/** How a figure differs from that of the period before, and whether that is real. */
export interface Comparison {
  readonly change?: number | undefined;
  /** The ends of the change’s likely range. */
  readonly changeLow?: number | undefined;
  readonly changeHigh?: number | undefined;
  readonly verdict?: Verdict | undefined;
}

/** One metric of a card. Values are in the metric’s unit; shares go from 0 to 1. */
export interface ScorecardMetric extends Comparison {
  readonly name: MetricName;
  readonly sortOrder: number;
  readonly value: number;
  readonly numerator?: number | undefined;
  readonly denominator?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** For the part of the period that has passed. */
  readonly target?: number | undefined;
  readonly periodTarget?: number | undefined;
  /** The values that give no points, and from which more gives no more. */
  readonly floor?: number | undefined;
  readonly cap?: number | undefined;
  readonly weight?: number | undefined;
  readonly points?: number | undefined;
  /** The value that the points follow. */
  readonly shrunkValue?: number | undefined;
  /** How much the own figures weigh in it, and on average the peers’ in theirs, from 0 to 1. */
  readonly ownShare?: number | undefined;
  readonly peersOwnShare?: number | undefined;
  /** The median of the people of the same role. */
  readonly teamValue?: number | undefined;
  /** The percentage of peers whom the value surpasses. */
  readonly percentile?: number | undefined;
  readonly peers?: number | undefined;
  readonly previousValue?: number | undefined;
  readonly previousNumerator?: number | undefined;
  readonly previousDenominator?: number | undefined;
  readonly bestValue?: number | undefined;
  readonly bestLabel?: string | undefined;
  readonly confirmedShare?: number | undefined;
  /** The value that 95 of 100 stay below, where the value is a median. */
  readonly slowest?: number | undefined;
  readonly history: readonly PastFigure[];
}

/** One rep's figures for one period, as the org has them. */
export interface Scorecard extends Comparison {
  readonly id: string;
  readonly repId?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly periodStart?: string | undefined;
  readonly periodEnd?: string | undefined;
  readonly periodLabel: string;
  readonly daysLeft?: number | undefined;
  readonly daysWorked?: number | undefined;
  readonly periodShare?: number | undefined;
  /** Missing until there are enough calls and targets. */
  readonly score?: number | undefined;
  readonly scoreLow?: number | undefined;
  readonly scoreHigh?: number | undefined;
  readonly previousLabel?: string | undefined;
  readonly previousScore?: number | undefined;
  readonly teamScore?: number | undefined;
  readonly standing?: Standing | undefined;
  readonly rankLow?: number | undefined;
  readonly rankHigh?: number | undefined;
  readonly peers?: number | undefined;
  /** A share of the quota; amounts are of the org's currency. */
  readonly attainment?: number | undefined;
  readonly quota?: number | undefined;
  readonly wonAmount?: number | undefined;
  readonly openAmount?: number | undefined;
  readonly rampMonth?: number | undefined;
  readonly dials: number;
  readonly callsLogged: number;
  readonly callsPending: number;
  readonly callsContradicted: number;
  /** Broken by the network, or left out for another reason: they count nowhere. */
  readonly callsExcused: number;
  readonly callsExcluded: number;
  readonly isVerified: boolean;
  /** The rep's ledger position up to which every call is included. */
  readonly watermark: number;
  readonly calculatedAt?: Date | undefined;
  readonly history: readonly PastFigure[];
  readonly levers: readonly Lever[];
  readonly metrics: readonly ScorecardMetric[];
  /** The months and weeks beside the quarter; empty on a card that was published before there were any. */
  readonly periods: readonly MetricPeriods[];
}

export interface Rep {
  readonly userId: string;
  readonly name: string;
}

/** The card in an answer to {@link SCORECARD_QUERY}; undefined when the rep has none yet. */
export function readScorecard(data: unknown): Scorecard | undefined {
  const [card] = readScorecards(data);
  return card;
}

/** Every card in an answer about `Rep_Scorecard__c`, in its order. What was not asked for is undefined, 0 or empty. */
export function readScorecards(data: unknown): Scorecard[] {
  return nodesOf(at(data, 'uiapi', 'query', 'Rep_Scorecard__c')).map(cardOf);
}

/** The reps in an answer to {@link REPS_QUERY}, each once, by name. */
export function readReps(data: unknown): Rep[] {
  const reps = new Map<string, Rep>();
  for (const node of nodesOf(at(data, 'uiapi', 'query', 'Rep_Scorecard__c'))) {
    const userId = textOf(node, 'Rep__c');
    const name = textOf(at(node, 'Rep__r'), 'Name');
    if (userId !== undefined) reps.set(userId, { userId, name: name ?? userId });
  }
  return [...reps.values()].sort((left, right) => left.name.localeCompare(right.name));
}

/** Whether the answer says that the user may not see scorecards at all: their type is unknown to such a user. */
export function isAccessMissing(errors: readonly { readonly message: string }[]): boolean {
  return errors.some(
    ({ message }) => message.includes('Rep_Scorecard__c') && /undefined|cannot query|access/iu.test(message),
  );
}

function cardOf(node: unknown): Scorecard {
  const calculatedAt = textOf(node, 'Calculated_At__c');
  const id = at(node, 'Id');
  return {
    id: typeof id === 'string' ? id : '',
    repId: textOf(node, 'Rep__c'),
    periodStart: textOf(node, 'Period_Start__c'),
    periodEnd: textOf(node, 'Period_End__c'),
    periodLabel: textOf(node, 'Period_Label__c') ?? '',
    daysLeft: numberOf(node, 'Days_Left__c'),
    daysWorked: numberOf(node, 'Days_Worked__c'),
    periodShare: numberOf(node, 'Period_Share__c'),
    score: numberOf(node, 'Score__c'),
    scoreLow: numberOf(node, 'Score_Low__c'),
    scoreHigh: numberOf(node, 'Score_High__c'),
    previousLabel: textOf(node, 'Previous_Label__c'),
    previousScore: numberOf(node, 'Previous_Score__c'),
    ...comparisonOf(node),
    teamScore: numberOf(node, 'Team_Score__c'),
    standing: choiceOf(node, 'Standing__c', STANDINGS),
    rankLow: numberOf(node, 'Rank_Low__c'),
    rankHigh: numberOf(node, 'Rank_High__c'),
    peers: numberOf(node, 'Peers__c'),
    attainment: numberOf(node, 'Attainment__c'),
    quota: numberOf(node, 'Quota__c'),
    wonAmount: numberOf(node, 'Won_Amount__c'),
    openAmount: numberOf(node, 'Open_Amount__c'),
    rampMonth: numberOf(node, 'Ramp_Month__c'),
    dials: numberOf(node, 'Dials__c') ?? 0,
    callsLogged: numberOf(node, 'Calls_Logged__c') ?? 0,
    callsPending: numberOf(node, 'Calls_Pending__c') ?? 0,
    callsContradicted: numberOf(node, 'Calls_Contradicted__c') ?? 0,
    callsExcused: numberOf(node, 'Calls_Excused__c') ?? 0,
    callsExcluded: numberOf(node, 'Calls_Excluded__c') ?? 0,
    isVerified: textOf(node, 'Evidence_Basis__c') === 'verified',
    watermark: numberOf(node, 'Watermark__c') ?? 0,
    calculatedAt: calculatedAt === undefined ? undefined : new Date(calculatedAt),
    history: historyOf(textOf(node, 'History__c')),
    levers: leversOf(textOf(node, 'Levers__c')),
    metrics: nodesOf(at(node, 'Metrics__r')).flatMap(metricOf),
    periods: nodesOf(at(node, 'Metrics__r')).flatMap(metricPeriodsOf),
  };
}

/** A metric this package does not know yet, or of which nothing is known any more, is left out. */
function metricOf(node: unknown): ScorecardMetric[] {
  const name = choiceOf(node, 'Metric__c', METRIC_NAMES);
  const value = numberOf(node, 'Value__c');
  if (name === undefined || value === undefined) return [];
  return [
    {
      name,
      sortOrder: numberOf(node, 'Sort_Order__c') ?? METRIC_NAMES.indexOf(name),
      value,
      numerator: numberOf(node, 'Numerator__c'),
      denominator: numberOf(node, 'Denominator__c'),
      low: numberOf(node, 'Low__c'),
      high: numberOf(node, 'High__c'),
      target: numberOf(node, 'Target__c'),
      periodTarget: numberOf(node, 'Period_Target__c'),
      floor: numberOf(node, 'Floor__c'),
      cap: numberOf(node, 'Cap__c'),
      weight: numberOf(node, 'Weight__c'),
      points: numberOf(node, 'Points__c'),
      shrunkValue: numberOf(node, 'Shrunk_Value__c'),
      ownShare: numberOf(node, 'Own_Share__c'),
      peersOwnShare: numberOf(node, 'Peers_Own_Share__c'),
      teamValue: numberOf(node, 'Team_Value__c'),
      percentile: numberOf(node, 'Percentile__c'),
      peers: numberOf(node, 'Peers__c'),
      previousValue: numberOf(node, 'Previous_Value__c'),
      previousNumerator: numberOf(node, 'Previous_Numerator__c'),
      previousDenominator: numberOf(node, 'Previous_Denominator__c'),
      ...comparisonOf(node),
      bestValue: numberOf(node, 'Best_Value__c'),
      bestLabel: textOf(node, 'Best_Label__c'),
      confirmedShare: numberOf(node, 'Confirmed_Share__c'),
      slowest: numberOf(node, 'Slowest__c'),
      history: historyOf(textOf(node, 'History__c')),
    },
  ];
}

function comparisonOf(node: unknown): Comparison {
  return {
    change: numberOf(node, 'Change__c'),
    changeLow: numberOf(node, 'Change_Low__c'),
    changeHigh: numberOf(node, 'Change_High__c'),
    verdict: choiceOf(node, 'Verdict__c', VERDICTS),
  };
}
