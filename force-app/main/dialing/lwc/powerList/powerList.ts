import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { APPLICATION_SCOPE, MessageContext, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import { NavigationMixin } from 'lightning/navigation';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import type { CallMessage, ErrorName, PowerList, SkipReasonCode } from 'c/callContract';
import type { ChosenPeople } from 'c/listChooser';
import { LISTED_PEOPLE_QUERY, listedPeopleIn } from 'c/listRecords';
import type { ListedPerson } from 'c/listRecords';
import { askRelay, RelayRefusal } from 'c/relayClient';
import { after, every } from 'c/ticker';
import * as words from './listWords.ts';
import { newListId } from './newListId.ts';

/** Waiting shorter than this shows nothing: a flash of grey boxes reads as trouble. */
const STENCIL_AFTER_MS = 300;
/** How often the time that is left is shown anew. */
const CLOCK_MS = 5_000;
/** After these the rep has no list any more. */
const ENDINGS: readonly ErrorName[] = ['listEnded', 'listNotFound'];

interface ListAnswer {
  readonly list: PowerList | null;
}

/**
 * The list that a rep works through: the next right person, never one whom a colleague has. The relay says who and
 * why, by record ids alone; names and numbers are read here as the user may see them.
 */
export default class PowerListPage extends NavigationMixin(LightningElement) {
  @wire(MessageContext) messageContext!: PageMessages;

  list?: PowerList | undefined;
  people: Readonly<Record<string, ListedPerson>> = {};
  trouble?: ErrorName | undefined;
  notice?: string | undefined;
  /** Whether what the list was made of has more people than are on it. */
  isCutOff = false;
  isLoaded = false;
  isAsking = false;
  isOffline = !navigator.onLine;
  isStencilDue = false;
  status = '';
  alert = '';
  nowMs = Date.now();
  private answeredAtMs = 0;
  /** A call to the next person that is up, or whose outcome is not saved yet. */
  private callId?: string | undefined;
  private announcedId?: string | undefined;
  private wantsFocus = false;
  private again?: (() => void) | undefined;
  private subscription?: Subscription;
  private stopStencil = () => {};
  private stopClock = () => {};
  private handleLine = () => {
    this.isOffline = !navigator.onLine;
    if (!this.isOffline && this.trouble !== undefined) this.handleRetry();
  };

  @wire(graphql, { query: '$peopleQuery', variables: '$peopleVariables' })
  receivePeople({ data }: GraphqlResult): void {
    if (data === undefined) return;
    this.people = { ...this.people, ...listedPeopleIn(data) };
    this.announceNext();
  }

  override connectedCallback(): void {
    this.subscription = subscribe<CallMessage>(
      this.messageContext,
      callChannel,
      (message) => this.handleCallMessage(message),
      { scope: APPLICATION_SCOPE },
    );
    window.addEventListener('online', this.handleLine);
    window.addEventListener('offline', this.handleLine);
    this.stopStencil = after(STENCIL_AFTER_MS, () => {
      this.isStencilDue = true;
      if (!this.isLoaded) this.status = 'Loading the list';
    });
    this.stopClock = every(CLOCK_MS, () => this.tick());
    this.run(this.load());
  }

  override disconnectedCallback(): void {
    unsubscribe(this.subscription);
    window.removeEventListener('online', this.handleLine);
    window.removeEventListener('offline', this.handleLine);
    this.stopStencil();
    this.stopClock();
  }

  override renderedCallback(): void {
    if (!this.wantsFocus || this.nextPerson === undefined || this.isAsking) return;
    this.wantsFocus = false;
    this.template?.querySelector<HTMLElement>('c-list-person')?.focus();
  }

  get peopleQuery(): GraphqlQuery | undefined {
    return this.shownIds.length === 0 ? undefined : LISTED_PEOPLE_QUERY;
  }

  get peopleVariables(): { ids: readonly string[] } {
    return { ids: this.shownIds };
  }

  get heading(): string {
    return this.isOpen ? (this.list?.source.label ?? 'Power list') : 'Power list';
  }

  get isStencilShown(): boolean {
    return !this.isLoaded && this.trouble === undefined && this.isStencilDue;
  }

  /** A list that is neither ended nor worked through. */
  get isOpen(): boolean {
    return this.list !== undefined && this.list.state !== 'ended' && this.list.left > 0;
  }

  get isChoosing(): boolean {
    return this.isLoaded && !this.isOpen;
  }

  get isPaused(): boolean {
    return this.isOpen && this.list?.state === 'paused';
  }

  get isBusy(): boolean {
    return this.isAsking || this.isOffline;
  }

  get counts(): string {
    return this.list === undefined ? '' : words.countWords(this.list);
  }

  get cutOff(): string | undefined {
    return this.isCutOff ? words.CUT_OFF : undefined;
  }

  get done(): string | undefined {
    return this.list === undefined || this.isOpen ? undefined : words.doneWords(this.list);
  }

  get waiting(): string | undefined {
    return this.isOpen && this.list?.waiting !== undefined ? words.waitingWords(this.list) : undefined;
  }

  get order(): string {
    return this.list === undefined ? '' : words.orderWords(this.list);
  }

  get nextPerson(): ListedPerson | undefined {
    const id = this.isPaused ? undefined : this.list?.next?.recordId;
    return id === undefined ? undefined : this.people[id];
  }

  get reasons(): string {
    return words.reasonWords(this.list?.next?.reasons ?? []);
  }

  get isLapsed(): boolean {
    return this.callId === undefined && this.secondsLeft <= 0;
  }

  get reservation(): string {
    if (this.callId !== undefined) return '';
    return this.isLapsed ? '' : words.reservationWords(this.secondsLeft);
  }

  /** Those who follow, while they too are reserved. */
  get then(): string | undefined {
    const passedSeconds = (this.nowMs - this.answeredAtMs) / 1_000;
    const names = (this.list?.then ?? [])
      .filter(({ reservedSeconds }) => reservedSeconds > passedSeconds)
      .flatMap(({ recordId }) => this.people[recordId]?.name ?? []);
    return names.length === 0 || this.isPaused ? undefined : `Then: ${names.join(' · ')}`;
  }

  handleStart(event: CustomEvent<ChosenPeople>): void {
    const { source, recordIds, isCutOff } = event.detail;
    this.isCutOff = isCutOff;
    this.wantsFocus = true;
    const body = { listId: newListId(), source, recordIds };
    this.run(this.ask('v1/lists', body));
  }

  handleSay(event: CustomEvent<{ text: string }>): void {
    this.status = event.detail.text;
  }

  handleSkip(event: CustomEvent<{ reason: SkipReasonCode }>): void {
    this.wantsFocus = true;
    this.run(
      this.ask(this.pathOf('skip'), { recordId: this.list?.next?.recordId, reason: event.detail.reason }),
    );
  }

  handleCallBack(event: CustomEvent<{ afterMs: number }>): void {
    this.wantsFocus = true;
    const callBackAt = new Date(Date.now() + event.detail.afterMs).toISOString();
    this.run(this.ask(this.pathOf('call-back'), { recordId: this.list?.next?.recordId, callBackAt }));
  }

  handleNext(): void {
    this.wantsFocus = true;
    this.run(this.ask(this.pathOf('next'), {}));
  }

  handlePause(): void {
    this.run(this.ask(this.pathOf('pause'), {}));
  }

  handleEnd(): void {
    this.run(this.ask(this.pathOf('end'), {}));
  }

  handleRetry(): void {
    this.again?.();
  }

  handleOpenRecord(): void {
    const person = this.nextPerson;
    if (person === undefined) return;
    const { recordId, objectApiName } = person;
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId, objectApiName, actionName: 'view' },
    });
  }

  private get shownIds(): string[] {
    const { next, then = [] } = this.list ?? {};
    return [...(next === undefined ? [] : [next]), ...then].map(({ recordId }) => recordId);
  }

  private get secondsLeft(): number {
    return (this.list?.next?.reservedSeconds ?? 0) - (this.nowMs - this.answeredAtMs) / 1_000;
  }

  /** What the rep had open goes on; a paused list waits for the rep. */
  private async load(): Promise<void> {
    await this.ask('v1/lists/current');
    if (this.list?.state === 'running') await this.ask(this.pathOf('next'), {});
  }

  /** What an answer leads to on this page must not fail unseen. */
  private run(task: Promise<void>): void {
    task.catch(() => this.failWith('unexpected'));
  }

  private pathOf(action: string): string {
    return `v1/lists/${this.list?.listId ?? ''}/${action}`;
  }

  private async ask(path: string, body?: object): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.trouble = undefined;
    this.alert = '';
    this.again = () => this.run(this.isLoaded ? this.ask(path, body) : this.load());
    try {
      const { list } = await askRelay<ListAnswer>(path, body);
      this.show(list ?? undefined);
    } catch (failure) {
      this.failWith(failure instanceof RelayRefusal ? failure.errorName : 'unexpected');
    } finally {
      this.isAsking = false;
    }
  }

  private show(list: PowerList | undefined): void {
    if (list?.next?.recordId !== this.list?.next?.recordId) this.callId = undefined;
    this.list = list;
    this.isLoaded = true;
    this.notice = undefined;
    this.answeredAtMs = Date.now();
    this.nowMs = this.answeredAtMs;
    if (this.done !== undefined) this.status = this.done;
    else if (this.waiting !== undefined) this.status = this.waiting;
    this.announceNext();
  }

  private announceNext(): void {
    const person = this.nextPerson;
    if (person === undefined || person.recordId === this.announcedId) return;
    this.announcedId = person.recordId;
    this.status = `Next: ${words.nameAndCompany(person)}`;
  }

  /** What stands in the way stays on the page until the next try; a list that is gone gives way to the choice. */
  private failWith(name: ErrorName): void {
    if (ENDINGS.includes(name)) {
      this.list = undefined;
      this.notice = 'Your list was ended in another window.';
      this.status = this.notice;
      return;
    }
    this.trouble = name;
    this.alert = 'The list could not be brought up to date.';
  }

  private tick(): void {
    this.nowMs = Date.now();
    const { waiting } = this.list ?? {};
    if (waiting !== undefined && this.nowMs >= Date.parse(waiting.nextAt) && !this.isBusy && this.isOpen)
      this.handleNext();
  }

  private handleCallMessage(message: CallMessage): void {
    if (message.kind === 'dialAnswered') return;
    const isNext = message.recordId !== undefined && message.recordId === this.list?.next?.recordId;
    if (!isNext) return;
    if (message.kind === 'callStateChanged') this.callId = message.callId;
    else if (message.kind === 'nextWanted') this.wantsFocus = true;
    else {
      this.callId = undefined;
      this.run(this.ask(this.pathOf('next'), {}));
    }
  }
}
