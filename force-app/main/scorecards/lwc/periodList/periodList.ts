import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import type { PeriodKind } from 'c/scorecardRecords';
import { shortPeriodNote } from 'c/scorecardWords';
import type { PeriodLine } from 'c/scorecardWords';

/** What a metric's row opens to among months or weeks: what it means, and each period with its likely range. */
export default class PeriodList extends LightningElement {
  @api name!: MetricName;
  @api kind: PeriodKind = 'months';
  /** Oldest first. */
  @api lines: readonly PeriodLine[] = [];

  get definition(): string {
    return METRICS[this.name].definition;
  }

  get note(): string | undefined {
    return shortPeriodNote(this.name);
  }

  get caption(): string {
    return `${METRICS[this.name].label} by ${this.unit.toLowerCase()}`;
  }

  get unit(): string {
    return this.kind === 'months' ? 'Month' : 'Week';
  }

  get newestFirst(): readonly PeriodLine[] {
    return [...this.lines].reverse();
  }
}
