import { METRICS, PERCENTILE_MINIMUM_PEERS } from 'c/callContract';
import type { MetricName, MetricUnit } from 'c/callContract';
import {
  formatCount,
  formatFigure,
  formatLength,
  formatPoints,
  formatShare,
  formatShortAmount,
} from 'c/figureFormat';
import type { ScorecardMetric } from 'c/scorecardRecords';

/** One line of what a metric's row opens to. */
export interface Detail {
  readonly term: string;
  readonly text: string;
}

/** What a numerator and a denominator are, where they are no counts. */
const BASES: Partial<Record<MetricName, readonly ((value: number) => string)[]>> = {
  attainment: [formatShortAmount, formatShortAmount],
  pipelineCoverage: [formatShortAmount, formatShortAmount],
  salesVelocity: [formatShortAmount, formatCount],
  afterCallSeconds: [formatLength, formatCount],
  handleSeconds: [formatLength, formatCount],
  speedToLeadSeconds: [formatLength, formatCount],
};
/** From here on the team's part rounds to nothing. */
const ALL_OWN = 0.9995;
const EXACT: Partial<Record<MetricUnit, string>> = { count: 'exact count', seconds: 'exact sum' };

/** From here on the fraction of a count, which only targets and ranges have, says nothing. */
const WHOLE_FROM = 10;

/** A value of a metric as its unit is written. */
export function figureWords({ name }: Pick<ScorecardMetric, 'name'>, value: number): string {
  const { unit } = METRICS[name];
  return formatFigure(unit, unit === 'count' && value >= WHOLE_FROM ? Math.round(value) : value);
}

/** `likely 15.7% to 21.1%`, or that there is nothing uncertain about it. */
export function rangeWords(metric: Pick<ScorecardMetric, 'name' | 'low' | 'high'>): string {
  const { name, low, high } = metric;
  if (low === undefined || high === undefined || low === high) return EXACT[METRICS[name].unit] ?? 'exact';
  return `likely ${figureWords(metric, low)} to ${figureWords(metric, high)}`;
}

/** `142 of 780`, `$61K of $79K`: what a share was made of. */
export function fractionWords({
  name,
  numerator,
  denominator,
}: Pick<ScorecardMetric, 'name' | 'numerator' | 'denominator'>): string | undefined {
  if (METRICS[name].unit !== 'share' || numerator === undefined || denominator === undefined)
    return undefined;
  // A mean of shares is no share of calls.
  if (name === 'talkRatio') return undefined;
  return `${basisWords(name, 0, numerator)} of ${basisWords(name, 1, denominator)}`;
}

/** `11 of 15` */
export function pointsOfWords({ points, weight }: ScorecardMetric): string {
  if (points === undefined || weight === undefined) return 'no target';
  return `${formatPoints(points)} of ${formatPoints(weight)}`;
}

/** `Your 780 dials count 72%, the team’s average 28%.`: how the value that gives the points is mixed. */
export function fairnessWords(metric: ScorecardMetric, owner: string): string | undefined {
  const { name, denominator, ownShare, shrunkValue } = metric;
  if (ownShare === undefined || ownShare >= ALL_OWN) return undefined;
  const counted = METRICS[name].denominator;
  const own =
    counted === undefined || denominator === undefined
      ? 'own figures'
      : `${formatCount(denominator)} ${counted}`;
  const points = shrunkValue === undefined ? '' : ` The points follow ${figureWords(metric, shrunkValue)}.`;
  return `${owner} ${own} count ${formatShare(ownShare)}, the team’s average ${formatShare(1 - ownShare)}.${points}`;
}

/** What a row opens to, besides its sentences. */
export function detailsOf(metric: ScorecardMetric): Detail[] {
  return [...basisDetails(metric), ...targetDetails(metric), ...companyDetails(metric)];
}

function basisDetails(metric: ScorecardMetric): Detail[] {
  const { numerator, denominator } = METRICS[metric.name];
  const isFraction =
    denominator !== undefined && metric.numerator !== undefined && metric.denominator !== undefined;
  return [
    ...(isFraction
      ? [
          { term: capitalized(numerator), text: basisWords(metric.name, 0, metric.numerator ?? 0) },
          { term: capitalized(denominator), text: basisWords(metric.name, 1, metric.denominator ?? 0) },
        ]
      : []),
    ...detail('Confirmed by a second source', metric.confirmedShare, formatShare),
    ...detail('95 of 100 stay below', metric.slowest, (value) => figureWords(metric, value)),
  ];
}

/** A rate's target does not grow with the quarter: what would read the same twice is said once. */
function targetDetails(metric: ScorecardMetric): Detail[] {
  const written = (value: number) => figureWords(metric, value);
  const { target, periodTarget } = metric;
  const isSame =
    target === undefined || periodTarget === undefined || written(target) === written(periodTarget);
  return [
    ...detail('Weight', metric.weight, (weight) => `${formatPoints(weight)} of 100 points`),
    ...detail('No points at', metric.floor, written),
    ...detail(isSame ? 'Target' : 'Target to date', target, written),
    ...(isSame ? [] : detail('Target for the quarter', periodTarget, written)),
    // A cap at the target is the rule: only one beyond it is worth a line.
    ...(metric.cap === target ? [] : detail('More gives no more from', metric.cap, written)),
  ];
}

function companyDetails(metric: ScorecardMetric): Detail[] {
  const { peers = 0, percentile, bestLabel } = metric;
  const written = (value: number) => figureWords(metric, value);
  return [
    ...detail('Middle of the team', metric.teamValue, written),
    ...(peers < PERCENTILE_MINIMUM_PEERS
      ? []
      : detail(
          'Among people of the role',
          percentile,
          (share) => `ahead of ${formatCount(Math.round(share))}%`,
        )),
    ...detail(
      'Best quarter',
      metric.bestValue,
      (value) => `${written(value)}${bestLabel ? ` in ${bestLabel}` : ''}`,
    ),
  ];
}

function basisWords(name: MetricName, index: 0 | 1, value: number): string {
  return (BASES[name]?.[index] ?? formatCount)(value);
}

function detail(term: string, value: number | undefined, written: (value: number) => string): Detail[] {
  return value === undefined ? [] : [{ term, text: written(value) }];
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
