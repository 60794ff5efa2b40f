import { LightningElement, api } from 'lwc';
import type { DialRequest } from 'c/callContract';
import { personOf } from 'c/callWords';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const SPOKEN: Readonly<Record<string, string>> = { '*': 'star', '#': 'hash' };

/**
 * Twelve keys. Without a call they write a number to dial; during one they send digits. With nothing written, the
 * button calls the last number again.
 *
 * @fires dial with `{ number }`
 * @fires redial
 * @fires digit with `{ digit }`
 */
export default class DialPad extends LightningElement {
  /** `dial` to write a number, `digits` to send each key down the line. */
  @api mode: 'dial' | 'digits' = 'dial';
  /** The last call that the rep placed. */
  @api lastDialed?: Omit<DialRequest, 'requestId'> | undefined;
  number = '';
  sentDigits = '';
  keys = DIGITS.map((digit) => ({ digit, spoken: SPOKEN[digit] ?? digit }));

  @api focus(): void {
    this.template?.querySelector<HTMLElement>(this.isDialing ? '.number' : '.key')?.focus();
  }

  get isDialing(): boolean {
    return this.mode === 'dial';
  }

  get isRedial(): boolean {
    return this.number.trim() === '' && this.lastDialed !== undefined;
  }

  get isNumberMissing(): boolean {
    return this.number.trim() === '' && !this.isRedial;
  }

  get callText(): string {
    return this.isRedial ? 'Redial' : 'Call';
  }

  get callLabel(): string {
    return this.isRedial && this.lastDialed !== undefined
      ? `Redial ${personOf({ requestId: '', ...this.lastDialed })}`
      : 'Call';
  }

  handleNumber(event: CustomEvent<{ value: string }>): void {
    this.number = event.detail.value;
  }

  /** The call's controls get the focus: left to itself, the same key would press the first of them, Mute. */
  handleNumberKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.handleCall();
  }

  /** Typed digits count only here, so that typing a note never sends tones. */
  handlePadKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || !DIGITS.includes(event.key)) return;
    event.preventDefault();
    this.press(event.key);
  }

  handleKey(event: Event): void {
    const { digit } = (event.currentTarget as HTMLElement).dataset;
    if (digit !== undefined) this.press(digit);
  }

  handleCall(): void {
    const number = this.number.trim();
    if (this.isRedial) this.dispatchEvent(new CustomEvent('redial'));
    else if (number !== '') this.dispatchEvent(new CustomEvent('dial', { detail: { number } }));
  }

  private press(digit: string): void {
    if (this.isDialing) {
      this.number += digit;
    } else {
      this.sentDigits += digit;
      this.dispatchEvent(new CustomEvent('digit', { detail: { digit } }));
    }
  }
}
