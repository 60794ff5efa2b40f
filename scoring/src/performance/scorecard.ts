import type { MetricName } from '@scoreline/contract';
import { METRIC_NAMES, METRICS, SCORE_MINIMUM_DIALS } from '@scoreline/contract';
import type { Contribution } from './contribution.ts';
import type { MetricValue } from './metricValues.ts';
import { metricValuesOf } from './metricValues.ts';
import { attainedShare, roundToTenths, scaledWeights, sumOfTenths } from './points.ts';

/** The version of the definitions and formulas in this folder; a change of either raises it. */
export const DEFINITION_VERSION = 3;

export interface ScorecardInput {
  readonly totals: Contribution;
  /** What the whole period asks for; a share (connect rate) as a fraction. */
  readonly targets: Partial<Record<MetricName, number>>;
  /** Any positive scale; they are scaled to 100. */
  readonly weights: Partial<Record<MetricName, number>>;
  /** The share of the period's working days that have begun, above 0 to 1. */
  readonly periodShare: number;
}

/** One line of a card. What a metric lacks (target, weight, points) is null. */
export interface ScorecardMetric extends MetricValue {
  readonly metric: MetricName;
  readonly targetToDate: number | null;
  readonly periodTarget: number | null;
  /** Points for reaching the target to date; all weights add up to 100. */
  readonly weight: number | null;
  readonly points: number | null;
}

/** A rep's period. The metrics' points add up exactly to `score`. */
export interface Scorecard {
  readonly score: number | null;
  readonly scoreLow: number | null;
  readonly scoreHigh: number | null;
  readonly metrics: readonly ScorecardMetric[];
}

/**
 * Works out a card from the rep's own figures alone. A metric gives 0 points at zero and its full weight at the
 * target to date. There is a score once the rep has made {@link SCORE_MINIMUM_DIALS} dials and every weighted metric
 * has a target; a lighter card would be a score of something else.
 *
 * The score's range takes every metric at its low end, then every metric at its high end. As the metrics seldom
 * err together by that much, the range is wider than 95 % asks for: it errs on the side of caution.
 */
export function scorecardOf(input: ScorecardInput): Scorecard {
  const values = metricValuesOf(input.totals);
  const weights = scaledWeights(input.weights);
  const lines = METRIC_NAMES.flatMap((metric) => {
    const value = values[metric];
    return value === undefined ? [] : [lineOf(metric, input, value, weights.get(metric))];
  });
  const points = pointsOf(lines, (line) => line.value);
  const metrics = lines.map((line) => ({ ...line, points: points.get(line.metric) ?? null }));
  const isScored =
    input.totals.dials >= SCORE_MINIMUM_DIALS && weights.size > 0 && points.size === weights.size;
  if (!isScored) return { score: null, scoreLow: null, scoreHigh: null, metrics };
  return {
    score: sumOfTenths([...points.values()]),
    scoreLow: sumOfTenths([...pointsOf(lines, (line) => line.low).values()]),
    scoreHigh: sumOfTenths([...pointsOf(lines, (line) => line.high).values()]),
    metrics,
  };
}

function lineOf(
  metric: MetricName,
  input: ScorecardInput,
  value: MetricValue,
  weight: number | undefined,
): ScorecardMetric {
  const target = input.targets[metric];
  const periodTarget = target !== undefined && target > 0 ? target : null;
  const share = METRICS[metric].grows ? input.periodShare : 1;
  const targetToDate = periodTarget === null ? null : periodTarget * share;
  return { ...value, metric, periodTarget, targetToDate, weight: weight ?? null, points: null };
}

function pointsOf(
  lines: readonly ScorecardMetric[],
  end: (line: ScorecardMetric) => number | null,
): ReadonlyMap<MetricName, number> {
  const scored = lines.filter((line) => line.weight !== null && line.targetToDate !== null);
  const rounded = roundToTenths(
    scored.map((line) => (line.weight ?? 0) * attainedShare(end(line) ?? 0, line.targetToDate ?? 1)),
  );
  return new Map(scored.map((line, index) => [line.metric, rounded[index] ?? 0]));
}
