import type { MetricName } from '@scoreline/contract';
import { METRIC_NAMES } from '@scoreline/contract';
import type { Component, ComponentName, Components } from './components.ts';
import type { MetricFacts } from './figures.ts';
import { meetingsOf, sharesOf, SHARE_NAMES } from './figures.ts';
import { rangeOf, type ComponentValues } from './propagation.ts';

/** One metric of a period. What it lacks is null. */
export interface MetricValue {
  /** The rep's own figures, unchanged; null where there is nothing to divide by. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
  /** The value that the points follow; null where nothing is known. */
  readonly fairValue: number | null;
  /** Its 95 % range; null for a fact, which has none. */
  readonly low: number | null;
  readonly high: number | null;
  /** How much the rep's own figures weigh in the fair value, 0 to 1. */
  readonly ownShare: number;
}

/**
 * A metric as its components make it, given the counts that are facts (dials, amounts); null where one that it needs is
 * not known.
 */
export function metricAt(metric: MetricName, figures: MetricFacts, at: ComponentValues): number | null {
  const { totals, sales } = figures;
  const { connect, conversation, meeting, win } = at;
  const dials = totals.dials * (at.dialPace ?? 1);
  switch (metric) {
    case 'dials':
      return dials;
    case 'connects':
      return times(dials, connect);
    case 'connectRate':
      return connect ?? null;
    case 'conversations':
      return times(dials, connect, totals.connects === 0 && conversation === undefined ? 0 : conversation);
    case 'talkSeconds':
      return talkAt(figures, at);
    case 'meetingsPerConversation':
      return meeting ?? null;
    case 'meetingsPerDial':
      return totals.conversations === 0 && meeting === undefined
        ? times(connect, 0)
        : times(connect, conversation, meeting);
    case 'afterCallSeconds':
      return at.afterCallSeconds ?? null;
    case 'handleSeconds':
      return at.handleSeconds ?? null;
    case 'speedToLeadSeconds':
      return at.leadSeconds ?? null;
    case 'talkRatio':
      return totals.speechCalls === 0 ? null : totals.talkRatioPerMille / totals.speechCalls / 1_000;
    case 'attainment':
      return ratio(sales.wonAmount * (at.winPace ?? 1), sales.quota);
    case 'pipelineCoverage':
      return sales.openAmount === null ? null : ratio(sales.openAmount, remainingQuota(figures));
    case 'winRate':
      return win ?? null;
    case 'salesVelocity':
      return velocityAt(figures, win);
    case 'commitmentsKept':
      return at.keep ?? null;
    case 'rampMonths':
      return sales.rampMonths;
  }
}

/** Every metric of which there is anything to say. */
export function metricValuesOf(
  figures: MetricFacts,
  components: Components,
): ReadonlyMap<MetricName, MetricValue> {
  const own = ownValues(figures, components);
  const values = METRIC_NAMES.flatMap((metric): [MetricName, MetricValue][] => {
    const range = rangeIfKnown(metric, figures, components);
    const value = metricAt(metric, figures, own);
    if (range === null && value === null) return [];
    const isFact = range === null || range.low === range.high;
    return [
      [
        metric,
        {
          value,
          ...fractionOf(metric, figures, value),
          fairValue: range?.value ?? null,
          low: isFact ? null : range.low,
          high: isFact ? null : range.high,
          ownShare: ownShareOf(metric, components),
        },
      ],
    ];
  });
  return new Map(values);
}

function rangeIfKnown(metric: MetricName, figures: MetricFacts, components: Components) {
  const parts: Components = Object.fromEntries(
    PARTS[metric].flatMap((name) => (components[name] === undefined ? [] : [[name, components[name]]])),
  );
  const values = Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [name, value]));
  if (metricAt(metric, figures, values) === null) return null;
  const range = rangeOf((at) => metricAt(metric, figures, at) ?? 0, parts);
  return { ...range, low: Math.max(range.low, 0) };
}

/** What each metric is made of beside facts. */
const PARTS: Readonly<Record<MetricName, readonly ComponentName[]>> = {
  dials: [],
  connects: ['connect'],
  connectRate: ['connect'],
  conversations: ['connect', 'conversation'],
  talkSeconds: ['connect', 'connectTalkSeconds', 'otherTalkSeconds'],
  meetingsPerConversation: ['meeting'],
  meetingsPerDial: ['connect', 'conversation', 'meeting'],
  afterCallSeconds: ['afterCallSeconds'],
  handleSeconds: ['handleSeconds'],
  speedToLeadSeconds: ['leadSeconds'],
  talkRatio: [],
  attainment: [],
  pipelineCoverage: [],
  winRate: ['win'],
  salesVelocity: ['win'],
  commitmentsKept: ['keep'],
  rampMonths: [],
};

/** The least of what a metric's parts rest on the rep's own figures. */
function ownShareOf(metric: MetricName, components: Components): number {
  return Math.min(
    1,
    ...PARTS[metric].map((name) => (components[name] as Component | undefined)?.ownShare ?? 1),
  );
}

/** The components as the rep's own figures alone have them. */
function ownValues(figures: MetricFacts, components: Components): ComponentValues {
  const shares = sharesOf(figures);
  return Object.fromEntries([
    ...Object.entries(components)
      .filter(([name]) => !SHARE_NAMES.some((share) => share === name))
      .map(([name, { value }]) => [name, value]),
    ...SHARE_NAMES.filter((name) => shares[name].trials > 0).map((name) => [
      name,
      shares[name].successes / shares[name].trials,
    ]),
  ]);
}

/** Talk of connects, as many as the share makes, and of the calls beside them. */
function talkAt({ totals }: MetricFacts, at: ComponentValues): number {
  const connects = totals.dials * (at.connect ?? 0);
  const others = totals.dials + totals.inboundCalls - totals.connects;
  const seconds = connects * (at.connectTalkSeconds ?? 0) + others * (at.otherTalkSeconds ?? 0);
  return seconds * (at.dialPace ?? 1);
}

function velocityAt({ sales: { cohort } }: MetricFacts, win: number | undefined): number | null {
  if (cohort.open === null || win === undefined) return null;
  if (cohort.won === 0 || cohort.wonCycleDays <= 0) return null;
  const averageAmount = cohort.wonAmount / cohort.won;
  const averageDays = cohort.wonCycleDays / cohort.won;
  return (cohort.open * win * averageAmount) / averageDays;
}

function remainingQuota({ sales: { quota, wonAmount } }: MetricFacts): number | null {
  return quota === null ? null : Math.max(quota - wonAmount, 0);
}

function fractionOf(
  metric: MetricName,
  figures: MetricFacts,
  value: number | null,
): { numerator: number; denominator: number | null } {
  const { totals, sales } = figures;
  const meetings = meetingsOf(totals, sales);
  switch (metric) {
    case 'connectRate':
      return { numerator: totals.connects, denominator: totals.dials };
    case 'meetingsPerConversation':
      return { numerator: meetings, denominator: totals.conversations };
    case 'meetingsPerDial':
      return { numerator: meetings, denominator: totals.dials };
    case 'afterCallSeconds':
      return { numerator: totals.afterCallSeconds, denominator: totals.wrappedCalls };
    case 'handleSeconds':
      return { numerator: totals.handleSeconds, denominator: totals.handledDials };
    case 'speedToLeadSeconds':
      return { numerator: value ?? 0, denominator: sales.leads?.called ?? 0 };
    case 'talkRatio':
      return { numerator: totals.talkRatioPerMille / 1_000, denominator: totals.speechCalls };
    case 'attainment':
      return { numerator: sales.wonAmount, denominator: sales.quota };
    case 'pipelineCoverage':
      return { numerator: sales.openAmount ?? 0, denominator: remainingQuota(figures) };
    case 'winRate':
      return { numerator: sales.cohort.won, denominator: sales.cohort.won + sales.cohort.lost };
    case 'commitmentsKept':
      return { numerator: sales.commitments.kept, denominator: sales.commitments.due };
    default:
      return { numerator: value ?? 0, denominator: null };
  }
}

function ratio(numerator: number, denominator: number | null): number | null {
  return denominator === null || denominator <= 0 ? null : numerator / denominator;
}

function times(...factors: readonly (number | undefined)[]): number | null {
  let product = 1;
  for (const factor of factors) {
    if (factor === undefined) return null;
    product *= factor;
  }
  return product;
}
