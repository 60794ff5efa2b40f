import { LightningElement, api } from 'lwc';
import type { PhoneCall, PhoneSnapshot } from 'c/callContract';
import {
  awaitsChoice,
  callWords,
  connectedSeconds,
  consultationOf,
  deviceNotice,
  isConnected,
  isLive,
  lineTrouble,
  personAndCompany,
  personOf,
  ringingCall,
  troubleOf,
} from 'c/callWords';
import type { People } from 'c/callWords';
import { formatDuration } from 'c/figureFormat';
import { every } from 'c/ticker';

const SECOND_MS = 1_000;

/**
 * The call slot: who, which number, how long, what the call is doing; who calls; the calls beside it. Its height is
 * fixed, so nothing moves when a call comes or goes. The timer is never announced.
 *
 * @fires retry when the user asks the phone to check again
 * @fires answer with `{ callId }`
 * @fires reject with `{ callId }`
 * @fires choose with `{ callId, person }`
 * @fires switchto with `{ callId }`
 * @fires join, complete, cancel
 */
export default class CallSlot extends LightningElement {
  /** With its calls named. */
  @api snapshot?: PhoneSnapshot;
  @api people: People = {};
  /** Where the last outcome is; shown while there is no call. */
  @api savedWords?: string | undefined;
  /** Why the rep's last wish was not fulfilled. */
  @api notice?: string | undefined;
  @api hasShortcuts = false;
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

  get ringing(): PhoneCall | undefined {
    return this.snapshot && ringingCall(this.snapshot);
  }

  /** Only the ring: nothing else is up. What could not be called before it has been read. */
  get isRingAlone(): boolean {
    return this.ringing !== undefined && !isLive(this.snapshot?.call);
  }

  get isRingBeside(): boolean {
    return this.ringing !== undefined && !this.isRingAlone;
  }

  /** The call to show: not one that the phone itself could not place, whose cure is the phone's. */
  get call(): PhoneCall | undefined {
    const call = this.snapshot?.call;
    if (this.isRingAlone) return undefined;
    return call?.error !== undefined && call.error === this.snapshot?.error ? undefined : call;
  }

  get slotClass(): string {
    return isLive(this.call) || this.isRingAlone ? 'slot slot_live' : 'slot';
  }

  get person(): string | undefined {
    return this.call && personAndCompany(this.call.request, this.people);
  }

  get isChoosing(): boolean {
    return this.call !== undefined && awaitsChoice(this.call) && !this.isRingBeside;
  }

  /** The number under a name; nothing under a number, nor where the room is needed for another call. */
  get number(): string | undefined {
    const request = this.call?.request;
    if (request?.recordName === undefined || this.isRingBeside || this.hasOtherCalls) return undefined;
    return request.numberLabel === undefined ? request.number : `${request.numberLabel} ${request.number}`;
  }

  get timer(): string | undefined {
    const seconds = this.call && connectedSeconds(this.call, this.nowMs);
    return isConnected(this.call) && seconds !== undefined ? formatDuration(seconds) : undefined;
  }

  get words(): string | undefined {
    return this.call && callWords(this.call);
  }

  /** Said beside the state: how the line is, and about whom a colleague is asked. */
  get detail(): string | undefined {
    const asksAbout = this.asksAbout;
    if (asksAbout !== undefined) return `· about ${asksAbout}`;
    const isGood = this.call?.quality !== undefined && lineTrouble(this.call.quality) === undefined;
    return isGood && this.call?.state === 'talking' ? '· good line' : undefined;
  }

  get trouble(): string | undefined {
    return this.notice ?? (this.call && this.snapshot && troubleOf(this.call, this.snapshot));
  }

  get otherCalls(): readonly PhoneCall[] {
    return (this.snapshot?.otherCalls ?? []).filter(isLive);
  }

  get hasOtherCalls(): boolean {
    return isLive(this.call) && this.otherCalls.length > 0;
  }

  get consultation(): PhoneCall | undefined {
    return this.snapshot && consultationOf(this.snapshot);
  }

  /** Why the phone can't call, while there is no call to show. */
  get phoneError() {
    return this.call === undefined && !this.isRingAlone ? this.snapshot?.error : undefined;
  }

  get idleWords(): string | undefined {
    const waiting = this.snapshot?.waiting;
    if (waiting !== undefined) return `The phone is starting; calling ${personOf(waiting)} in a moment.`;
    if (this.snapshot?.phoneState === 'reconnecting') return 'The phone is reconnecting.';
    return this.snapshot?.phoneState === 'ready'
      ? 'No call. Click a number on a record, or type one.'
      : 'The phone is starting.';
  }

  get isElsewhere(): boolean {
    return this.snapshot?.runsElsewhere === true;
  }

  get idleTrouble(): string | undefined {
    return this.notice ?? (this.snapshot && deviceNotice(this.snapshot));
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }

  /** What the parts of the slot ask for is the phone's to do. */
  handleWish(event: CustomEvent): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail as unknown }));
  }

  private get asksAbout(): string | undefined {
    const callId = this.call?.consultsFor;
    const waiting = this.snapshot?.otherCalls.find((other) => other.callId === callId);
    return callId === undefined || waiting === undefined ? undefined : personOf(waiting.request);
  }
}
