import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import userId from '@salesforce/user/Id';
import { formatCount } from 'c/figureFormat';
import { answerDispute, DISPUTES_QUERY, readDisputes } from './disputeRecords.ts';
import type { Dispute } from './disputeRecords.ts';

/**
 * What reps say is wrong with their figures, for their manager to answer.
 *
 * @fires announce with `{ text }`
 */
export default class DisputeList extends LightningElement {
  disputes: readonly Dispute[] = [];
  openId?: string | undefined;
  answer = '';
  isAnswerMissing = false;
  hasFailed = false;
  private refresh?: (() => Promise<void>) | undefined;

  @wire(graphql, { query: DISPUTES_QUERY })
  receiveDisputes({ data, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    // One's own disputes are for one's own manager.
    if (data !== undefined) this.disputes = readDisputes(data).filter(({ repId }) => repId !== userId);
  }

  get hasDisputes(): boolean {
    return this.disputes.length > 0;
  }

  get headline(): string {
    const count = this.disputes.length;
    return `${formatCount(count)} ${count === 1 ? 'dispute' : 'disputes'} to answer`;
  }

  get items(): (Dispute & { readonly isOpen: boolean; readonly isClosed: boolean })[] {
    return this.disputes.map((dispute) => {
      const isOpen = dispute.disputeId === this.openId;
      return { ...dispute, isOpen, isClosed: !isOpen };
    });
  }

  get error(): string | undefined {
    if (this.hasFailed) return 'Salesforce did not save the answer. Try again.';
    return this.isAnswerMissing ? 'Say why, so that the rep can follow it.' : undefined;
  }

  handleAnswerOpen(event: Event): void {
    this.openId = (event.currentTarget as HTMLElement).dataset.id;
    this.answer = '';
    this.isAnswerMissing = false;
    this.hasFailed = false;
  }

  handleText(event: CustomEvent<{ value: string }>): void {
    this.answer = event.detail.value;
  }

  async handleAccept(): Promise<void> {
    await this.save('accepted');
  }

  async handleReject(): Promise<void> {
    await this.save('rejected');
  }

  private async save(status: 'accepted' | 'rejected'): Promise<void> {
    const answer = this.answer.trim();
    this.isAnswerMissing = answer === '';
    if (this.isAnswerMissing || this.openId === undefined) return;
    try {
      await answerDispute(this.openId, status, answer);
      this.openId = undefined;
      this.hasFailed = false;
      this.dispatchEvent(new CustomEvent('announce', { detail: { text: `Dispute ${status}` } }));
      await this.refresh?.();
    } catch {
      this.hasFailed = true;
    }
  }
}
