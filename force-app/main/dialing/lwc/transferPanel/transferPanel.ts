import { LightningElement, api } from 'lwc';
import type { Colleague } from 'c/phoneRecords';

const SHOWN_COLLEAGUES = 20;

/**
 * Whom to hand the call to, or to call beside it: a number, or a colleague by name.
 *
 * @fires transfer with `{ number }`, at once and unasked
 * @fires consult with `{ number, name }`, to ask there first
 * @fires addcall with `{ number, name }`
 * @fires close
 */
export default class TransferPanel extends LightningElement {
  @api purpose: 'transfer' | 'add' = 'transfer';
  /** Who the call is with, as its heading names them. */
  @api person = '';
  @api colleagues: readonly Colleague[] = [];
  text = '';
  chosen?: Colleague | undefined;

  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.target')?.focus();
  }

  get isTransfer(): boolean {
    return this.purpose === 'transfer';
  }

  get heading(): string {
    return this.isTransfer ? `Transfer ${this.person}` : `Add a call; ${this.person} is put on hold`;
  }

  get matching(): Colleague[] {
    const wanted = this.chosen === undefined ? this.text.trim().toLowerCase() : '';
    return this.colleagues
      .filter(({ name, title }) => `${name} ${title ?? ''}`.toLowerCase().includes(wanted))
      .slice(0, SHOWN_COLLEAGUES);
  }

  get rows(): (Colleague & { isChosen: boolean })[] {
    return this.matching.map((colleague) => ({
      ...colleague,
      isChosen: colleague.userId === this.chosen?.userId,
    }));
  }

  get isEmpty(): boolean {
    return this.matching.length === 0 && this.number === undefined;
  }

  get isTargetMissing(): boolean {
    return this.number === undefined;
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.chosen = undefined;
  }

  handleChoose(event: Event): void {
    const { userId } = (event.currentTarget as HTMLElement).dataset;
    this.chosen = this.colleagues.find((colleague) => colleague.userId === userId);
    this.text = this.chosen?.name ?? this.text;
  }

  /** Escape closes the panel, never the call. */
  handleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('close'));
  }

  handleTransfer(): void {
    this.tell('transfer');
  }

  handleConsult(): void {
    this.tell('consult');
  }

  handleAdd(): void {
    this.tell('addcall');
  }

  /** The chosen colleague's, or what was typed where it can be a number. */
  private get number(): string | undefined {
    if (this.chosen !== undefined) return this.chosen.number;
    const typed = this.text.trim();
    return /^[+\d][\d\s().-]*$/u.test(typed) ? typed : undefined;
  }

  private tell(type: 'transfer' | 'consult' | 'addcall'): void {
    if (this.number === undefined) return;
    this.dispatchEvent(new CustomEvent(type, { detail: { number: this.number, name: this.chosen?.name } }));
  }
}
