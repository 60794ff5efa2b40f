import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { formatFigure, formatPoints } from 'c/figureFormat';
import type { ScorecardMetric } from 'c/scorecardRecords';

/** How much room the scale leaves right of its largest mark. */
const SCALE_HEADROOM = 1.15;

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
    return [...this.metrics]
      .sort((left, right) => gapOf(right) - gapOf(left) || left.sortOrder - right.sortOrder)
      .map((metric) => rowOf(metric, this.openNames.includes(metric.name)));
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

function rowOf(metric: ScorecardMetric, isOpen: boolean): MetricRow {
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
    maximum: SCALE_HEADROOM * Math.max(metric.value, metric.high ?? 0, metric.target ?? 0),
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
  if (metric.target !== undefined) details.push(`Target to date: ${figure(metric, metric.target)}.`);
  if (metric.periodTarget !== undefined)
    details.push(`Target for the quarter: ${figure(metric, metric.periodTarget)}.`);
  if (metric.weight !== undefined) details.push(`Weight: ${formatPoints(metric.weight)} of 100 points.`);
  return details;
}
