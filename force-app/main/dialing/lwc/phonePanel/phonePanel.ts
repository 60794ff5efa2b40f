import { LightningElement, api } from 'lwc';
import type {
  DialRequest,
  ErrorName,
  Outcome,
  OutcomeChoice,
  Phone,
  PhoneCall,
  PhoneSnapshot,
  RecentCall,
} from 'c/callContract';
import type CallControls from 'c/callControls';
import { consultationOf, isLive, owesOutcome, personOf, ringingCall } from 'c/callWords';
import type { People, Person } from 'c/callWords';
import type { Colleague } from 'c/phoneRecords';
import type { PhoneTab } from 'c/phoneTabs';
import type { PlayedVoicemail } from 'c/recentCalls';
import type { Shortcut } from 'c/phoneShortcuts';

/** What a part of the screen asks of the phone. */
export type PhoneWish = (phone: Phone) => void;

type OpenPanel = 'devices' | 'transfer' | 'add';
type Target = Pick<DialRequest, 'number'> & { readonly name?: string | undefined };

/**
 * The whole screen of the phone: which of its parts are shown, and where the focus goes when one of them goes away.
 *
 * @fires ask with a `PhoneWish`
 * @fires dial with a `DialRequest` without its id
 * @fires addcall with `{ request, purpose }`, as `Phone.addCall` takes them
 * @fires answer with `{ callId }`
 * @fires choose with `{ callId, person }`
 * @fires play with `{ callId }`
 * @fires panel with `{ panel }`, the one that has been opened
 * @fires shortcuts with `{ areOn }`
 * @fires draft, save, next, outcomemissing as of c-wrap-up
 * @fires retry when the user asks the phone to check again
 */
export default class PhonePanel extends LightningElement {
  /** With its calls named. */
  @api snapshot!: PhoneSnapshot;
  @api people: People = {};
  @api colleagues: readonly Colleague[] = [];
  @api outcomes: readonly Outcome[] = [];
  @api isOutcomeOptional = false;
  @api draft?: Partial<OutcomeChoice> | undefined;
  /** Set when the script of the phone did not load. */
  @api loadFailure?: ErrorName | undefined;
  @api savedWords?: string | undefined;
  /** Why the last wish was not fulfilled, when nothing else says it. */
  @api notice?: string | undefined;
  @api voicemail?: PlayedVoicemail | undefined;
  @api hasShortcuts = false;

  openPanel?: OpenPanel | undefined;
  tab: PhoneTab = 'keypad';
  /** Whether the focus is in this panel, so that it is not lost with the part that had it. */
  private hasFocus = false;
  /** What gets the focus after rendering. */
  private focusNext?: (() => void) | undefined;
  private shownCall?: { readonly callId: string; readonly isLive: boolean } | undefined;

  override renderedCallback(): void {
    const { call } = this.snapshot;
    if (call?.callId !== this.shownCall?.callId || isLive(call) !== (this.shownCall?.isLive ?? false)) {
      this.shownCall = call && { callId: call.callId, isLive: isLive(call) };
      if (this.openPanel === 'transfer' || this.openPanel === 'add') this.openPanel = undefined;
    }
    this.placeFocus();
  }

  /** Does what the keys ask for where the part that has the button is shown; tells whether it was meant for the phone. */
  @api useShortcut(shortcut: Shortcut): boolean {
    const ringing = ringingCall(this.snapshot);
    if (shortcut === 'answer' || shortcut === 'reject') {
      if (ringing === undefined) return false;
      if (shortcut === 'answer') this.tell('answer', { callId: ringing.callId });
      else this.ask((phone) => phone.reject(ringing.callId));
      return true;
    }
    const controls = this.controls;
    if (controls === null || !isLive(this.snapshot.call)) return false;
    if (shortcut === 'mute') controls.toggleMute();
    else if (shortcut === 'hold') controls.toggleHold();
    else controls.hangUp();
    return true;
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

  /** One form a call: its own, so that nothing entered for one is saved for another. */
  get wrapUpCalls(): PhoneCall[] {
    const { call } = this.snapshot;
    return call !== undefined && this.isWrappingUp ? [call] : [];
  }

  get owedCount(): number {
    return [this.snapshot.call, ...this.snapshot.otherCalls].filter(owesOutcome).length;
  }

  get ringing(): PhoneCall | undefined {
    return ringingCall(this.snapshot);
  }

  get isCrowded(): boolean {
    return consultationOf(this.snapshot) !== undefined || this.snapshot.otherCalls.some(isLive);
  }

  get isDevicesOpen(): boolean {
    return this.openPanel === 'devices';
  }

  get controlPanel(): 'transfer' | 'add' | undefined {
    return this.openPanel === 'devices' ? undefined : this.openPanel;
  }

  get person(): string {
    return this.snapshot.call === undefined ? '' : personOf(this.snapshot.call.request);
  }

  get padMode(): 'dial' | 'digits' {
    return isLive(this.snapshot.call) ? 'digits' : 'dial';
  }

  /** The last number that the rep called, for one key to call it again. */
  get lastDialed(): Omit<DialRequest, 'requestId'> | undefined {
    const last = this.snapshot.recent?.find(({ direction, number }) => direction === 'outbound' && number);
    return last && this.requestOf(last);
  }

  handleRetry(): void {
    this.tell('retry');
  }

  handleDevices(): void {
    this.show(this.openPanel === 'devices' ? undefined : 'devices');
  }

  handlePanel(event: CustomEvent<{ panel: OpenPanel }>): void {
    const { panel } = event.detail;
    this.show(this.openPanel === panel ? undefined : panel);
  }

  handleClose(): void {
    this.show(undefined);
  }

  handleKeypad(): void {
    this.openPanel = undefined;
    this.tab = 'keypad';
    this.focusNext = () => this.partAt('c-phone-tabs')?.focus();
  }

  handleTab(event: CustomEvent<{ tab: PhoneTab }>): void {
    this.tab = event.detail.tab;
    if (this.tab !== 'recent') return;
    this.ask((phone) => phone.refreshRecent());
    this.ask((phone) => phone.markMissedSeen());
  }

  handleMute(event: CustomEvent<{ muted: boolean }>): void {
    this.ask((phone) => phone.setMuted(event.detail.muted));
  }

  handleHold(event: CustomEvent<{ held: boolean }>): void {
    this.ask((phone) => phone.setHeld(event.detail.held));
  }

  handleHangUp(): void {
    this.ask((phone) => phone.hangUp());
  }

  handleReject(event: CustomEvent<{ callId: string }>): void {
    this.ask((phone) => phone.reject(event.detail.callId));
  }

  handleSwitch(event: CustomEvent<{ callId: string }>): void {
    this.ask((phone) => phone.switchTo(event.detail.callId));
  }

  handleJoin(): void {
    this.ask((phone) => phone.startConference());
  }

  handleComplete(): void {
    this.ask((phone) => phone.completeTransfer());
  }

  handleCancel(): void {
    this.ask((phone) => phone.cancelConsultation());
  }

  handleTransfer(event: CustomEvent<Target>): void {
    this.ask((phone) => phone.transfer(event.detail.number));
    this.show(undefined);
  }

  handleConsult(event: CustomEvent<Target>): void {
    this.addCall(event.detail, 'consultation');
  }

  handleAddCall(event: CustomEvent<Target>): void {
    this.addCall(event.detail, 'call');
  }

  handleDial(event: CustomEvent<{ number: string }>): void {
    this.tell('dial', { number: event.detail.number });
  }

  handleRedial(): void {
    if (this.lastDialed !== undefined) this.tell('dial', this.lastDialed);
  }

  handleCallBack(event: CustomEvent<RecentCall>): void {
    const request = this.requestOf(event.detail);
    if (request !== undefined) this.tell('dial', request);
  }

  handleDigit(event: CustomEvent<{ digit: string }>): void {
    this.ask((phone) => phone.sendDigit(event.detail.digit));
  }

  handleMicrophone(event: CustomEvent<{ value: string }>): void {
    this.ask((phone) => phone.selectInput(event.detail.value));
  }

  handleSpeaker(event: CustomEvent<{ value: string }>): void {
    this.ask((phone) => phone.selectOutput(event.detail.value));
  }

  handleRinger(event: CustomEvent<{ value: string }>): void {
    this.ask((phone) => phone.selectRinger(event.detail.value));
  }

  handleEchoTest(event: CustomEvent<{ running: boolean }>): void {
    this.ask((phone) => phone.setEchoTest(event.detail.running));
  }

  handlePreflight(): void {
    this.ask((phone) => phone.runPreflight());
  }

  /** What the screen cannot do by itself goes on to the component around it. */
  handleRelay(event: CustomEvent): void {
    this.tell(event.type, event.detail as unknown);
  }

  handleFocusIn(): void {
    this.hasFocus = true;
  }

  handleFocusOut(event: FocusEvent): void {
    // A part that goes away loses the focus to nobody: that the panel had it is to be remembered.
    if (event.relatedTarget !== null) this.hasFocus = false;
  }

  private get controls(): (CallControls & HTMLElement) | null {
    return this.template?.querySelector<CallControls & HTMLElement>('c-call-controls') ?? null;
  }

  /** A panel takes the focus when it opens, and gives it back to its button when it closes. */
  private show(panel: OpenPanel | undefined): void {
    const before = this.openPanel;
    if (before === 'devices' && this.snapshot.echoTest !== undefined)
      this.ask((phone) => phone.setEchoTest(false));
    this.openPanel = panel;
    if (panel !== undefined) this.tell('panel', { panel });
    this.focusNext = () => {
      if (panel !== undefined)
        this.partAt(panel === 'devices' ? 'c-device-panel' : 'c-transfer-panel')?.focus();
      else if (before === 'devices') this.partAt('c-phone-head')?.focus();
      else this.controls?.focus(before);
    };
  }

  private placeFocus(): void {
    const { focusNext } = this;
    this.focusNext = undefined;
    if (focusNext !== undefined) focusNext();
    else if (this.hasFocus && !this.template?.activeElement) this.partAt(this.mainPart)?.focus();
  }

  private get mainPart(): string {
    if (this.isWrappingUp) return 'c-wrap-up';
    return isLive(this.snapshot.call) ? 'c-call-controls' : 'c-phone-tabs';
  }

  private partAt(selector: string): HTMLElement | null {
    return this.template?.querySelector<HTMLElement>(selector) ?? null;
  }

  private addCall({ number, name }: Target, purpose: 'call' | 'consultation'): void {
    const request = { number, ...(name === undefined ? {} : { recordName: name }) };
    this.tell('addcall', { request, purpose });
    this.show(undefined);
  }

  private requestOf({ number, recordId }: RecentCall): Omit<DialRequest, 'requestId'> | undefined {
    if (number === undefined) return undefined;
    const person: Person | undefined = recordId === undefined ? undefined : this.people[recordId];
    return { number, recordId, recordName: person?.name };
  }

  private ask(wish: PhoneWish): void {
    this.tell('ask', wish);
  }

  private tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
