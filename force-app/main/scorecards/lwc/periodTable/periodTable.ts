import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { dayInUserZone } from 'c/figureFormat';
import type { MetricPeriods, PeriodKind, Scorecard } from 'c/scorecardRecords';
import { periodLines, shortPeriodsOf } from 'c/scorecardWords';
import type { PeriodLine, ShortPeriod } from 'c/scorecardWords';

interface PeriodRow {
  readonly name: MetricName;
  readonly detailKey: string;
  readonly label: string;
  readonly spoken: string;
  readonly now: PeriodLine | undefined;
  readonly before: PeriodLine | undefined;
  readonly lines: readonly PeriodLine[];
  readonly points: readonly { label: string; score: number | undefined; text: string | undefined }[];
  /** From nought to the largest figure: slopes are what they are, however small the changes. */
  readonly span: number;
  readonly isOpen: boolean;
}

interface Heading {
  readonly text: string;
  readonly note: string | undefined;
}

const NOUNS: Readonly<Record<PeriodKind, string>> = { months: 'month', weeks: 'week' };

/** A card's metrics by month or week: this one, the last one, and how they went. A row opens to all of them. */
export default class PeriodTable extends LightningElement {
  @api card!: Scorecard;
  @api kind: PeriodKind = 'months';
  /** On paper nothing can be opened: every row is. */
  @api isPrinting = false;
  openNames: readonly MetricName[] = [];

  get rows(): PeriodRow[] {
    const { periods, kind } = this;
    return this.card.periods
      .filter((metric) => metric[kind].length > 0)
      .sort((left, right) => left.sortOrder - right.sortOrder)
      .map((metric) => this.rowOf(metric, periodLines(metric, kind, periods)));
  }

  get isEmpty(): boolean {
    return this.periods.length === 0;
  }

  get isShown(): boolean {
    return !this.isEmpty;
  }

  get caption(): string {
    return `Metrics by ${NOUNS[this.kind]}`;
  }

  get now(): Heading {
    return this.headingOf(this.periods.at(-1), 'This', ', so far');
  }

  get before(): Heading {
    return this.headingOf(this.periods.at(-2), 'Last', '');
  }

  get pastHeading(): string {
    const count = this.periods.length;
    return `${count} ${NOUNS[this.kind]}${count === 1 ? '' : 's'}`;
  }

  handleToggle(event: Event): void {
    const name = (event.currentTarget as HTMLElement).dataset.name as MetricName;
    this.openNames = this.openNames.includes(name)
      ? this.openNames.filter((open) => open !== name)
      : [...this.openNames, name];
  }

  private get periods(): ShortPeriod[] {
    return shortPeriodsOf(this.card, this.kind);
  }

  /** Of a card whose newest period is over, such as last quarter's, none is this one: each has its name alone. */
  private headingOf(period: ShortPeriod | undefined, which: string, note: string): Heading {
    if (period === undefined) return { text: '–', note: undefined };
    const isRunning = dayInUserZone(new Date()) <= (this.periods.at(-1)?.endDay ?? '');
    return isRunning
      ? { text: `${which} ${NOUNS[this.kind]}`, note: `${period.name}${note}` }
      : { text: period.name, note: undefined };
  }

  private rowOf({ name }: MetricPeriods, lines: readonly PeriodLine[]): PeriodRow {
    const { label } = METRICS[name];
    const [before, now] = [lines.at(-2), lines.at(-1)];
    return {
      name,
      detailKey: `${name} detail`,
      label,
      spoken: `${label}, ${spokenLine(this.now.text, now)}, ${spokenLine(this.before.text, before)}`,
      now,
      before,
      lines,
      points: lines.map((line) => ({ label: line.name, score: line.size, text: line.figure })),
      span: Math.max(0, ...lines.map(({ size }) => size ?? 0)),
      isOpen: this.isPrinting || this.openNames.includes(name),
    };
  }
}

/** `this month 18.2%, 142 of 780` */
function spokenLine(heading: string, line: PeriodLine | undefined): string {
  if (line?.figure === undefined) return `${heading.toLowerCase()} nothing to measure`;
  return [`${heading.toLowerCase()} ${line.figure}`, line.basis]
    .filter((part) => part !== undefined)
    .join(', ');
}
