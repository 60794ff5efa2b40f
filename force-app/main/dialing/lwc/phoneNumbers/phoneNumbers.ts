import { LightningElement, api, wire } from 'lwc';
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

/** The phone fields of a person, in the order of the card. A fax takes no calls. */
const PHONE_FIELDS = [
  { field: 'MobilePhone', label: 'Mobile', isCallable: true },
  { field: 'Phone', label: 'Office', isCallable: true },
  { field: 'HomePhone', label: 'Home', isCallable: true },
  { field: 'OtherPhone', label: 'Other', isCallable: true },
  { field: 'Fax', label: 'Fax', isCallable: false },
];
/** How long to wait between looks for the call's Task: about a minute in all. */
const TASK_DELAYS_MS = [400, 600, 800, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000];

interface NumberRow {
  readonly key: string;
  readonly label: string;
  readonly number: string;
  readonly canCall: boolean;
  readonly isBlocked: boolean;
}

/** The numbers of the record, each callable in one click; says when a call has been logged. */
export default class PhoneNumbers extends NavigationMixin(LightningElement) {
  @api recordId?: string;
  @api objectApiName = 'Contact';

  @wire(MessageContext) messageContext!: PageMessages;

  record?: UiRecord | undefined;
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
    this.hasError = error !== undefined;
    if (this.hasError) this.say('Could not load the phone numbers.');
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

  get name(): string {
    return this.text('Name');
  }

  get rows(): NumberRow[] {
    const isBlocked = getFieldValue(this.record, `${this.objectApiName}.DoNotCall`) === true;
    return PHONE_FIELDS.map(({ field, label, isCallable }) => ({
      key: `${this.recordId} ${field}`,
      label,
      number: this.text(field),
      canCall: isCallable && !isBlocked,
      isBlocked: isCallable && isBlocked,
    })).filter(({ number }) => number !== '');
  }

  get isLoading(): boolean {
    return this.record === undefined && !this.hasError;
  }

  get isEmpty(): boolean {
    return this.record !== undefined && this.rows.length === 0;
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
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: {
        recordId: this.recordId ?? '',
        objectApiName: this.objectApiName,
        actionName: 'edit',
      },
    });
  }

  private say(text: string): void {
    this.announcement = text;
    this.isShownByButton = false;
  }

  private text(field: string): string {
    const value = getFieldValue(this.record, `${this.objectApiName}.${field}`);
    return typeof value === 'string' ? value : '';
  }

  private handleCallMessage(message: CallMessage): void {
    if (message.kind !== 'callSaved' || message.recordId !== this.recordId) return;
    this.stopLooking();
    this.loggedVersion = 0;
    this.stopLooking = attemptUntilDone(
      TASK_DELAYS_MS,
      () => this.isLogged(message.callId),
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
  private async isLogged(callId: string): Promise<boolean> {
    const [call] = await findCalls({ callIds: [callId] });
    if (!call?.outcome || !this.isConnected) return false;
    if (this.loggedVersion === 0) this.say(`Logged on ${this.name}`);
    if (call.version > this.loggedVersion) this.dispatchEvent(new RefreshEvent());
    this.loggedVersion = call.version;
    return call.evidence !== 'pending';
  }
}
