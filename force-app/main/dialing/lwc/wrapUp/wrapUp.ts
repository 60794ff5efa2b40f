import { LightningElement, api } from 'lwc';
import type { Outcome, OutcomeChoice, OutcomeCode, PhoneCall } from 'c/callContract';
import { callWords, personOf } from 'c/callWords';
import { dayAfter, dayInUserZone } from 'c/figureFormat';
import type { Choice } from 'c/choiceButtons';

type FollowUp = 'none' | 'tomorrow' | 'week' | 'date';

const FOLLOW_UPS: readonly Choice[] = [
  { value: 'none', label: 'None' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'week', label: '1 week' },
  { value: 'date', label: 'Date' },
];

/**
 * What the rep says of an ended call: an outcome in one click or digit, a note, a follow-up.
 *
 * @fires save with an `OutcomeChoice`
 * @fires draft with what is entered so far, at every change
 * @fires outcomemissing when saving without an outcome
 */
export default class WrapUp extends LightningElement {
  @api call!: PhoneCall;
  @api outcomes: readonly Outcome[] = [];
  /** What was entered before this component was rebuilt. */
  @api draft?: Partial<OutcomeChoice>;

  outcome?: OutcomeCode;
  note = '';
  followUp: FollowUp = 'none';
  followUpDate = '';
  isOutcomeMissing = false;
  followUps = FOLLOW_UPS;

  override connectedCallback(): void {
    if (this.draft?.outcome !== undefined) this.outcome = this.draft.outcome;
    this.note = this.draft?.note ?? '';
    if (this.draft?.followUpOn !== undefined) {
      this.followUp = 'date';
      this.followUpDate = this.draft.followUpOn;
    }
  }

  /** Puts the focus on the outcomes. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('c-choice-buttons.outcomes')?.focus();
  }

  get heading(): string {
    return `${callWords(this.call)} · ${personOf(this.call.request)}`;
  }

  get outcomeChoices(): Choice[] {
    return this.outcomes.map(({ code, label, key }) => ({ value: code, label, key }));
  }

  get outcomeError(): string | undefined {
    return this.isOutcomeMissing ? 'Choose an outcome before the next call.' : undefined;
  }

  get isDateChosen(): boolean {
    return this.followUp === 'date';
  }

  get today(): string {
    return dayInUserZone(new Date());
  }

  handleOutcome(event: CustomEvent<{ value: OutcomeCode }>): void {
    this.outcome = event.detail.value;
    this.isOutcomeMissing = false;
    this.tellDraft();
  }

  handleNote(event: Event): void {
    this.note = (event.target as HTMLTextAreaElement).value;
    this.tellDraft();
  }

  handleFollowUp(event: CustomEvent<{ value: FollowUp }>): void {
    this.followUp = event.detail.value;
    if (this.followUp === 'date' && this.followUpDate === '') this.followUpDate = dayAfter(this.today, 1);
    this.tellDraft();
  }

  handleFollowUpDate(event: CustomEvent<{ value: string | null }>): void {
    this.followUpDate = event.detail.value ?? '';
    this.tellDraft();
  }

  /** Browsers scroll to the inner element, which knows nothing of the margin that keeps a field clear of Save. */
  handleFocusIn(event: FocusEvent): void {
    const field = event.target as HTMLElement;
    if (!field.classList.contains('save')) field.scrollIntoView({ block: 'nearest' });
  }

  handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    this.handleSave();
  }

  handleSave(): void {
    if (this.outcome === undefined) {
      this.isOutcomeMissing = true;
      this.dispatchEvent(new CustomEvent('outcomemissing'));
      this.focus();
      return;
    }
    const detail: OutcomeChoice = { outcome: this.outcome, note: this.note.trim(), ...this.followUpOn() };
    this.dispatchEvent(new CustomEvent('save', { detail }));
  }

  private tellDraft(): void {
    const detail: Partial<OutcomeChoice> = {
      ...(this.outcome === undefined ? {} : { outcome: this.outcome }),
      note: this.note,
      ...this.followUpOn(),
    };
    this.dispatchEvent(new CustomEvent('draft', { detail }));
  }

  private followUpOn(): { followUpOn?: string } {
    if (this.followUp === 'tomorrow') return { followUpOn: dayAfter(this.today, 1) };
    if (this.followUp === 'week') return { followUpOn: dayAfter(this.today, 7) };
    return this.followUp === 'date' && this.followUpDate !== '' ? { followUpOn: this.followUpDate } : {};
  }
}
