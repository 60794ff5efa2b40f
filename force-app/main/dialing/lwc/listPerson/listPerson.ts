import { LightningElement, api } from 'lwc';
import { SKIP_REASONS } from 'c/callContract';
import type { SkipReasonCode } from 'c/callContract';
import type DialButton from 'c/dialButton';
import type { ListedPerson } from 'c/listRecords';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When to call back, counted from now. */
const CALL_BACKS = [
  { value: String(HOUR_MS), label: 'In an hour' },
  { value: String(3 * HOUR_MS), label: 'In 3 hours' },
  { value: String(DAY_MS), label: 'Tomorrow at this time' },
  { value: String(7 * DAY_MS), label: 'In a week' },
];

/**
 * Who is to be called next, and what can be done about it.
 *
 * @fires skip with `{ reason }`
 * @fires callback with `{ afterMs }`
 * @fires openrecord
 * @fires takeagain when the reservation ended
 * @fires dialprogress as of c-dial-button
 */
export default class ListPerson extends LightningElement {
  @api person!: ListedPerson;
  /** Why this person comes now. */
  @api reasons = '';
  @api reservation = '';
  /** The reservation ended, and a colleague may have the person. */
  @api isLapsed = false;
  /** While the relay is asked, or out of reach. */
  @api isBusy = false;

  skipReasons = SKIP_REASONS;
  callBacks = CALL_BACKS;

  /** Puts the focus on Call, or on what stands in its place. */
  @api focus(): void {
    const button = this.template?.querySelector<DialButton & HTMLElement>('c-dial-button');
    (button ?? this.template?.querySelector<HTMLElement>('button'))?.focus();
  }

  get lapsedWords(): string {
    return `${this.person.name}’s reservation ended.`;
  }

  get canCall(): boolean {
    return this.person.number !== undefined;
  }

  handleSkip(event: CustomEvent<{ value: SkipReasonCode }>): void {
    this.tell('skip', { reason: event.detail.value });
  }

  handleCallBack(event: CustomEvent<{ value: string }>): void {
    this.tell('callback', { afterMs: Number(event.detail.value) });
  }

  handleOpen(): void {
    this.tell('openrecord');
  }

  handleTakeAgain(): void {
    this.tell('takeagain');
  }

  handleProgress(event: CustomEvent): void {
    this.tell('dialprogress', event.detail as unknown);
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
