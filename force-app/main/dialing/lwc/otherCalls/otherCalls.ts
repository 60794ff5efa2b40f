import { LightningElement, api } from 'lwc';
import type { PhoneCall } from 'c/callContract';
import { callWords, connectedSeconds, isConnected, personOf } from 'c/callWords';
import { formatDuration } from 'c/figureFormat';

interface Row {
  readonly callId: string;
  readonly person: string;
  readonly words: string;
  readonly switchLabel: string;
  readonly joinLabel: string;
  readonly canSwitch: boolean;
  readonly canJoin: boolean;
}

/**
 * The calls beside the one the controls act on: on hold, in conference, or waiting while a colleague is asked.
 *
 * @fires switchto with `{ callId }`
 * @fires join when both calls are to be mixed
 * @fires complete when the colleague takes the call
 * @fires cancel when the question is over and the call stays
 */
export default class OtherCalls extends LightningElement {
  /** Live calls only. */
  @api calls: readonly PhoneCall[] = [];
  /** The one the controls act on. */
  @api call?: PhoneCall;
  /** The call in which a colleague is asked. */
  @api consultation?: PhoneCall;
  @api nowMs = 0;

  get rows(): Row[] {
    const canMix = isConnected(this.call) && this.consultation === undefined;
    return this.calls.map((call) => ({
      callId: call.callId,
      person: personOf(call.request),
      words: this.wordsOf(call),
      switchLabel: `Switch to ${personOf(call.request)}`,
      joinLabel: `Join ${personOf(call.request)} to this call`,
      canSwitch: isConnected(call) && !call.isInConference,
      canJoin: canMix && isConnected(call) && !call.isInConference,
    }));
  }

  get isConsulting(): boolean {
    return this.consultation !== undefined;
  }

  get isCompleteBlocked(): boolean {
    return !isConnected(this.consultation);
  }

  handleSwitch(event: Event): void {
    const { callId } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('switchto', { detail: { callId }, bubbles: true }));
  }

  handleJoin(): void {
    this.dispatchEvent(new CustomEvent('join', { bubbles: true }));
  }

  handleComplete(): void {
    if (!this.isCompleteBlocked) this.dispatchEvent(new CustomEvent('complete', { bubbles: true }));
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel', { bubbles: true }));
  }

  private wordsOf(call: PhoneCall): string {
    const seconds = connectedSeconds(call, this.nowMs);
    if (call.isInConference) return 'In conference';
    const words = callWords(call);
    return seconds === undefined ? words : `${words} ${formatDuration(seconds)}`;
  }
}
