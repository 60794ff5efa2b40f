import { LightningElement, api } from 'lwc';
import type { PhoneSnapshot } from 'c/callContract';
import {
  callWords,
  connectedSeconds,
  errorWords,
  holdRefusal,
  isConnected,
  isLive,
  personOf,
} from 'c/callWords';
import { formatDuration } from 'c/figureFormat';
import { every } from 'c/ticker';

const SECOND_MS = 1_000;

/**
 * The call slot: who, which number, how long, what the call is doing. Its height is fixed, so nothing moves when a
 * call comes or goes. The timer is never announced.
 *
 * @fires retry when the user asks the phone to check again
 */
export default class CallStatus extends LightningElement {
  @api snapshot?: PhoneSnapshot;
  /** Where the last outcome is; shown while there is no call. */
  @api savedWords?: string;
  nowMs = Date.now();
  private stopTimer = () => {};

  override connectedCallback(): void {
    this.stopTimer = every(SECOND_MS, () => {
      this.nowMs = Date.now();
    });
  }

  override disconnectedCallback(): void {
    this.stopTimer();
  }

  /** The call to show: not one that the phone itself could not place, whose cure is the phone's. */
  get call() {
    const call = this.snapshot?.call;
    return call?.error !== undefined && call.error === this.snapshot?.error ? undefined : call;
  }

  get slotClass(): string {
    return isLive(this.call) ? 'slot slot_live' : 'slot';
  }

  get person(): string | undefined {
    return this.call && personOf(this.call.request);
  }

  /** The number under a name; nothing under a number that was typed. */
  get number(): string | undefined {
    const request = this.call?.request;
    if (request?.recordName === undefined) return undefined;
    return request.numberLabel === undefined ? request.number : `${request.numberLabel} ${request.number}`;
  }

  get timer(): string | undefined {
    const seconds = this.call && connectedSeconds(this.call, this.nowMs);
    return isConnected(this.call) && seconds !== undefined ? formatDuration(seconds) : undefined;
  }

  get words(): string | undefined {
    return this.call && callWords(this.call);
  }

  /** What went wrong, when the call itself stays. */
  get trouble(): string | undefined {
    const call = this.call;
    if (call === undefined) return undefined;
    if (call.error !== undefined) return errorWords(call.error);
    if (this.snapshot?.phoneState === 'reconnecting' && isConnected(call))
      return 'Connection lost. Your call is still up; reconnecting.';
    return holdRefusal(call);
  }

  /** Why the phone can't call, while there is no call to show. */
  get phoneError() {
    return this.call === undefined ? this.snapshot?.error : undefined;
  }

  get idleWords(): string | undefined {
    if (this.call !== undefined || this.phoneError !== undefined) return undefined;
    const waiting = this.snapshot?.waiting;
    if (waiting !== undefined) return `The phone is starting; calling ${personOf(waiting)} in a moment.`;
    return this.snapshot?.phoneState === 'ready'
      ? 'No call. Click a number on a record, or type one.'
      : 'The phone is starting.';
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
