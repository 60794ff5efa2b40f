import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlQuery, GraphqlResult } from 'lightning/graphql';
import { APPLICATION_SCOPE, MessageContext, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import { NavigationMixin } from 'lightning/navigation';
import { RefreshEvent } from 'lightning/refresh';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import type { RecordResult, UiRecord } from 'lightning/uiRecordApi';
import findCalls from '@salesforce/apex/CallDrillDown.findCalls';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import type { CallMessage } from 'c/callContract';
import { attemptUntilDone } from 'c/ticker';
import { CONTACT_ROLES_QUERY, PHONE_FIELDS, calleeOf, calleesIn } from './people.ts';
import type { Callee } from './people.ts';

/** How long to wait between looks for the call's Task: about a minute in all. */
const TASK_DELAYS_MS = [400, 600, 800, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000];

/** Whose people are called: it has no number of its own. */
const OPPORTUNITY = 'Opportunity';

/**
 * The numbers of a contact, lead or account, or of the contacts who have a role in an opportunity, each callable in one
 * click; says when a call has been logged.
 */
export default class PhoneNumbers extends NavigationMixin(LightningElement) {
  @api recordId?: string;
  @api objectApiName = 'Contact';

  @wire(MessageContext) messageContext!: PageMessages;

  record?: UiRecord | undefined;
  private contacts?: readonly Callee[] | undefined;
  hasError = false;
  announcement = '';
  isShownByButton = false;
  private subscription?: Subscription;
  private stopLooking = () => {};
  /** The newest version of the saved call's Task that the page was refreshed for. */
  private loggedVersion = 0;

  @wire(getRecord, { recordId: '$recordId', fields: '$nameFields', optionalFields: '$optionalFields' })
  receiveRecord({ data, error }: RecordResult): void {
    if (data !== undefined) this.record = data;
    this.showFailure(error !== undefined);
  }

  @wire(graphql, { query: '$contactRolesQuery', variables: '$contactRolesVariables' })
  receiveContactRoles({ data, errors }: GraphqlResult): void {
    if (data !== undefined) this.contacts = calleesIn(data);
    if (data !== undefined || errors !== undefined) this.showFailure(errors !== undefined);
  }

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
    this.stopLooking();
  }

  get nameFields(): string[] {
    return [`${this.objectApiName}.Name`];
  }

  /** Fields that a user may be denied, or that an object lacks: they are left out, not an error. */
  get optionalFields(): string[] {
    return [...PHONE_FIELDS.map(({ field }) => field), 'DoNotCall'].map(
      (field) => `${this.objectApiName}.${field}`,
    );
  }

  get contactRolesQuery(): GraphqlQuery | undefined {
    return this.isOpportunity ? CONTACT_ROLES_QUERY : undefined;
  }

  get contactRolesVariables(): { opportunityId: string | undefined } {
    return { opportunityId: this.recordId };
  }

  get callees(): readonly Callee[] {
    if (this.isOpportunity) return this.contacts ?? [];
    if (this.record === undefined || this.recordId === undefined) return [];
    const callee = calleeOf(this.recordId, this.name, (field) => this.value(field));
    return callee === undefined ? [] : [callee];
  }

  get isLoading(): boolean {
    return !this.isLoaded && !this.hasError;
  }

  get isEmpty(): boolean {
    return this.isLoaded && this.callees.length === 0;
  }

  /** What a button shows itself is only spoken. */
  get announcementClass(): string {
    return this.isShownByButton ? 'slds-assistive-text' : '';
  }

  handleDialProgress(event: CustomEvent<{ text: string }>): void {
    this.announcement = event.detail.text;
    this.isShownByButton = true;
  }

  handleAddNumber(): void {
    const record = { recordId: this.recordId ?? '', objectApiName: this.objectApiName };
    this[NavigationMixin.Navigate](
      this.isOpportunity
        ? {
            type: 'standard__recordRelationshipPage',
            attributes: { ...record, relationshipApiName: 'OpportunityContactRoles', actionName: 'view' },
          }
        : { type: 'standard__recordPage', attributes: { ...record, actionName: 'edit' } },
    );
  }

  private say(text: string): void {
    this.announcement = text;
    this.isShownByButton = false;
  }

  private get isOpportunity(): boolean {
    return this.objectApiName === OPPORTUNITY;
  }

  private get isLoaded(): boolean {
    return this.isOpportunity ? this.contacts !== undefined : this.record !== undefined;
  }

  private get name(): string {
    const name = this.value('Name');
    return typeof name === 'string' ? name : '';
  }

  private showFailure(hasFailed: boolean): void {
    this.hasError = hasFailed;
    if (hasFailed) this.say('Could not load the phone numbers.');
  }

  private value(field: string): unknown {
    return getFieldValue(this.record, `${this.objectApiName}.${field}`);
  }

  private handleCallMessage(message: CallMessage): void {
    if (message.kind !== 'callSaved') return;
    const { recordId, callId } = message;
    const callee = this.callees.find((each) => each.recordId === recordId);
    if (callee === undefined && recordId !== this.recordId) return;
    this.stopLooking();
    this.loggedVersion = 0;
    this.stopLooking = attemptUntilDone(
      TASK_DELAYS_MS,
      () => this.isLogged(callId, callee?.name ?? this.name),
      () => {
        if (this.loggedVersion === 0)
          this.say('The call is saved. Salesforce will show it as soon as it arrives.');
      },
    );
  }

  /**
   * Looks for the call's Task with its outcome; a failed look counts as not there yet. The switch may report after the
   * rep has saved, so the looking goes on until it has, and every newer version refreshes the page.
   */
  private async isLogged(callId: string, name: string): Promise<boolean> {
    const [call] = await findCalls({ callIds: [callId] });
    if (!call?.outcome || !this.isConnected) return false;
    if (this.loggedVersion === 0) this.say(`Logged on ${name}`);
    if (call.version > this.loggedVersion) this.dispatchEvent(new RefreshEvent());
    this.loggedVersion = call.version;
    return call.evidence !== 'pending';
  }
}
