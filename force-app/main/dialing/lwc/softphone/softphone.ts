import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { APPLICATION_SCOPE, MessageContext, publish, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { EnclosingUtilityId } from 'lightning/platformUtilityBarApi';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import dialChannel from '@salesforce/messageChannel/Scoreline_Dial__c';
import userId from '@salesforce/user/Id';
import type {
  CallMessage,
  DialAnswer,
  DialMessage,
  DialRequest,
  ErrorName,
  Outcome,
  OutcomeChoice,
  Phone,
  PhoneCall,
  PhoneSnapshot,
} from 'c/callContract';
import { announcementOf, recordIdsOf, ringingCall, utilityLabel, withNames } from 'c/callWords';
import type { People, Person } from 'c/callWords';
import { draftOf, forgetDraft, keepDraft, PhoneNotPermitted, PhoneNotSetUp, startPhone } from 'c/phoneBridge';
import type { StartedPhone } from 'c/phoneBridge';
import type PhonePanel from 'c/phonePanel';
import type { PhoneWish } from 'c/phonePanel';
import { COLLEAGUES_QUERY, colleaguesIn, PEOPLE_QUERY, peopleIn } from 'c/phoneRecords';
import type { Colleague } from 'c/phoneRecords';
import { areShortcutsOn, setShortcutsOn, shortcutOf } from 'c/phoneShortcuts';
import type { PlayedVoicemail } from 'c/recentCalls';
import { askForVoicemail } from './askForVoicemail.ts';
import { CallFirst } from './callFirst.ts';
import { ANSWER_WORDS, changesToTell, savedWords } from './phoneMessages.ts';
import { RingWatch } from './ringWatch.ts';
import { ScreenPop } from './screenPop.ts';
import { hasUnsavedEntry } from './unsavedEntry.ts';
import { UtilityItem } from './utilityItem.ts';

type Wanted = Omit<DialRequest, 'requestId'>;

/**
 * The phone in the utility bar: takes dial requests from the page, shows the phone, names who calls, and tells the
 * page what became of each call. The engine lives in c/phoneBridge and outlasts this component.
 */
export default class Softphone extends NavigationMixin(LightningElement) {
  @wire(MessageContext) messageContext!: PageMessages;

  snapshot: PhoneSnapshot = {
    phoneState: 'starting',
    otherCalls: [],
    unsent: 0,
    inputLevel: 0,
    runsElsewhere: false,
    audio: { inputs: [], outputs: [], inputId: '', outputId: '', ringerId: '' },
    missedUnseen: 0,
  };
  people: People = {};
  colleagues: readonly Colleague[] = [];
  outcomes: readonly Outcome[] = [];
  isOutcomeOptional = false;
  loadFailure?: ErrorName | undefined;
  voicemail?: PlayedVoicemail | undefined;
  notice?: string | undefined;
  hasShortcuts = areShortcutsOn();
  status = '';
  alert = '';
  recordIds: readonly string[] = [];
  colleaguesQuery?: GraphqlQuery;

  private phone?: Phone;
  private early?: DialMessage | undefined;
  private utility?: UtilityItem;
  private openedFor?: string | undefined;
  private subscription?: Subscription;
  private endPhoneSubscription = () => {};
  private readonly screenPop = new ScreenPop((recordId) => this.showRecord(recordId));
  private readonly callFirst = new CallFirst((snapshot) => this.applySnapshot(snapshot));
  private readonly ringWatch = new RingWatch((words) => {
    this.alert = words;
  });
  private handleShortcut = (event: KeyboardEvent) => this.useShortcut(event);

  @wire(EnclosingUtilityId)
  receiveUtilityId(utilityId: string | undefined): void {
    if (utilityId === undefined) return;
    this.utility = new UtilityItem(utilityId);
    this.updateUtilityItem();
  }

  @wire(graphql, { query: '$peopleQuery', variables: '$peopleVariables' })
  receivePeople({ data }: GraphqlResult): void {
    if (data === undefined) return;
    this.people = { ...this.people, ...peopleIn(data) };
    this.followNames();
  }

  @wire(graphql, { query: '$colleaguesQuery' })
  receiveColleagues({ data }: GraphqlResult): void {
    if (data !== undefined) this.colleagues = colleaguesIn(data, userId);
  }

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
    this.callFirst.stop();
    this.ringWatch.stop();
  }

  /** The snapshot with its calls named by their records. */
  get shown(): PhoneSnapshot {
    return withNames(this.snapshot, this.people);
  }

  /** Without ids there is nothing to ask. */
  get peopleQuery(): GraphqlQuery | undefined {
    return this.recordIds.length === 0 ? undefined : PEOPLE_QUERY;
  }

  get peopleVariables(): { ids: readonly string[] } {
    return { ids: this.recordIds };
  }

  get draft(): Partial<OutcomeChoice> | undefined {
    return this.snapshot.call && draftOf(this.snapshot.call.callId);
  }

  get savedWords(): string | undefined {
    return savedWords(this.snapshot);
  }

  handleRetry(): void {
    if (this.phone === undefined) this.connectPhone();
    else this.phone.checkAgain();
  }

  handleAsk(event: CustomEvent<PhoneWish>): void {
    if (this.phone !== undefined) event.detail(this.phone);
  }

  handleDial(event: CustomEvent<Wanted>): void {
    const request = { requestId: crypto.randomUUID(), ...event.detail };
    if (this.phone === undefined) this.keepEarly(request);
    this.tellRep(this.dial(request));
  }

  handleAddCall(event: CustomEvent<{ request: Wanted; purpose: 'call' | 'consultation' }>): void {
    const { request, purpose } = event.detail;
    this.alert = '';
    const answer = this.phone?.addCall({ requestId: crypto.randomUUID(), ...request }, purpose);
    if (answer !== undefined) this.tellRep(answer);
  }

  handleAnswer(event: CustomEvent<{ callId: string }>): void {
    const { callId } = event.detail;
    this.screenPop.answered(callId);
    this.phone?.answer(callId);
  }

  handleChoose(event: CustomEvent<{ callId: string; person?: Person }>): void {
    const { callId, person } = event.detail;
    if (person === undefined) this.screenPop.isNobodys(callId);
    this.phone?.chooseRecord(callId, person && { recordId: person.recordId, recordName: person.name });
  }

  async handlePlay(event: CustomEvent<{ callId: string }>): Promise<void> {
    const { callId } = event.detail;
    if (this.phone === undefined) return;
    this.voicemail = { callId };
    const played = await askForVoicemail(this.phone, callId);
    // Another one may have been asked for meanwhile.
    if (this.voicemail.callId !== callId) return;
    this.voicemail = played;
    if (played.trouble !== undefined) this.alert = played.trouble;
  }

  handlePanel(): void {
    this.colleaguesQuery = COLLEAGUES_QUERY;
  }

  handleShortcuts(event: CustomEvent<{ areOn: boolean }>): void {
    this.hasShortcuts = event.detail.areOn;
    setShortcutsOn(this.hasShortcuts);
  }

  handleDraft(event: CustomEvent<Partial<OutcomeChoice>>): void {
    if (this.snapshot.call !== undefined) keepDraft(this.snapshot.call.callId, event.detail);
  }

  handleOutcomeMissing(): void {
    this.alert = 'Choose an outcome before the next call.';
  }

  async handleSave(event: CustomEvent<OutcomeChoice>): Promise<void> {
    this.alert = '';
    const { call } = this.snapshot;
    try {
      await this.phone?.saveOutcome(event.detail);
      if (call !== undefined) forgetDraft(call.callId);
      this.status = 'Outcome saved';
    } catch {
      this.alert = 'The outcome could not be kept on this computer. What you entered stays here; save again.';
    }
  }

  handleLeaveOut(event: CustomEvent<{ callId: string }>): void {
    const { callId } = event.detail;
    this.alert = '';
    forgetDraft(callId);
    this.phone?.leaveOutcomeOut(callId);
    this.status = 'No outcome';
  }

  handleNext(event: CustomEvent<{ call: PhoneCall }>): void {
    const { callId, request } = event.detail.call;
    this.tell({ kind: 'nextWanted', callId, recordId: request.recordId });
  }

  private connectPhone(): void {
    this.loadFailure = undefined;
    this.snapshot = { ...this.snapshot, phoneState: 'starting' };
    startPhone(this).then(
      (started) => this.usePhone(started),
      (failure: unknown) => {
        this.loadFailure = failureName(failure);
        this.snapshot = { ...this.snapshot, phoneState: 'notReady' };
        this.updateUtilityItem();
        this.alert = 'The phone could not be loaded.';
      },
    );
  }

  private usePhone({ phone, outcomes, isOutcomeOptional }: StartedPhone): void {
    if (!this.isConnected) return;
    this.phone = phone;
    this.outcomes = outcomes;
    this.isOutcomeOptional = isOutcomeOptional;
    // The first snapshot is what was already so: only later changes are announced and told to the page.
    this.snapshot = phone.snapshot;
    this.endPhoneSubscription = phone.subscribe((snapshot) => this.callFirst.follow(snapshot));
    if (this.early !== undefined) this.answerPage(this.early);
    this.early = undefined;
  }

  private applySnapshot(next: PhoneSnapshot): void {
    const before = this.shown;
    this.snapshot = next;
    const now = this.shown;
    const { status, alert } = announcementOf(before, now);
    if (status !== undefined) this.status = status;
    if (alert !== undefined) this.alert = alert;
    if (next.call?.callId !== before.call?.callId || next.call?.state !== before.call?.state)
      this.notice = undefined;
    for (const message of changesToTell(before, now)) this.tell(message);
    this.askNames();
    this.followNames();
    this.openPanel();
  }

  /** Ids are asked for again only when they have changed: a meter moves many times a second. */
  private askNames(): void {
    const ids = recordIdsOf(this.snapshot);
    if (ids.join() !== this.recordIds.join()) this.recordIds = ids;
  }

  /** What waits for a name: the announcement of a ring, the record of the call answered here, the bar's button. */
  private followNames(): void {
    const now = this.shown;
    this.ringWatch.follow(ringingCall(now), this.people);
    this.updateUtilityItem();
    this.screenPop.follow(now);
  }

  private showRecord(recordId: string): void {
    const { objectApiName } = this.people[recordId] ?? {};
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId, actionName: 'view', ...(objectApiName === undefined ? {} : { objectApiName }) },
    });
  }

  private handleDialMessage(message: DialMessage): void {
    if (this.phone !== undefined) {
      this.answerPage(message);
      return;
    }
    this.keepEarly(message);
    this.tell({ kind: 'dialAnswered', requestId: message.requestId, answer: 'waiting' });
  }

  private keepEarly(message: DialMessage): void {
    this.early = message;
    this.snapshot = { ...this.snapshot, waiting: message };
  }

  private answerPage(request: DialMessage): void {
    this.tell({ kind: 'dialAnswered', requestId: request.requestId, answer: this.dial(request) });
  }

  private dial(request: DialRequest): DialAnswer {
    this.alert = '';
    if (this.isOutcomeOptional && hasUnsavedEntry(this.snapshot)) return 'refusedOutcomeMissing';
    return this.phone?.dial(request) ?? 'waiting';
  }

  private tellRep(answer: DialAnswer): void {
    const words = ANSWER_WORDS[answer];
    this.notice = words;
    if (words !== undefined) this.status = words;
  }

  private tell(message: CallMessage): void {
    publish(this.messageContext, callChannel, message);
  }

  /**
   * A call that starts, rings or was left by another page opens the panel, once, be it for the outcome that it still
   * owes; over another utility's panel it only says that it rings.
   */
  private openPanel(): void {
    const ringing = ringingCall(this.shown);
    const call = ringing ?? this.snapshot.call;
    if (call === undefined || call.callId === this.openedFor) return;
    this.openedFor = call.callId;
    this.utility?.open(() => {
      if (ringing !== undefined) this.toastRing();
    });
  }

  private toastRing(): void {
    const message = 'Open the phone in the bar below, or press Ctrl+Shift+A to answer.';
    this.dispatchEvent(new ShowToastEvent({ title: utilityLabel(this.shown), message, variant: 'info' }));
  }

  private updateUtilityItem(): void {
    const isBusy = this.snapshot.call !== undefined || ringingCall(this.snapshot) !== undefined;
    this.utility?.show(utilityLabel(this.shown), isBusy);
  }

  private useShortcut(event: KeyboardEvent): void {
    const shortcut = this.hasShortcuts ? shortcutOf(event) : undefined;
    const panel = this.template?.querySelector<PhonePanel & HTMLElement>('c-phone-panel');
    if (shortcut !== undefined && panel?.useShortcut(shortcut) === true) event.preventDefault();
  }
}

function failureName(failure: unknown): ErrorName {
  if (failure instanceof PhoneNotPermitted) return 'phoneNotPermitted';
  return failure instanceof PhoneNotSetUp ? 'phoneNotSetUp' : 'unexpected';
}
