import { LightningElement, api } from 'lwc';
import { METRICS } from 'c/callContract';
import type { MetricName } from 'c/callContract';
import { DRIVE_METRICS, startDrive } from 'c/driveRecords';
import { dayAfter, dayInUserZone, formatCount } from 'c/figureFormat';
import type { TeamCard } from 'c/teamRecords';

const DEFAULT_UPLIFT = 10;
/** Six weeks: long enough to tell a change, short enough to keep at it. */
const DEFAULT_DAYS = 41;
/** What one drive can hold, and one page can show. */
const MOST_PEOPLE = 200;

/**
 * Starts an improvement drive: what is to get better, by how much, until when, by whom and how.
 *
 * @fires started with `{ text }`
 * @fires cancel
 */
export default class DriveEditor extends LightningElement {
  @api cards: readonly TeamCard[] = [];
  /** The rep the drive was asked for. */
  @api
  get repId(): string {
    return this.repIds[0] ?? '';
  }
  set repId(repId: string) {
    this.repIds = repId === '' ? [] : [repId];
  }

  repIds: readonly string[] = [];
  metric: MetricName = 'connectRate';
  uplift = String(DEFAULT_UPLIFT);
  firstDay = dayAfter(dayInUserZone(new Date()), 1);
  lastDay = dayAfter(dayInUserZone(new Date()), 1 + DEFAULT_DAYS);
  practice = '';
  problem = '';
  isSaving = false;

  get metricOptions(): { label: string; value: string }[] {
    return DRIVE_METRICS.map((name) => ({ label: METRICS[name].label, value: name }));
  }

  get people(): { label: string; value: string }[] {
    return [...this.cards]
      .sort((left, right) => left.name.localeCompare(right.name))
      .slice(0, MOST_PEOPLE)
      .map(({ name, repId }) => ({ label: name, value: repId }));
  }

  get chosenPeople(): string[] {
    return [...this.repIds];
  }

  get upliftLabel(): string {
    return METRICS[this.metric].better === 'less' ? 'Less by, in percent' : 'More by, in percent';
  }

  handleMetric(event: CustomEvent<{ value: MetricName }>): void {
    this.metric = event.detail.value;
  }

  handleUplift(event: CustomEvent<{ value: string }>): void {
    this.uplift = event.detail.value;
  }

  handleFirstDay(event: CustomEvent<{ value: string }>): void {
    this.firstDay = event.detail.value;
  }

  handleLastDay(event: CustomEvent<{ value: string }>): void {
    this.lastDay = event.detail.value;
  }

  handlePractice(event: CustomEvent<{ value: string }>): void {
    this.practice = event.detail.value;
  }

  handlePeople(event: CustomEvent<{ value: string[] }>): void {
    this.repIds = event.detail.value;
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }

  async handleStart(): Promise<void> {
    const uplift = Number(this.uplift);
    this.problem = this.problemWith(uplift);
    if (this.problem !== '') return;
    this.isSaving = true;
    try {
      const { metric, firstDay, lastDay, practice, repIds } = this;
      const missing = await startDrive({ metric, uplift, firstDay, lastDay, practice, repIds });
      const text =
        missing === 0
          ? `Drive started for ${formatCount(repIds.length)} people`
          : `Drive started; ${formatCount(missing)} people could not be added`;
      this.dispatchEvent(new CustomEvent('started', { detail: { text } }));
    } catch {
      this.problem = 'Salesforce did not save the drive. Nothing was changed. Try again.';
    }
    this.isSaving = false;
  }

  private problemWith(uplift: number): string {
    if (!(uplift > 0 && uplift <= 100)) return 'Give a percentage above 0 and up to 100.';
    if (this.firstDay === '' || this.lastDay === '') return 'Give the first and the last day.';
    if (this.lastDay < this.firstDay) return 'The last day lies before the first.';
    return this.repIds.length === 0 ? 'Choose at least one person.' : '';
  }
}
