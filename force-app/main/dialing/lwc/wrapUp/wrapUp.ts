import { LightningElement, api } from 'lwc';
import type { Outcome, OutcomeChoice, OutcomeCode, PhoneCall } from 'c/callContract';
import { adviceWords, awaitsChoice, callWords, matchesOf, personAndCompany } from 'c/callWords';
import type { People } from 'c/callWords';
import { dayAfter, dayInUserZone } from 'c/figureFormat';
import type { Choice } from 'c/choiceButtons';

type FollowUp = 'none' | 'tomorrow' | 'week' | 'date';

const FOLLOW_UPS: readonly Choice[] = [
  { value: 'none', label: 'None' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'week', label: '1 week' },
  { value: 'date', label: 'Date' },
];

/** With more outcomes than this, the first few are shown and the others on demand. */
const ALL_SHOWN_UP_TO = 7;
const FIRST_SHOWN = 5;
const NOBODY = 'none';

/**
 * What the rep says of an ended call: an outcome in one click or digit, a note, a follow-up.
 *
 * @fires save with an `OutcomeChoice`
 * @fires next after `save`, when the rep wants to go on to the next person of the list
 * @fires draft with what is entered so far, at every change
 * @fires leaveout with `{ callId }`, when the rep goes on without an outcome
 * @fires outcomemissing when saving without an outcome
 * @fires choose with `{ callId, person }`, no person for none of the matches
 */
export default class WrapUp extends LightningElement {
  @api call!: PhoneCall;
  @api outcomes: readonly Outcome[] = [];
  /** Whether the rep may go on without an outcome. */
  @api isOutcomeOptional = false;
  @api people: People = {};
  /** How many calls wait for their outcome, this one included. */
  @api owedCount = 1;
  /** What was entered before this component was rebuilt. */
  @api draft?: Partial<OutcomeChoice> | undefined;

  outcome?: OutcomeCode;
  note = '';
  followUp: FollowUp = 'none';
  followUpDate = '';
  isOutcomeMissing = false;
  isChanging = false;
  followUps = FOLLOW_UPS;
  private focusesRecords = false;

  override connectedCallback(): void {
    if (this.draft?.outcome !== undefined) this.outcome = this.draft.outcome;
    this.note = this.draft?.note ?? '';
    if (this.draft?.followUpOn !== undefined) {
      this.followUp = 'date';
      this.followUpDate = this.draft.followUpOn;
    }
  }

  override renderedCallback(): void {
    if (!this.focusesRecords) return;
    this.focusesRecords = false;
    this.template?.querySelector<HTMLElement>('c-choice-buttons.records')?.focus();
  }

  /** Puts the focus on the outcomes. */
  @api focus(): void {
    this.template?.querySelector<HTMLElement>('c-choice-buttons.outcomes')?.focus();
  }

  get heading(): string {
    return `${callWords(this.call)} · ${personAndCompany(this.call.request, this.people)}`;
  }

  get advice(): string | undefined {
    return adviceWords(this.call);
  }

  get owedWords(): string | undefined {
    return this.owedCount > 1 ? `1 of ${this.owedCount}` : undefined;
  }

  /** Whose call it was can be changed where others have the number too. */
  get canChange(): boolean {
    return !this.isChoosing && this.records.length > 1;
  }

  get isChoosing(): boolean {
    return this.records.length > 0 && (this.isChanging || awaitsChoice(this.call));
  }

  get recordLegend(): string {
    return awaitsChoice(this.call)
      ? `${this.records.length} people have this number. Choose once; we remember.`
      : 'Whose call was it?';
  }

  get recordChoices(): Choice[] {
    return [
      ...this.records.map(({ recordId, name, company }) => ({
        value: recordId,
        label: company === undefined ? name : `${name}, ${company}`,
      })),
      { value: NOBODY, label: 'None of these' },
    ];
  }

  get shownOutcomes(): number {
    return this.outcomes.length > ALL_SHOWN_UP_TO ? FIRST_SHOWN : this.outcomes.length;
  }

  get outcomeChoices(): Choice[] {
    return this.outcomes.map(({ code, label, key }) => ({ value: code, label, key }));
  }

  get outcomeError(): string | undefined {
    if (!this.isOutcomeMissing) return undefined;
    return this.isOutcomeOptional ? 'Choose an outcome to save.' : 'Choose an outcome before the next call.';
  }

  get isDateChosen(): boolean {
    return this.followUp === 'date';
  }

  get today(): string {
    return dayInUserZone(new Date());
  }

  handleChange(): void {
    this.isChanging = true;
    this.focusesRecords = true;
  }

  handleRecord(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    this.isChanging = false;
    const detail = { callId: this.call.callId, person: value === NOBODY ? undefined : this.people[value] };
    this.dispatchEvent(new CustomEvent('choose', { detail }));
    this.focus();
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
    this.save();
  }

  handleSaveAndNext(): void {
    if (this.save()) this.dispatchEvent(new CustomEvent('next', { detail: { call: this.call } }));
  }

  handleLeaveOut(): void {
    this.dispatchEvent(new CustomEvent('leaveout', { detail: { callId: this.call.callId } }));
  }

  /** Tells whether there was an outcome to save. */
  private save(): boolean {
    if (this.outcome === undefined) {
      this.isOutcomeMissing = true;
      this.dispatchEvent(new CustomEvent('outcomemissing'));
      this.focus();
      return false;
    }
    const detail: OutcomeChoice = { outcome: this.outcome, note: this.note.trim(), ...this.followUpOn() };
    this.dispatchEvent(new CustomEvent('save', { detail }));
    return true;
  }

  private get records() {
    return matchesOf(this.call, this.people);
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
