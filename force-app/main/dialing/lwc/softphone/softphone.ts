import { LightningElement, wire } from 'lwc';
import { APPLICATION_SCOPE, MessageContext, publish, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import { EnclosingUtilityId, open, updateUtility } from 'lightning/platformUtilityBarApi';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import dialChannel from '@salesforce/messageChannel/Scoreline_Dial__c';
import type {
  CallMessage,
  DialAnswer,
  DialMessage,
  DialRequest,
  ErrorName,
  Outcome,
  OutcomeChoice,
  Phone,
  PhoneSnapshot,
} from 'c/callContract';
import { announcementOf, isLive, owesOutcome, phoneWords } from 'c/callWords';
import { draftOf, keepDraft, PhoneNotSetUp, startPhone } from 'c/phoneBridge';
import type { StartedPhone } from 'c/phoneBridge';
import type CallControls from 'c/callControls';
import { ANSWER_WORDS, changesToTell, savedWords, utilityLabel } from './phoneMessages.ts';

/**
 * The phone in the utility bar: takes dial requests from the page, shows the phone, and tells the page what became of
 * each call. The engine lives in c/phoneBridge and outlasts this component.
 */
export default class Softphone extends LightningElement {
  @wire(MessageContext) messageContext!: PageMessages;
  @wire(EnclosingUtilityId) utilityId?: string | undefined;

  snapshot: PhoneSnapshot = {
    phoneState: 'starting',
    otherCalls: [],
    unsent: 0,
    inputLevel: 0,
    runsElsewhere: false,
    audio: { inputs: [], outputs: [], inputId: '', outputId: '', ringerId: '' },
    missedUnseen: 0,
  };
  outcomes: readonly Outcome[] = [];
  loadFailure?: ErrorName | undefined;
  status = '';
  alert = '';
  isKeypadOpen = false;

  private phone?: Phone;
  private early?: DialMessage | undefined;
  private label = '';
  /** What gets the focus after rendering, when the element that had it is gone. */
  private focusNext?: string | undefined;
  private subscription?: Subscription;
  private endPhoneSubscription = () => {};
  /** A utility bar that refuses is not asked again; the phone works without it. */
  private handleBarRefusal = () => {
    this.utilityId = undefined;
  };
  private handleShortcut = (event: KeyboardEvent) => this.useShortcut(event);

  override connectedCallback(): void {
    this.subscription = subscribe<DialMessage>(
      this.messageContext,
      dialChannel,
      (message) => this.handleDialMessage(message),
      { scope: APPLICATION_SCOPE },
    );
    window.addEventListener('keydown', this.handleShortcut);
    this.connectPhone();
  }

  override disconnectedCallback(): void {
    unsubscribe(this.subscription);
    window.removeEventListener('keydown', this.handleShortcut);
    this.endPhoneSubscription();
  }

  override renderedCallback(): void {
    if (this.focusNext === undefined) return;
    this.template?.querySelector<HTMLElement>(this.focusNext)?.focus();
    this.focusNext = undefined;
  }

  get phoneWords(): string {
    return phoneWords(this.snapshot.phoneState);
  }

  get stateClass(): string {
    return `mark mark_${this.snapshot.phoneState}`;
  }

  /** The table has no row of its own for a script that did not load. */
  get loadHeadline(): string | undefined {
    return this.loadFailure === 'unexpected' ? 'The phone could not be loaded.' : undefined;
  }

  get isWrappingUp(): boolean {
    return owesOutcome(this.snapshot.call);
  }

  /** While the outcome is asked for, that the phone is ready is no news. */
  get isHeadShown(): boolean {
    return !this.isWrappingUp || this.snapshot.phoneState !== 'ready';
  }

  get draft(): Partial<OutcomeChoice> | undefined {
    return this.snapshot.call && draftOf(this.snapshot.call.callId);
  }

  get isCallLive(): boolean {
    return isLive(this.snapshot.call);
  }

  get isPadShown(): boolean {
    return this.isKeypadOpen || !this.isCallLive;
  }

  get padMode(): 'dial' | 'digits' {
    return this.isCallLive ? 'digits' : 'dial';
  }

  get meterIcon(): string {
    return this.snapshot.call?.muted === true ? 'utility:muted' : 'utility:unmuted';
  }

  get levelWidth(): string {
    return `${Math.round(Math.min(1, this.snapshot.inputLevel) * 100)}%`;
  }

  get savedWords(): string | undefined {
    return savedWords(this.snapshot);
  }

  handleRetry(): void {
    if (this.phone === undefined) this.connectPhone();
    else this.phone.checkAgain();
  }

  handleDial(event: CustomEvent<{ number: string }>): void {
    const answer = this.dial({ requestId: crypto.randomUUID(), number: event.detail.number });
    const words = ANSWER_WORDS[answer];
    if (words !== undefined) this.status = words;
  }

  handleDigit(event: CustomEvent<{ digit: string }>): void {
    this.phone?.sendDigit(event.detail.digit);
  }

  handleMute(event: CustomEvent<{ muted: boolean }>): void {
    this.phone?.setMuted(event.detail.muted);
  }

  handleHold(event: CustomEvent<{ held: boolean }>): void {
    this.phone?.setHeld(event.detail.held);
  }

  handleKeypad(): void {
    this.isKeypadOpen = !this.isKeypadOpen;
  }

  handleHangUp(): void {
    this.phone?.hangUp();
  }

  handleDraft(event: CustomEvent<Partial<OutcomeChoice>>): void {
    if (this.snapshot.call !== undefined) keepDraft(this.snapshot.call.callId, event.detail);
  }

  handleOutcomeMissing(): void {
    this.alert = 'Choose an outcome before the next call.';
  }

  async handleSave(event: CustomEvent<OutcomeChoice>): Promise<void> {
    this.alert = '';
    try {
      await this.phone?.saveOutcome(event.detail);
      this.status = 'Outcome saved';
    } catch {
      this.alert = 'The outcome could not be kept on this computer. What you entered stays here; save again.';
    }
  }

  private connectPhone(): void {
    this.loadFailure = undefined;
    this.snapshot = { ...this.snapshot, phoneState: 'starting' };
    startPhone(this).then(
      (started) => this.usePhone(started),
      (failure: unknown) => {
        this.loadFailure = failure instanceof PhoneNotSetUp ? 'phoneNotSetUp' : 'unexpected';
        this.snapshot = { ...this.snapshot, phoneState: 'notReady' };
        this.updateUtilityItem();
        this.alert = 'The phone could not be loaded.';
      },
    );
  }

  private usePhone({ phone, outcomes }: StartedPhone): void {
    if (!this.isConnected) return;
    this.phone = phone;
    this.outcomes = outcomes;
    this.followPhone(phone);
  }

  /** The first snapshot is what was already so: only later changes are announced and told to the page. */
  private followPhone(phone: Phone): void {
    this.snapshot = phone.snapshot;
    this.endPhoneSubscription = phone.subscribe((snapshot) => this.applySnapshot(snapshot));
    if (this.early !== undefined) this.answer(this.early);
    this.early = undefined;
  }

  private applySnapshot(next: PhoneSnapshot): void {
    const before = this.snapshot;
    this.snapshot = next;
    const { status, alert } = announcementOf(before, next);
    if (status !== undefined) this.status = status;
    if (alert !== undefined) this.alert = alert;
    if (next.call?.callId !== before.call?.callId || isLive(next.call) !== isLive(before.call))
      this.showOtherScreen();
    for (const message of changesToTell(before, next)) this.tell(message);
    this.updateUtilityItem();
  }

  private handleDialMessage(message: DialMessage): void {
    if (this.phone !== undefined) {
      this.answer(message);
      return;
    }
    this.early = message;
    this.snapshot = { ...this.snapshot, waiting: message };
    this.tell({ kind: 'dialAnswered', requestId: message.requestId, answer: 'waiting' });
  }

  private answer(request: DialMessage): void {
    this.tell({ kind: 'dialAnswered', requestId: request.requestId, answer: this.dial(request) });
  }

  private dial(request: DialRequest): DialAnswer {
    this.alert = '';
    return this.phone?.dial(request) ?? 'waiting';
  }

  private tell(message: CallMessage): void {
    publish(this.messageContext, callChannel, message);
  }

  /** A call that starts opens the panel. The focus moves only when it was on what is replaced now. */
  private showOtherScreen(): void {
    this.isKeypadOpen = false;
    if (this.isCallLive && this.utilityId !== undefined)
      open(this.utilityId, { autoFocus: false }).catch(this.handleBarRefusal);
    if (!this.template?.activeElement) return;
    if (this.isWrappingUp) this.focusNext = 'c-wrap-up';
    else this.focusNext = this.isCallLive ? 'c-call-controls' : 'c-dial-pad';
  }

  private updateUtilityItem(): void {
    const label = utilityLabel(this.snapshot);
    if (label === this.label || this.utilityId === undefined) return;
    this.label = label;
    updateUtility(this.utilityId, { label, highlighted: this.snapshot.call !== undefined }).catch(
      this.handleBarRefusal,
    );
  }

  private useShortcut(event: KeyboardEvent): void {
    if (!event.ctrlKey || !event.shiftKey) return;
    const controls = this.template?.querySelector<CallControls & HTMLElement>('c-call-controls');
    const key = event.key.toLowerCase();
    if (!controls || !this.isCallLive || !['m', 'h', 'e'].includes(key)) return;
    event.preventDefault();
    if (key === 'm') controls.toggleMute();
    else if (key === 'h') controls.toggleHold();
    else controls.hangUp();
  }
}
