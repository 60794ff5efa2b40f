import { LightningElement, api } from 'lwc';
import type { PhoneCall } from 'c/callContract';
import { isConnected, isLive } from 'c/callWords';
import { after } from 'c/ticker';

/** A click meant for what stood here before must not end the call. */
const HANG_UP_DEAD_MS = 1_000;

/**
 * Mute, hold, keypad and hang up. They never move, and stay focusable when they can't be used.
 *
 * @fires mute with `{ muted }`
 * @fires hold with `{ held }`
 * @fires keypad when the keypad is to be shown or hidden
 * @fires hangup
 */
export default class CallControls extends LightningElement {
  @api isKeypadOpen = false;
  isHangUpDead = false;
  private current?: PhoneCall | undefined;
  private stopDeadTime = () => {};

  @api
  get call(): PhoneCall | undefined {
    return this.current;
  }
  set call(call: PhoneCall | undefined) {
    const isNewState = call?.callId !== this.current?.callId || call?.state !== this.current?.state;
    this.current = call;
    if (isNewState && isLive(call)) this.startDeadTime();
  }

  override disconnectedCallback(): void {
    this.stopDeadTime();
  }

  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.mute')?.focus();
  }

  /** Ends the call unless its state has just changed. */
  @api hangUp(): void {
    if (isLive(this.call) && !this.isHangUpDead) this.dispatchEvent(new CustomEvent('hangup'));
  }

  @api toggleMute(): void {
    if (this.call !== undefined && isLive(this.call))
      this.dispatchEvent(new CustomEvent('mute', { detail: { muted: !this.call.muted } }));
  }

  @api toggleHold(): void {
    if (this.call !== undefined && !this.isHoldBlocked)
      this.dispatchEvent(new CustomEvent('hold', { detail: { held: this.call.state !== 'held' } }));
  }

  get isMuteBlocked(): boolean {
    return !isLive(this.call);
  }

  get isHoldBlocked(): boolean {
    return !isConnected(this.call) || this.call?.holdPending === true;
  }

  get isKeypadBlocked(): boolean {
    return !isConnected(this.call);
  }

  get isHangUpBlocked(): boolean {
    return !isLive(this.call) || this.isHangUpDead;
  }

  get isMuted(): boolean {
    return isLive(this.call) && this.call?.muted === true;
  }

  get isHeld(): boolean {
    return this.call?.state === 'held';
  }

  get isKeypadShown(): boolean {
    return this.isKeypadOpen && !this.isKeypadBlocked;
  }

  get muteIcon(): string {
    return this.isMuted ? 'utility:muted' : 'utility:unmuted';
  }

  /** Icons are inverse where their button is pressed. */
  get muteVariant(): string | undefined {
    return this.isMuted ? 'inverse' : undefined;
  }

  get holdVariant(): string | undefined {
    return this.isHeld ? 'inverse' : undefined;
  }

  get keypadVariant(): string | undefined {
    return this.isKeypadShown ? 'inverse' : undefined;
  }

  get hangUpVariant(): string | undefined {
    return isLive(this.call) ? 'inverse' : undefined;
  }

  /** Red from the first to the last moment of a call, also while a click would not count. */
  get hangUpClass(): string {
    return `slds-button slds-button_destructive hang-up${isLive(this.call) ? ' live' : ''}`;
  }

  handleKeypad(): void {
    if (!this.isKeypadBlocked) this.dispatchEvent(new CustomEvent('keypad'));
  }

  private startDeadTime(): void {
    this.stopDeadTime();
    this.isHangUpDead = true;
    this.stopDeadTime = after(HANG_UP_DEAD_MS, () => {
      this.isHangUpDead = false;
    });
  }
}
