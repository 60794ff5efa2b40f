import { LightningElement, api } from 'lwc';
import { formatCount } from 'c/figureFormat';

/** One period of a past. Without a score it has its place, and no point. */
interface SparkPoint {
  readonly label: string;
  readonly score?: number | undefined;
  /** The score in words; a whole number where left out. */
  readonly text?: string | undefined;
}

const WIDTH = 72;
const HEIGHT = 24;
/** Room for the dot at the end. */
const MARGIN = 3;
/** Points from the lower to the upper edge, so that a slope means the same for everybody; more where a past needs it. */
const SPAN_POINTS = 40;

/** How a score or a metric went over the last periods; the numbers are there for screen readers. */
export default class SparkLine extends LightningElement {
  /** Oldest first. */
  @api points: readonly SparkPoint[] = [];
  /** How much lies at least between the lower and the upper edge. */
  @api span = SPAN_POINTS;

  get spoken(): string {
    return this.known
      .map(({ label, score, text }) => `${label} ${text ?? formatCount(Math.round(score))}`)
      .join(', ');
  }

  get hasLine(): boolean {
    return this.known.length > 1;
  }

  get line(): string {
    return this.known.map(({ index, score }) => `${this.xOf(index)},${this.yOf(score)}`).join(' ');
  }

  get hasDot(): boolean {
    return this.known.length > 0;
  }

  get dotX(): number {
    return this.xOf(this.known.at(-1)?.index ?? 0);
  }

  get dotY(): number {
    return this.yOf(this.known.at(-1)?.score ?? 0);
  }

  private get known(): { label: string; score: number; text?: string | undefined; index: number }[] {
    return this.points.flatMap(({ label, score, text }, index) => {
      return score === undefined ? [] : [{ label, score, text, index }];
    });
  }

  /** Periods stand at the right: a short past begins later. */
  private xOf(index: number): number {
    const step = (WIDTH - 2 * MARGIN) / Math.max(this.points.length - 1, 1);
    return round(this.points.length === 1 ? WIDTH - MARGIN : MARGIN + index * step);
  }

  private yOf(score: number): number {
    const scores = this.known.map((point) => point.score);
    const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
    const span = Math.max(this.span, highest - lowest);
    const share = span === 0 ? 0.5 : (score - (lowest + highest - span) / 2) / span;
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN));
  }
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
