import { LightningElement, api } from 'lwc';
import type { PeriodKind, Scorecard } from 'c/scorecardRecords';

type View = 'quarter' | PeriodKind;

const LABELS: Readonly<Record<View, string>> = { quarter: 'Quarter', months: 'Months', weeks: 'Weeks' };

/**
 * The metrics of a card: those of the quarter, of which the score is made, or the figures of its months or weeks.
 *
 * @fires viewchange with `{ label }`, what is shown now
 */
export default class MetricViews extends LightningElement {
  @api card!: Scorecard;
  /** Whether it is the user's own card. */
  @api isOwn = false;
  /** On paper nothing can be opened: every row is. */
  @api isPrinting = false;
  view: View = 'quarter';

  readonly options = (Object.keys(LABELS) as View[]).map((value) => ({ value, label: LABELS[value] }));

  get isQuarter(): boolean {
    return this.view === 'quarter';
  }

  get hasPrevious(): boolean {
    return this.card.previousLabel !== undefined;
  }

  get hasTeam(): boolean {
    return this.card.teamScore !== undefined;
  }

  handleChange(event: CustomEvent<{ readonly value: View }>): void {
    this.view = event.detail.value;
    this.dispatchEvent(new CustomEvent('viewchange', { detail: { label: LABELS[this.view] } }));
  }
}
