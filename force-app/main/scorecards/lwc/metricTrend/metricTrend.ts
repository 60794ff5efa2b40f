import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { formatFigure } from 'c/figureFormat';
import type { PastFigure } from 'c/scorecardRecords';

const WIDTH = 160;
const HEIGHT = 36;
/** Room for the dots at the ends. */
const MARGIN = 5;

/** How a metric went over the last quarters: a line, and under it the numbers. */
export default class MetricTrend extends LightningElement {
  @api name!: MetricName;
  /** Oldest first. */
  @api history: readonly PastFigure[] = [];

  get points(): string {
    return this.places.map(({ x, y }) => `${x},${y}`).join(' ');
  }

  get lastX(): number | undefined {
    return this.places.at(-1)?.x;
  }

  get lastY(): number | undefined {
    return this.places.at(-1)?.y;
  }

  get figures(): { label: string; text: string }[] {
    const { unit } = METRICS[this.name];
    return this.history.map(({ label, value }) => ({ label, text: formatFigure(unit, value) }));
  }

  /** From the smallest to the largest value: the numbers, not the height, tell the size. */
  private get places(): { x: number; y: number }[] {
    const values = this.history.map(({ value }) => value);
    const lowest = Math.min(...values);
    const span = Math.max(...values) - lowest;
    const step = (WIDTH - 2 * MARGIN) / Math.max(values.length - 1, 1);
    return values.map((value, index) => ({
      x: Math.round(MARGIN + index * step),
      y: Math.round(HEIGHT - MARGIN - (span === 0 ? 0.5 : (value - lowest) / span) * (HEIGHT - 2 * MARGIN)),
    }));
  }
}
