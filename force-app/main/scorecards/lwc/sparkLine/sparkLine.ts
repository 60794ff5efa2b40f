import { LightningElement, api } from 'lwc';
import { formatCount } from 'c/figureFormat';
import type { PastScore } from 'c/teamRecords';

const WIDTH = 72;
const HEIGHT = 24;
/** Room for the dot at the end. */
const MARGIN = 3;
/** Points from the lower to the upper edge, so that a slope means the same for everybody; more where a past needs it. */
const SPAN_POINTS = 40;

/** How a score went over the last quarters; the numbers are there for screen readers. */
export default class SparkLine extends LightningElement {
  @api points: readonly PastScore[] = [];

  get spoken(): string {
    return this.points.map(({ label, score }) => `${label} ${formatCount(Math.round(score))}`).join(', ');
  }

  get hasLine(): boolean {
    return this.points.length > 1;
  }

  get line(): string {
    return this.points.map((_, index) => `${this.xOf(index)},${this.yOf(index)}`).join(' ');
  }

  get hasDot(): boolean {
    return this.points.length > 0;
  }

  get dotX(): number {
    return this.xOf(this.points.length - 1);
  }

  get dotY(): number {
    return this.yOf(this.points.length - 1);
  }

  /** Quarters stand at the right: a short past begins later. */
  private xOf(index: number): number {
    const step = (WIDTH - 2 * MARGIN) / Math.max(this.points.length - 1, 1);
    return round(this.points.length === 1 ? WIDTH - MARGIN : MARGIN + index * step);
  }

  private yOf(index: number): number {
    const scores = this.points.map(({ score }) => score);
    const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
    const span = Math.max(SPAN_POINTS, highest - lowest);
    const share = ((scores[index] ?? 0) - (lowest + highest - span) / 2) / span;
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN));
  }
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
