import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { APPLICATION_SCOPE, MessageContext, subscribe, unsubscribe } from 'lightning/messageService';
import type { PageMessages, Subscription } from 'lightning/messageService';
import callChannel from '@salesforce/messageChannel/Scoreline_Call__c';
import userId from '@salesforce/user/Id';
import type { CallMessage } from 'c/callContract';
import { formatClock } from 'c/figureFormat';
import { download, scorecardCsv } from 'c/scorecardExport';
import { isAccessMissing, readScorecard, SCORECARD_QUERY } from 'c/scorecardRecords';
import type { Scorecard } from 'c/scorecardRecords';
import { noScoreWords } from 'c/scorecardWords';
import { after, attemptUntilDone, every } from 'c/ticker';

/** Waiting shorter than this shows nothing: a flash of grey boxes reads as trouble. */
const STENCIL_AFTER_MS = 300;
/** How long to wait between looks for the last call's figures: about a minute in all. */
const REFRESH_DELAYS_MS = [
  300, 500, 500, 700, 1_000, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000,
];
/** How often to look for what changed elsewhere. */
const POLL_EVERY_MS = 15_000;

/**
 * Where a rep stands this quarter, how sure that is, and what it is made of. After a call is saved it reads again until
 * the org's figures include that call; what was shown stays meanwhile.
 */
export default class ScorecardCard extends LightningElement {
  /** Whose card; the user's own when left out. */
  @api repId?: string;
  /** The rep's name, when it is not the user's own card. */
  @api repName?: string;

  @wire(MessageContext) messageContext!: PageMessages;

  card?: Scorecard | undefined;
  isLoaded = false;
  hasError = false;
  isDenied = false;
  isOffline = !navigator.onLine;
  isStencilDue = false;
  isPrinting = false;
  status = '';
  alert = '';
  private wantedPosition = 0;
  private isCounting = false;
  private isOverdue = false;
  private refresh?: (() => Promise<void>) | undefined;
  private subscription?: Subscription;
  private stopStencil = () => {};
  private stopPolling = () => {};
  private stopCounting = () => {};
  /** For what changes elsewhere, such as a call that was saved before this page was opened. */
  private readWhileVisible = async (): Promise<void> => {
    if (document.visibilityState === 'visible' && !this.isOffline) await this.readAgain();
  };
  private handleLine = async () => {
    this.isOffline = !navigator.onLine;
    if (!this.isOffline) await this.readAgain();
  };

  private handlePrinting = () => {
    this.isPrinting = true;
  };
  private handlePrinted = () => {
    this.isPrinting = false;
  };

  @wire(graphql, { query: SCORECARD_QUERY, variables: '$variables' })
  receiveCard({ data, errors, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data === undefined && errors === undefined) return;
    this.isLoaded = true;
    this.isDenied = errors !== undefined && isAccessMissing(errors);
    this.hasError = errors !== undefined && !this.isDenied;
    this.alert = this.hasError ? 'Could not load the scorecard.' : '';
    if (errors === undefined) this.card = readScorecard(data);
  }

  override connectedCallback(): void {
    this.subscription = subscribe<CallMessage>(
      this.messageContext,
      callChannel,
      (message) => this.handleCallMessage(message),
      { scope: APPLICATION_SCOPE },
    );
    window.addEventListener('online', this.handleLine);
    this.stopPolling = every(POLL_EVERY_MS, this.readWhileVisible);
    window.addEventListener('offline', this.handleLine);
    window.addEventListener('beforeprint', this.handlePrinting);
    window.addEventListener('afterprint', this.handlePrinted);
    this.stopStencil = after(STENCIL_AFTER_MS, () => {
      this.isStencilDue = true;
      if (this.isLoading) this.status = 'Loading scorecard';
    });
  }

  override disconnectedCallback(): void {
    unsubscribe(this.subscription);
    window.removeEventListener('online', this.handleLine);
    window.removeEventListener('offline', this.handleLine);
    window.removeEventListener('beforeprint', this.handlePrinting);
    window.removeEventListener('afterprint', this.handlePrinted);
    this.stopStencil();
    this.stopPolling();
    this.stopCounting();
  }

  get variables(): { repId: string } {
    return { repId: this.repId ?? userId };
  }

  get isOwn(): boolean {
    return this.repId === undefined || this.repId === userId;
  }

  get cardTitle(): string {
    return this.isOwn ? 'Your quarter' : `${this.repName ?? 'Rep'}’s quarter`;
  }

  get isLoading(): boolean {
    return !this.isLoaded && !this.isOffline;
  }

  get isStencilShown(): boolean {
    return this.isLoading && this.isStencilDue;
  }

  get isEmpty(): boolean {
    return this.isLoaded && !this.isDenied && !this.hasError && this.card === undefined;
  }

  /** The rep's name, in words about another's card. */
  get owner(): string | undefined {
    return this.isOwn ? undefined : (this.repName ?? 'The rep');
  }

  get noScore(): string {
    return noScoreWords(this.card?.dials ?? 0, this.owner);
  }

  get offlineWords(): string {
    const at = this.card?.calculatedAt;
    const since = at === undefined ? '' : ` Figures are from ${formatClock(at)}.`;
    return `You are offline.${since} Finished calls are kept here and sent when you are back.`;
  }

  get countingWords(): string | undefined {
    if (this.isOverdue)
      return 'Your last call is not in these figures yet. They follow as soon as they are counted.';
    return this.isCounting ? 'Counting your last call…' : undefined;
  }

  async handleRetry(): Promise<void> {
    this.status = 'Loading scorecard';
    await this.readAgain();
  }

  handleExport(): void {
    if (this.card === undefined) return;
    const owner = this.owner ?? 'Own scorecard';
    download(`Scorecard ${this.card.periodLabel}.csv`, scorecardCsv(this.card, owner));
    this.status = 'Exported';
  }

  /** The words differ from those of the button, which a screen reader has read already. */
  handleView({ detail }: CustomEvent<{ readonly label: string }>): void {
    this.status = `Showing figures: ${detail.label.toLowerCase()}`;
  }

  handlePrint(): void {
    window.print();
  }

  private handleCallMessage(message: CallMessage): void {
    if (message.kind !== 'callSaved' || !this.isOwn) return;
    this.wantedPosition = Math.max(this.wantedPosition, message.position);
    this.isCounting = true;
    this.isOverdue = false;
    this.stopCounting();
    this.stopCounting = attemptUntilDone(
      REFRESH_DELAYS_MS,
      () => this.includesLastCall(),
      () => {
        this.isOverdue = true;
      },
    );
  }

  private async includesLastCall(): Promise<boolean> {
    await this.readAgain();
    if ((this.card?.watermark ?? 0) < this.wantedPosition) return false;
    this.isCounting = false;
    this.status = 'Scorecard updated';
    return true;
  }

  /** A failed read reaches `receiveCard` as errors; what is thrown besides is the same fault to the rep. */
  private async readAgain(): Promise<void> {
    try {
      await this.refresh?.();
    } catch {
      this.hasError = true;
    }
  }
}
