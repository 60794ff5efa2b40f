import { LightningElement, api } from 'lwc';

/**
 * A figure with its likely range and what it is compared with on one scale: dot = now, soft band = likely range, line =
 * target, dashed line = team, ring = the period before. The numbers stand beside it in words, so it is hidden from
 * screen readers.
 */
export default class RangeBar extends LightningElement {
  @api value?: number;
  @api low?: number;
  @api high?: number;
  @api target?: number;
  @api team?: number;
  /** The value of the period before. */
  @api previous?: number;
  /** The left end of the scale. */
  @api minimum = 0;
  /** The right end of the scale. */
  @api maximum = 100;

  get hasBand(): boolean {
    return this.low !== undefined && this.high !== undefined;
  }

  get bandStart(): string {
    return percent(this.position(this.low));
  }

  get bandWidth(): string {
    return percent(this.position(this.high) - this.position(this.low));
  }

  get hasDot(): boolean {
    return this.value !== undefined;
  }

  get dot(): string {
    return percent(this.position(this.value));
  }

  get hasTarget(): boolean {
    return this.target !== undefined;
  }

  get targetLine(): string {
    return percent(this.position(this.target));
  }

  get hasTeam(): boolean {
    return this.team !== undefined;
  }

  get teamLine(): string {
    return percent(this.position(this.team));
  }

  get hasPrevious(): boolean {
    return this.previous !== undefined;
  }

  get ring(): string {
    return percent(this.position(this.previous));
  }

  /** Where a figure lies between the ends of the scale, 0 to 1; figures beyond an end lie on it. */
  private position(figure = this.minimum): number {
    const span = this.maximum - this.minimum;
    if (span <= 0) return 0;
    return Math.min(1, Math.max(0, (figure - this.minimum) / span));
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
