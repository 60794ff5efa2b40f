import { LightningElement, api, wire } from 'lwc';
import { APPLICATION_SCOPE, MessageContext, publish, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import dialChannel from '@salesforce/messageChannel/Scoreline_Dial__c';
import type { CallMessage, DialAnswer, DialMessage } from 'c/callContract';
import { personAndLabel } from 'c/callWords';
import { after } from 'c/ticker';

/** After this long without an answer there is no phone on the page. */
const ANSWER_LIMIT_MS = 4_000;
/** A frame: by then the panel that a call opens stands where it will stay. */
const PANEL_OPENING_MS = 20;

type Progress = 'idle' | 'asked' | 'unanswered' | 'inCall' | DialAnswer;

const BUSY: readonly Progress[] = ['asked', 'dialing', 'waiting', 'inCall'];
const REFUSED: readonly Progress[] = ['refusedInCall', 'refusedOutcomeMissing'];

/**
 * Asks the phone to call one number, and shows what became of it. The focus stays on the button; while a request runs
 * further clicks do nothing.
 *
 * @fires dialprogress with `{ text }`, what to announce now; empty when nothing is
 */
export default class DialButton extends LightningElement {
  @api number = '';
  @api recordId?: string;
  @api recordName?: string;
  /** Which of the record's numbers, e.g. `Mobile`. */
  @api numberLabel?: string;
  /** Whether somebody else is to be called after this one. */
  @api hasNext = false;

  @wire(MessageContext) messageContext!: PageMessages;

  progress: Progress = 'idle';
  private requestId = '';
  private subscription?: Subscription;
  private stopWaiting = () => {};
  private stopUncovering = () => {};

  override connectedCallback(): void {
    this.subscription = subscribe<CallMessage>(
      this.messageContext,
      callChannel,
      (message) => this.handleCallMessage(message),
      { scope: APPLICATION_SCOPE },
    );
  }

  override disconnectedCallback(): void {
    unsubscribe(this.subscription);
    this.stopWaiting();
    this.stopUncovering();
  }

  @api focus(): void {
    this.template?.querySelector<HTMLElement>('.call')?.focus();
  }

  get ariaLabel(): string {
    const verb = this.progress === 'inCall' ? 'In call with' : this.buttonText;
    return `${verb} ${personAndLabel(this.request)}`;
  }

  get buttonText(): string {
    if (this.progress === 'dialing') return 'Calling';
    return this.progress === 'inCall' ? 'In call' : 'Call';
  }

  /** What stands under the button; nothing while the button itself says it all. */
  get words(): string | undefined {
    switch (this.progress) {
      case 'waiting':
        return 'The phone is starting; calling in a moment.';
      case 'refusedInCall':
        return 'Not called: a call is up. End it first.';
      case 'refusedOutcomeMissing':
        return 'Not called: choose an outcome before the next call.';
      case 'unanswered':
        return 'Not called: there is no phone on this page. Open the Scoreline app.';
      default:
        return undefined;
    }
  }

  get isBusy(): boolean {
    return BUSY.includes(this.progress);
  }

  handleClick(): void {
    if (this.isBusy) return;
    this.requestId = crypto.randomUUID();
    this.progress = 'asked';
    this.stopWaiting = after(ANSWER_LIMIT_MS, () => this.show('unanswered'));
    publish(this.messageContext, dialChannel, this.request);
  }

  /** The phone announces a call that is up, and its end. */
  private get announcement(): string {
    if (this.progress === 'dialing') return `Calling ${personAndLabel(this.request)}`;
    return this.words ?? '';
  }

  private get request(): DialMessage {
    return {
      requestId: this.requestId,
      number: this.number,
      recordId: this.recordId,
      recordName: this.recordName,
      numberLabel: this.numberLabel,
      ...(this.hasNext ? { hasNext: true } : {}),
    };
  }

  private handleCallMessage(message: CallMessage): void {
    if (
      message.kind === 'callSaved' ||
      message.kind === 'nextWanted' ||
      message.requestId !== this.requestId
    ) {
      this.forgetRefusal(message);
      return;
    }
    this.stopWaiting();
    if (message.kind === 'dialAnswered') this.show(message.answer);
    else if (message.state === 'ended') this.show('idle');
    else this.show(message.state === 'talking' || message.state === 'held' ? 'inCall' : 'dialing');
  }

  /** The panel opens over the page and may hide the button that has the focus. */
  private uncoverButton(): void {
    const button = this.template?.querySelector<HTMLElement>('.call');
    if (!button || this.template?.activeElement !== button) return;
    const { left, top, width, height } = button.getBoundingClientRect();
    const seen = this.template.elementFromPoint(left + width / 2, top + height / 2);
    if (!button.contains(seen)) button.scrollIntoView({ block: 'start' });
  }

  /** A refusal is out of date once the call in its way has gone on. */
  private forgetRefusal(message: CallMessage): void {
    if (message.kind !== 'dialAnswered' && REFUSED.includes(this.progress)) this.progress = 'idle';
  }

  private show(progress: Progress): void {
    if (progress === this.progress) return;
    this.progress = progress;
    if (progress === 'dialing' && this.template?.activeElement)
      this.stopUncovering = after(PANEL_OPENING_MS, () => this.uncoverButton());
    this.dispatchEvent(new CustomEvent('dialprogress', { detail: { text: this.announcement } }));
  }
}
