import { METRIC_NAMES, METRICS, type MetricName } from '@scoreline/contract';
import {
  componentsOf,
  medianOf,
  meetingsOf,
  metricChange,
  metricValuesOf,
  percentileAmong,
  placeAmong,
  scoreChange,
  verdictAmong,
  type Change,
  type MetricValue,
  type PeerScore,
  type Place,
  type Scorecard,
  type ScorecardMetric,
  type ShortPeriodFigures,
} from '@scoreline/scoring';
import type { ComparedCard, LabelledValue, MetricPublication } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';
import type { CardFigures, CardPeriods } from './cardFigures.ts';
import type { PeriodFigures } from './figuresOf.ts';
import type { RepToRollUp } from './rollUps.ts';
import {
  ownStandings,
  peerStandings,
  paceScore,
  rangedScore,
  storeStanding,
  type Standing,
} from './standings.ts';

export interface ComparisonRequest extends CardPeriods, CardFigures {
  readonly rep: RepToRollUp & { readonly roleId: string | null };
  readonly card: Scorecard;
}

/** What a metric is held against. */
interface Comparison extends ComparisonRequest {
  readonly peers: readonly Standing[];
  /** Newest first. */
  readonly earlier: readonly Standing[];
  readonly valuesBefore: ReadonlyMap<ScorecardMetric['metric'], MetricValue>;
  /** Whether the rep called at all in the quarter before: where nothing was measured nothing can have changed. */
  readonly hasBefore: boolean;
}

/** The quarters of a history, this one included. */
const QUARTERS_OF_HISTORY = 6;

/**
 * A card beside the quarter before, the rep's other quarters and the peers of the same role, as those stood when their own
 * cards were last made; and keeps its figures for their next comparison.
 */
export async function comparedCard(
  connection: Connection,
  request: ComparisonRequest,
): Promise<ComparedCard> {
  const { rep, period, before, figures, figuresBefore } = request;
  const standings = await ownStandings(connection, rep, period, QUARTERS_OF_HISTORY);
  const published = standings.find(({ periodStart }) => periodStart === period.startDay);
  const card = withUnknown(
    request.card,
    (metric) => published?.metrics[metric] !== undefined || request.shortFigures.has(metric),
  );
  const comparison: Comparison = {
    ...request,
    card,
    peers: await peerStandings(connection, rep, rep.roleId, period),
    earlier: standings.filter((standing) => standing !== published),
    valuesBefore: metricValuesOf(figuresBefore, componentsOf(figuresBefore, {})),
    hasBefore: figuresBefore.totals.callsLogged > 0,
  };
  const changes = new Map(
    card.metrics.map(({ metric }) => [
      metric,
      comparison.hasBefore ? metricChange(metric, figures, figuresBefore) : null,
    ]),
  );
  const previous = comparison.earlier.find(({ periodStart }) => periodStart === before.startDay);
  const change = changeOfScores(card, previous);
  await storeStanding(connection, rep.orgId, rep.roleId, standingOf(comparison, changes, change));
  const scorePValues = comparison.peers.flatMap(({ scorePValue }) => scorePValue ?? []);
  return {
    score: card.score,
    scoreLow: card.scoreLow,
    scoreHigh: card.scoreHigh,
    previousScore: previous?.score ?? null,
    previousLabel: previous?.periodLabel ?? null,
    ...changePublication(change, change && verdictAmong(change, scorePValues, null)),
    ...placeOf(comparison),
    attainment: card.metrics.find(({ metric }) => metric === 'attainment')?.value ?? null,
    history: historyOf(comparison, card.score, ({ score }) => score),
    metrics: card.metrics.map((metric) =>
      comparedMetric(metric, comparison, changes.get(metric.metric) ?? null),
    ),
  };
}

/**
 * A metric of which the quarter knows nothing has a line nevertheless where the org was once told of it, such as before a
 * correction, or where the month before knows something.
 */
function withUnknown(card: Scorecard, isListed: (metric: MetricName) => boolean): Scorecard {
  const metrics = METRIC_NAMES.flatMap((metric) => {
    const line = card.metrics.find((each) => each.metric === metric);
    if (line !== undefined) return [line];
    return isListed(metric) ? [{ ...NOTHING_KNOWN, metric }] : [];
  });
  return { ...card, metrics };
}

const NO_SHORT_FIGURES: ShortPeriodFigures = { months: [], weeks: [] };
const NOTHING_KNOWN: Omit<ScorecardMetric, 'metric'> = {
  value: null,
  numerator: 0,
  denominator: null,
  fairValue: null,
  low: null,
  high: null,
  ownShare: 0,
  periodTarget: null,
  targetToDate: null,
  floor: null,
  cap: null,
  weight: null,
  points: null,
};

function comparedMetric(
  line: ScorecardMetric,
  comparison: Comparison,
  change: Change | null,
): MetricPublication {
  const { metric, value } = line;
  const { peers, valuesBefore, hasBefore, figures, shortFigures } = comparison;
  const ofPeers = peers.flatMap(({ metrics }) => metrics[metric] ?? []);
  const values = ofPeers.flatMap((peer) => peer.value ?? []);
  const pValues = ofPeers.flatMap(({ pValue }) => pValue ?? []);
  const previous = hasBefore ? valuesBefore.get(metric) : undefined;
  const history = historyOf(comparison, value, ({ metrics }) => metrics[metric]?.value ?? null);
  return {
    ...line,
    ...(shortFigures.get(metric) ?? NO_SHORT_FIGURES),
    ...changePublication(change, change && verdictAmong(change, pValues, metric)),
    previousValue: previous?.value ?? null,
    previousNumerator: previous?.numerator ?? null,
    previousDenominator: previous?.denominator ?? null,
    peersOwnShare: meanOf(ofPeers.map(({ ownShare }) => ownShare)),
    teamValue: value === null || values.length === 0 ? null : medianOf([value, ...values]),
    percentile: value === null ? null : percentileAmong(value, values, METRICS[metric].better),
    peers: values.length + (value === null ? 0 : 1),
    best: bestOf(history, METRICS[metric].better),
    confirmedShare: confirmedShareOf(metric, figures),
    slowest: metric === 'speedToLeadSeconds' ? (figures.sales.leads?.slowestSeconds ?? null) : null,
    history,
  };
}

/** Of the meetings that were claimed on the phone, those that the calendar shows too. */
function confirmedShareOf(
  metric: ScorecardMetric['metric'],
  { totals, sales }: PeriodFigures,
): number | null {
  if (metric !== 'meetingsPerConversation' && metric !== 'meetingsPerDial') return null;
  if (sales.calendarMeetings === null || totals.meetings === 0) return null;
  return meetingsOf(totals, sales) / totals.meetings;
}

function changeOfScores(card: Scorecard, previous: Standing | undefined): Change | null {
  const [now, then] = [paceScore(card), previous === undefined ? null : paceScore(previous)];
  return now === null || then === null ? null : scoreChange(now, then);
}

function changePublication(change: Change | null, verdict: MetricPublication['verdict']) {
  return {
    change: change?.difference ?? null,
    changeLow: change?.low ?? null,
    changeHigh: change?.high ?? null,
    verdict,
  };
}

const NO_PLACE = { standing: null, rankLow: null, rankHigh: null, peers: null, teamScore: null };

/** A score that rests on the phone's word alone is shown, and not ranked. */
function placeOf({ rep, card, peers }: Comparison): Place | typeof NO_PLACE {
  const own = rangedScore(card);
  if (own === null || rep.basis !== 'verified') return NO_PLACE;
  const others = peers.flatMap((peer): PeerScore[] => {
    const score = rangedScore(peer);
    return score === null ? [] : [{ ...score, alternatives: peer.alternatives }];
  });
  return placeAmong({ ...own, alternatives: card.alternatives }, others);
}

function standingOf(
  { rep, period, card }: Comparison,
  changes: ReadonlyMap<string, Change | null>,
  scoreDifference: Change | null,
): Standing {
  return {
    userId: rep.userId,
    periodStart: period.startDay,
    periodLabel: period.label,
    score: card.score,
    scoreLow: card.scoreLow,
    scoreHigh: card.scoreHigh,
    paceLow: card.paceLow,
    paceHigh: card.paceHigh,
    alternatives: card.alternatives,
    scorePValue: scoreDifference?.pValue ?? null,
    metrics: Object.fromEntries(
      card.metrics.map(({ metric, value, ownShare }) => [
        metric,
        { value, ownShare, pValue: changes.get(metric)?.pValue ?? null },
      ]),
    ),
  };
}

function historyOf(
  { earlier, period }: Comparison,
  now: number | null,
  valueOf: (standing: Standing) => number | null,
): LabelledValue[] {
  return [
    ...earlier.toReversed().map((each) => ({ label: each.periodLabel, value: valueOf(each) })),
    { label: period.label, value: now },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

function bestOf(
  history: readonly LabelledValue[],
  better: 'more' | 'less' | 'neither',
): LabelledValue | null {
  if (better === 'neither') return null;
  const sorted = history.toSorted((left, right) =>
    better === 'more' ? right.value - left.value : left.value - right.value,
  );
  return sorted[0] ?? null;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
