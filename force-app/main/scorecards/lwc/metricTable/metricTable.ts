import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName, Verdict } from 'c/callContract';
import type { Scorecard, ScorecardMetric } from 'c/scorecardRecords';
import {
  figureWords,
  fractionWords,
  pointsOfWords,
  previousOnScale,
  rangeWords,
  verdictWord,
} from 'c/scorecardWords';

/** How much room a scale leaves right of its largest mark. */
const SCALE_HEADROOM = 1.1;
/** A figure so many targets long has a scale of its own, or it would press all others together. */
const FARTHEST_SHARE = 2.5;

interface MetricRow {
  readonly name: MetricName;
  readonly detailKey: string;
  readonly label: string;
  readonly spoken: string;
  readonly now: string;
  readonly basis: string | undefined;
  readonly metric: ScorecardMetric;
  readonly previous: number | undefined;
  readonly maximum: number;
  readonly range: string;
  readonly target: string | undefined;
  readonly points: string;
  readonly verdict: Verdict | undefined;
  readonly verdictText: string | undefined;
  readonly isOpen: boolean;
}

interface Section {
  readonly key: string;
  readonly heading?: string;
  readonly rows: readonly MetricRow[];
}

/** The metrics of a card, biggest gap first, those without target after them. A row opens to how it came about. */
export default class MetricTable extends LightningElement {
  @api card!: Scorecard;
  /** Whether it is the user's own card. */
  @api isOwn = false;
  /** On paper nothing can be opened: every row is. */
  @api isPrinting = false;
  openNames: readonly MetricName[] = [];

  get sections(): Section[] {
    const { metrics } = this.card;
    const byGap = (left: ScorecardMetric, right: ScorecardMetric) =>
      gapOf(right) - gapOf(left) || left.sortOrder - right.sortOrder;
    const scored = metrics.filter(isScored).sort(byGap);
    const others = metrics.filter((metric) => !isScored(metric)).sort(byGap);
    const reach = reachOf(scored, this.card.daysWorked);
    const rowsOf = (of: readonly ScorecardMetric[]) => of.map((metric) => this.rowOf(metric, reach));
    return [
      { key: 'scored', rows: rowsOf(scored) },
      { key: 'others', heading: 'Without target: no points', rows: rowsOf(others) },
    ].filter(({ rows }) => rows.length > 0);
  }

  get changeHeading(): string {
    const { previousLabel } = this.card;
    return previousLabel === undefined ? 'Change' : `Since ${previousLabel}`;
  }

  handleToggle(event: Event): void {
    const name = (event.currentTarget as HTMLElement).dataset.name as MetricName;
    this.openNames = this.openNames.includes(name)
      ? this.openNames.filter((open) => open !== name)
      : [...this.openNames, name];
  }

  private rowOf(metric: ScorecardMetric, reach: number): MetricRow {
    const { name, value, target, verdict } = metric;
    const { label } = METRICS[name];
    const now = figureWords(metric, value);
    const range = rangeWords(metric);
    const targetText = target === undefined ? undefined : `target ${figureWords(metric, target)}`;
    const points = pointsOfWords(metric);
    const previous = previousOnScale(metric, this.card.daysWorked);
    const verdictText = verdict && verdictWord(verdict);
    return {
      name,
      detailKey: `${name} detail`,
      label,
      spoken: [
        `${label} ${now}`,
        range,
        targetText,
        isScored(metric) ? `${points} points` : points,
        verdictText?.toLowerCase(),
      ]
        .filter((part) => part !== undefined)
        .join(', '),
      now,
      basis: fractionWords(metric),
      metric,
      previous,
      maximum: maximumOf(metric, previous, reach),
      range,
      target: targetText,
      points,
      verdict,
      verdictText,
      isOpen: this.isPrinting || this.openNames.includes(name),
    };
  }
}

function isScored({ weight, points }: ScorecardMetric): boolean {
  return weight !== undefined && points !== undefined;
}

/** Points that could still be won. */
function gapOf({ weight = 0, points = 0 }: ScorecardMetric): number {
  return weight - points;
}

/** How many targets long every scale is: the same for all, so that targets stand in one line and rows compare. */
function reachOf(metrics: readonly ScorecardMetric[], daysWorked: number | undefined): number {
  const shares = metrics.map((metric) => shareOf(metric, previousOnScale(metric, daysWorked)));
  return SCALE_HEADROOM * Math.max(1, ...shares.filter((share) => share <= FARTHEST_SHARE));
}

/** How many targets long a metric's largest mark is. */
function shareOf(metric: ScorecardMetric, previous: number | undefined): number {
  return metric.target ? largestMark(metric, previous) / metric.target : 1;
}

/** The right end of a metric's scale. */
function maximumOf(metric: ScorecardMetric, previous: number | undefined, reach: number): number {
  const isBeyond = !metric.target || shareOf(metric, previous) > FARTHEST_SHARE;
  return isBeyond ? SCALE_HEADROOM * largestMark(metric, previous) : (metric.target ?? 0) * reach;
}

function largestMark({ value, high = 0 }: ScorecardMetric, previous = 0): number {
  return Math.max(value, high, previous);
}
