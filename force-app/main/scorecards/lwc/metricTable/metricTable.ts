import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { formatFigure, formatPoints } from 'c/figureFormat';
import type { ScorecardMetric } from 'c/scorecardRecords';

/** How much room a scale leaves right of its largest mark. */
const SCALE_HEADROOM = 1.1;

interface MetricRow {
  readonly name: MetricName;
  readonly detailKey: string;
  readonly label: string;
  readonly spoken: string;
  readonly now: string;
  readonly basis: string | undefined;
  readonly metric: ScorecardMetric;
  readonly maximum: number;
  readonly range: string;
  readonly target: string | undefined;
  readonly points: string;
  readonly isOpen: boolean;
  readonly definition: string;
  readonly details: readonly string[];
}

/** The metrics of a card, biggest gap first. A row opens to what it means and how it came about. */
export default class MetricTable extends LightningElement {
  @api metrics: readonly ScorecardMetric[] = [];
  openNames: readonly MetricName[] = [];

  get rows(): MetricRow[] {
    const reach = reachOf(this.metrics);
    return [...this.metrics]
      .sort((left, right) => gapOf(right) - gapOf(left) || left.sortOrder - right.sortOrder)
      .map((metric) => rowOf(metric, reach, this.openNames.includes(metric.name)));
  }

  handleToggle(event: Event): void {
    const name = (event.currentTarget as HTMLElement).dataset.name as MetricName;
    this.openNames = this.openNames.includes(name)
      ? this.openNames.filter((open) => open !== name)
      : [...this.openNames, name];
  }
}

/** Points that could still be won. */
function gapOf({ weight = 0, points = 0 }: ScorecardMetric): number {
  return weight - points;
}

/** How many targets long every scale is: the same for all, so that targets stand in one line and rows compare. */
function reachOf(metrics: readonly ScorecardMetric[]): number {
  const shares = metrics.map(({ value, high = 0, target }) => (target ? Math.max(value, high) / target : 1));
  return SCALE_HEADROOM * Math.max(1, ...shares);
}

/** The right end of a metric's scale. */
function maximumOf({ value, high = 0, target }: ScorecardMetric, reach: number): number {
  return target ? target * reach : SCALE_HEADROOM * Math.max(value, high);
}

function rowOf(metric: ScorecardMetric, reach: number, isOpen: boolean): MetricRow {
  const { label, definition, denominator } = METRICS[metric.name];
  const now = figure(metric, metric.value);
  const range = rangeWords(metric);
  const target = metric.target === undefined ? undefined : `target ${figure(metric, metric.target)}`;
  const points =
    metric.points === undefined || metric.weight === undefined
      ? 'no target'
      : `${formatPoints(metric.points)} of ${formatPoints(metric.weight)}`;
  return {
    name: metric.name,
    detailKey: `${metric.name} detail`,
    label,
    spoken: [`${label} ${now}`, range, target, `${points} points`]
      .filter((part) => part !== undefined)
      .join(', '),
    now,
    basis: denominator === undefined ? undefined : fractionWords(metric),
    metric,
    maximum: maximumOf(metric, reach),
    range,
    target,
    points,
    isOpen,
    definition,
    details: detailsOf(metric),
  };
}

function figure({ name }: ScorecardMetric, value: number): string {
  return formatFigure(METRICS[name].unit, value);
}

function rangeWords(metric: ScorecardMetric): string {
  const { low, high } = metric;
  if (low === undefined || high === undefined || low === high) return 'exact count';
  return `likely ${figure(metric, low)} to ${figure(metric, high)}`;
}

function fractionWords({ numerator, denominator }: ScorecardMetric): string | undefined {
  if (numerator === undefined || denominator === undefined) return undefined;
  return `${formatFigure('count', numerator)} of ${formatFigure('count', denominator)}`;
}

function detailsOf(metric: ScorecardMetric): string[] {
  const { numerator, denominator } = METRICS[metric.name];
  const details: string[] = [];
  if (denominator !== undefined && metric.numerator !== undefined && metric.denominator !== undefined)
    details.push(
      `${formatFigure('count', metric.numerator)} ${numerator}, ${formatFigure('count', metric.denominator)} ${denominator}.`,
    );
  details.push(...targetDetails(metric));
  if (metric.weight !== undefined) details.push(`Weight: ${formatPoints(metric.weight)} of 100 points.`);
  return details;
}

/** A rate's target does not grow with the quarter: what would read the same twice is said once. */
function targetDetails(metric: ScorecardMetric): string[] {
  const { target, periodTarget } = metric;
  const toDate = target === undefined ? undefined : figure(metric, target);
  const forQuarter = periodTarget === undefined ? undefined : figure(metric, periodTarget);
  const details = toDate === undefined ? [] : [`Target to date: ${toDate}.`];
  if (forQuarter !== undefined && forQuarter !== toDate)
    details.push(`Target for the quarter: ${forQuarter}.`);
  return details;
}
