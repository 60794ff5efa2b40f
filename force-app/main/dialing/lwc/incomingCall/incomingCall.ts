import { LightningElement, api } from 'lwc';
import type { PhoneCall } from 'c/callContract';
import { awaitsChoice, personAndCompany, personOf } from 'c/callWords';
import type { People } from 'c/callWords';

/**
 * A call that rings here: who calls, and the two buttons. Beside another call it is a strip.
 *
 * @fires answer with `{ callId }`
 * @fires reject with `{ callId }`
 * @fires choose with `{ callId, person }`
 */
export default class IncomingCall extends LightningElement {
  @api call!: PhoneCall;
  @api people: People = {};
  /** Set while the rep is in another call: that one is held when this is answered. */
  @api isBesideCall = false;
  /** Set where the slot shows something else too. */
  @api isStrip = false;
  @api hasShortcuts = false;

  get person(): string {
    return personAndCompany(this.call.request, this.people);
  }

  get isAmbiguous(): boolean {
    return !this.isStrip && awaitsChoice(this.call);
  }

  /** The number under a name; nothing under a number. */
  get number(): string | undefined {
    return this.isStrip || this.call.request.recordName === undefined ? undefined : this.call.request.number;
  }

  get words(): string {
    return this.isStrip ? `${this.person} is calling` : 'Calling you';
  }

  get answerText(): string {
    return this.isBesideCall ? 'Hold and answer' : 'Answer';
  }

  get answerLabel(): string {
    return `${this.answerText}: ${personOf(this.call.request)}`;
  }

  get rejectLabel(): string {
    return `Reject: ${personOf(this.call.request)}`;
  }

  get answerKeys(): string | undefined {
    return this.hasShortcuts ? 'Control+Shift+A' : undefined;
  }

  get rejectKeys(): string | undefined {
    return this.hasShortcuts ? 'Control+Shift+X' : undefined;
  }

  get answerTitle(): string {
    return this.hasShortcuts ? `${this.answerText} (Ctrl+Shift+A)` : this.answerText;
  }

  get rejectTitle(): string {
    return this.hasShortcuts ? 'Reject (Ctrl+Shift+X)' : 'Reject';
  }

  handleAnswer(): void {
    this.dispatchEvent(new CustomEvent('answer', { detail: { callId: this.call.callId }, bubbles: true }));
  }

  handleReject(): void {
    this.dispatchEvent(new CustomEvent('reject', { detail: { callId: this.call.callId }, bubbles: true }));
  }
}
