import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import findMetricCalls from '@salesforce/apex/CallDrillDown.findMetricCalls';
import type { LoggedCall } from '@salesforce/apex/CallDrillDown.findCalls';
import { OUTCOMES } from 'c/callContract';
import { formatDay, formatDuration } from 'c/figureFormat';

/** What the class answers at most at a time; fewer are the last. */
const CALLS_A_PAGE = 50;

const EVIDENCE: Readonly<Record<string, string>> = {
  verified: 'Verified',
  contradicted: 'Contradicted',
  reported: 'Reported by the phone',
  pending: 'Pending',
};

/** The logged calls behind a figure, newest first, as far as the user may see them. */
export default class MetricCalls extends NavigationMixin(LightningElement) {
  @api scorecardId!: string;
  /** A metric made of calls, or `doubtful` for those whose witnesses disagree or are missing. */
  @api metric!: string;

  calls: readonly LoggedCall[] = [];
  isLoading = false;
  hasError = false;
  hasMore = false;
  status = '';

  override connectedCallback(): void {
    this.load().catch(() => undefined);
  }

  get rows() {
    return this.calls.map((call) => ({
      taskId: call.taskId,
      day: call.activityDate ? formatDay(call.activityDate) : '',
      name: call.personName ?? call.subject,
      outcome: OUTCOMES.find(({ code }) => code === call.outcome)?.label ?? 'None yet',
      talk: formatDuration(call.talkSeconds ?? 0),
      evidence: EVIDENCE[call.evidence ?? ''] ?? '',
    }));
  }

  get hasRows(): boolean {
    return this.calls.length > 0;
  }

  get isEmpty(): boolean {
    return !this.hasRows && !this.isLoading && !this.hasError;
  }

  get isMoreShown(): boolean {
    return this.hasMore && !this.hasError;
  }

  async handleMore(): Promise<void> {
    await this.load();
  }

  handleOpen(event: Event): void {
    event.preventDefault();
    const { id: recordId = '' } = (event.currentTarget as HTMLElement).dataset;
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId, objectApiName: 'Task', actionName: 'view' },
    });
  }

  private async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    this.hasError = false;
    const last = this.calls.at(-1);
    try {
      const page = await findMetricCalls({
        scorecardId: this.scorecardId,
        metric: this.metric,
        beforeDay: last?.activityDate,
        beforeId: last?.taskId,
      });
      this.calls = [...this.calls, ...page];
      this.hasMore = page.length === CALLS_A_PAGE;
      this.status = `${this.calls.length} calls listed`;
    } catch {
      this.hasError = true;
      this.status = '';
    } finally {
      this.isLoading = false;
    }
  }
}
