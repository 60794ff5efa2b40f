import type { MetricName } from '@scoreline/contract';
import { METRIC_NAMES, METRICS, SCORE_MINIMUM_DIALS } from '@scoreline/contract';
import type { Components, TeamBase } from './components.ts';
import { componentsOf, paceComponentsOf } from './components.ts';
import type { Figures } from './figures.ts';
import type { MetricValue } from './metricValues.ts';
import { metricAt, metricValuesOf } from './metricValues.ts';
import { attainedShare, roundToTenths, scaledWeights, sumOfTenths, type Goalposts } from './points.ts';
import { rangeOf } from './propagation.ts';

/** The version of the definitions and formulas in this folder; a change of either raises it. */
export const DEFINITION_VERSION = 5;

/** What an admin set for a metric of the score. */
export interface Weighting {
  /** On any positive scale; all of a card's are scaled to 100. */
  readonly weight: number;
  /** The value that gives no points; null for 0, or twice the target where less is better. */
  readonly floor: number | null;
  /** How far beyond the target points still grow, as a share of it; null for not at all. */
  readonly cap: number | null;
}

export interface ScorecardInput {
  readonly figures: Figures;
  readonly base: TeamBase;
  /** What the whole period asks for; a share (connect rate) as a fraction. */
  readonly targets: Partial<Record<MetricName, number>>;
  readonly weights: Partial<Record<MetricName, Weighting>>;
}

/** One line of a card. What a metric lacks (target, weight, points) is null. */
export interface ScorecardMetric extends MetricValue {
  readonly metric: MetricName;
  readonly targetToDate: number | null;
  readonly periodTarget: number | null;
  /** To date, as the target. */
  readonly floor: number | null;
  readonly cap: number | null;
  /** Points for reaching the target to date; all weights add up to 100. */
  readonly weight: number | null;
  readonly points: number | null;
}

/** A rep's period. The metrics' points add up exactly to `score`. */
export interface Scorecard {
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  /** The range for the comparison with another period: with what another period of the same pace would have had. */
  readonly paceLow: number | null;
  readonly paceHigh: number | null;
  /** What the score would be under other weights and goalposts; empty without a score. */
  readonly alternatives: readonly number[];
  readonly metrics: readonly ScorecardMetric[];
}

/** A metric with its part in the score. */
interface ScoredMetric extends Goalposts {
  readonly metric: MetricName;
  readonly weight: number;
}

/** Beyond the target, where an alternative lets points grow on. */
const ALTERNATIVE_CAP = 1.5;

/**
 * Works out a card: shares are moved towards the base by as much as they are uncertain, held against fixed goalposts,
 * weighted, and added up; the range carries the uncertainty of every component through all of that. There is a score once
 * the rep has made {@link SCORE_MINIMUM_DIALS} dials and every weighted metric has a target. A weighted metric of which
 * nothing is known, such as commitments when none is due yet, leaves its weight to the others.
 */
export function scorecardOf(input: ScorecardInput): Scorecard {
  const { figures } = input;
  const components = componentsOf(figures, input.base);
  const values = metricValuesOf(figures, components);
  const scored = scoredMetrics(input, values);
  const points = roundToTenths(
    scored.map((each) => each.weight * attainedShare(values.get(each.metric)?.fairValue ?? 0, each)),
  );
  const metrics = METRIC_NAMES.flatMap((metric) => {
    const value = values.get(metric);
    if (value === undefined) return [];
    const index = scored.findIndex((each) => each.metric === metric);
    return [{ ...lineOf(metric, input, value), ...partOf(scored[index], points[index]) }];
  });
  if (!isScored(input, scored)) return { ...NO_SCORE, metrics };
  const range = rangeOf((at) => scoreAt(scored, figures, at), components);
  const pace = rangeOf((at) => scoreAt(scored, figures, at), { ...components, ...paceComponentsOf(figures) });
  const score = sumOfTenths(points);
  return {
    score,
    scoreLow: Math.min(toTenth(Math.max(range.low, 0)), score),
    scoreHigh: Math.max(toTenth(Math.min(range.high, highestScore(scored))), score),
    paceLow: Math.min(toTenth(pace.low), score),
    paceHigh: Math.max(toTenth(pace.high), score),
    alternatives: alternativesOf(scored, figures, components),
    metrics,
  };
}

const NO_SCORE = {
  score: null,
  scoreLow: null,
  scoreHigh: null,
  paceLow: null,
  paceHigh: null,
  alternatives: [],
};

/**
 * The points that other figures of the same rep would give, to any precision, e.g. after ten more dials, with what the
 * components would be. Null where this card has no score.
 */
export function scoreFunctionOf(
  input: ScorecardInput,
): ((figures: Figures, at: Parameters<typeof metricAt>[2]) => number) | null {
  const values = metricValuesOf(input.figures, componentsOf(input.figures, input.base));
  const scored = scoredMetrics(input, values);
  if (!isScored(input, scored)) return null;
  return (figures, at) => scoreAt(scored, figures, at);
}

function isScored({ figures, targets, weights }: ScorecardInput, scored: readonly ScoredMetric[]): boolean {
  const hasAllTargets = METRIC_NAMES.filter((metric) => isWeighted(metric, weights)).every(
    (metric) => targetOf(metric, targets) !== null,
  );
  return (
    figures.totals.dials >= SCORE_MINIMUM_DIALS &&
    figures.attendance.daysWorked > 0 &&
    hasAllTargets &&
    scored.length > 0
  );
}

function isWeighted(metric: MetricName, weights: ScorecardInput['weights']): boolean {
  return (weights[metric]?.weight ?? 0) > 0 && METRICS[metric].better !== 'neither';
}

/** A quota needs no target beside it: it is one. */
function targetOf(metric: MetricName, targets: ScorecardInput['targets']): number | null {
  const target = targets[metric] ?? (metric === 'attainment' ? 1 : undefined);
  return target !== undefined && target > 0 ? target : null;
}

function scoredMetrics(input: ScorecardInput, values: ReadonlyMap<MetricName, MetricValue>): ScoredMetric[] {
  const usable = METRIC_NAMES.filter(
    (metric) =>
      isWeighted(metric, input.weights) &&
      targetOf(metric, input.targets) !== null &&
      (values.get(metric)?.fairValue ?? null) !== null,
  );
  const scaled = scaledWeights(
    Object.fromEntries(usable.map((metric) => [metric, input.weights[metric]?.weight ?? 0])),
  );
  return usable.flatMap((metric) => {
    const posts = goalpostsOf(metric, input);
    return posts === null ? [] : [{ metric, weight: scaled.get(metric) ?? 0, ...posts }];
  });
}

function goalpostsOf(metric: MetricName, { figures, targets, weights }: ScorecardInput): Goalposts | null {
  const periodTarget = targetOf(metric, targets);
  if (periodTarget === null) return null;
  const { daysWorked, workingDays } = figures.attendance;
  // A share is asked for on every day of the period alike; a count grows with the days.
  const share = METRICS[metric].grows ? daysWorked / Math.max(workingDays, 1) : 1;
  const usualFloor = METRICS[metric].better === 'less' ? 2 * periodTarget : 0;
  const floor = weights[metric]?.floor ?? usualFloor;
  const isOnItsSide = METRICS[metric].better === 'less' ? floor > periodTarget : floor < periodTarget;
  return {
    target: periodTarget * share,
    floor: (isOnItsSide ? floor : usualFloor) * share,
    cap: Math.max(weights[metric]?.cap ?? 1, 1),
  };
}

function lineOf(metric: MetricName, input: ScorecardInput, value: MetricValue): ScorecardMetric {
  const posts = goalpostsOf(metric, input);
  return {
    ...value,
    metric,
    periodTarget: targetOf(metric, input.targets),
    targetToDate: posts?.target ?? null,
    floor: posts?.floor ?? null,
    cap: posts === null ? null : posts.target * posts.cap,
    weight: null,
    points: null,
  };
}

function partOf(scored: ScoredMetric | undefined, points: number | undefined) {
  return scored === undefined ? {} : { weight: scored.weight, points: points ?? 0 };
}

function scoreAt(
  scored: readonly ScoredMetric[],
  figures: Figures,
  at: Parameters<typeof metricAt>[2],
): number {
  return scored.reduce(
    (sum, each) => sum + each.weight * attainedShare(metricAt(each.metric, figures, at) ?? each.floor, each),
    0,
  );
}

function highestScore(scored: readonly ScoredMetric[]): number {
  return scored.reduce((sum, { weight, cap }) => sum + weight * cap, 0);
}

/** The score with equal weights, and with points that grow on beyond the targets. */
function alternativesOf(scored: readonly ScoredMetric[], figures: Figures, components: Components): number[] {
  const equal = scored.map((each) => ({ ...each, weight: 100 / scored.length }));
  const uncapped = scored.map((each) => ({ ...each, cap: Math.max(each.cap, ALTERNATIVE_CAP) }));
  return [equal, uncapped].map((other) =>
    toTenth(rangeOf((at) => scoreAt(other, figures, at), components).value),
  );
}

function toTenth(score: number): number {
  return Math.round(score * 10) / 10;
}
