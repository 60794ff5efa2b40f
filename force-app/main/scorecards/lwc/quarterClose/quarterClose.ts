import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { dayAfter, dayInUserZone, formatCount } from 'c/figureFormat';
import type { TeamCard } from 'c/teamRecords';
import { CLOSES_QUERY, readCloses, reopen, signOff } from './closeRecords.ts';
import type { QuarterClose } from './closeRecords.ts';

/** Records written at the same time. */
const AT_ONCE = 5;

interface LateList {
  readonly key: string;
  readonly name: string;
  readonly count: string;
  readonly lines: readonly string[];
}

/**
 * Signs off a quarter that has ended, for everybody shown: one action, asked twice. The scorecards stay as they are; what
 * comes later is listed. While the next quarter is open it can be opened again, for a reason.
 *
 * @fires announce with `{ text }`
 */
export default class QuarterClosePanel extends LightningElement {
  @api cards: readonly TeamCard[] = [];
  closes: readonly QuarterClose[] = [];
  nextCloses: readonly QuarterClose[] = [];
  asks: 'nothing' | 'signOff' | 'reopen' = 'nothing';
  reason = '';
  isReasonMissing = false;
  isSaving = false;
  failed = 0;
  private refreshCloses?: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receiveCloses({ data, refresh }: GraphqlResult): void {
    this.refreshCloses = refresh ?? this.refreshCloses;
    if (data !== undefined) this.closes = readCloses(data);
  }

  @wire(graphql, { query: '$query', variables: '$nextVariables' })
  receiveNext({ data }: GraphqlResult): void {
    if (data !== undefined) this.nextCloses = readCloses(data);
  }

  get query(): typeof CLOSES_QUERY | undefined {
    return this.isOver ? CLOSES_QUERY : undefined;
  }

  get variables(): { startDay: string } {
    return { startDay: this.cards[0]?.periodStart ?? '' };
  }

  get nextVariables(): { startDay: string } {
    const endDay = this.cards[0]?.periodEnd ?? '';
    return { startDay: endDay === '' ? '' : dayAfter(endDay, 1) };
  }

  get isOver(): boolean {
    const endDay = this.cards[0]?.periodEnd ?? '';
    return endDay !== '' && endDay < dayInUserZone(new Date());
  }

  get label(): string {
    return this.cards[0]?.periodLabel ?? '';
  }

  get stateWords(): string {
    const signed = this.signedCards.length;
    if (signed === 0) return `${this.label} is not signed off.`;
    if (this.openCards.length === 0) return `${this.label} is signed off.`;
    return `${this.label} is signed off for ${formatCount(signed)} of ${formatCount(this.cards.length)} people.`;
  }

  get isAskingNothing(): boolean {
    return this.asks === 'nothing' && !this.isSaving;
  }

  get isAskingSignOff(): boolean {
    return this.asks === 'signOff' && !this.isSaving;
  }

  get isAskingReopen(): boolean {
    return this.asks === 'reopen' && !this.isSaving;
  }

  get canSignOff(): boolean {
    return this.openCards.length > 0;
  }

  get canReopen(): boolean {
    return this.signedCards.length > 0 && !this.isNextSigned;
  }

  /** Why the quarter can't be opened again. */
  get lockedWords(): string | undefined {
    return this.signedCards.length > 0 && this.isNextSigned
      ? 'The next quarter is signed off too: reopen that one first.'
      : undefined;
  }

  get signOffQuestion(): string {
    return `Sign off ${this.label} for ${peopleWords(this.openCards.length)}? Their scorecards stay as they are. Calls and deals that come later are listed here.`;
  }

  get reopenQuestion(): string {
    return `Reopen ${this.label} for ${peopleWords(this.signedCards.length)}? Late calls and deals count then.`;
  }

  get reasonError(): string | undefined {
    return this.isReasonMissing ? 'Say why the quarter is opened again.' : undefined;
  }

  get failedWords(): string | undefined {
    return this.failed === 0
      ? undefined
      : `Salesforce did not save ${peopleWords(this.failed)}. The others are done. Try again.`;
  }

  get lateLists(): LateList[] {
    const names = new Map(this.cards.map(({ repId, name }) => [repId, name]));
    return this.closes
      .filter(({ repId, lateFacts }) => lateFacts > 0 && names.has(repId))
      .map(({ closeId, repId, lateFacts, lateFactsList }) => ({
        key: closeId,
        name: names.get(repId) ?? '',
        count: `${formatCount(lateFacts)} late`,
        lines: lateFactsList.split('\n'),
      }))
      .sort((left, right) => left.name.localeCompare(right.name));
  }

  get hasLateFacts(): boolean {
    return this.lateLists.length > 0;
  }

  handleAskSignOff(): void {
    this.asks = 'signOff';
  }

  handleAskReopen(): void {
    this.asks = 'reopen';
    this.reason = '';
    this.isReasonMissing = false;
  }

  handleCancel(): void {
    this.asks = 'nothing';
  }

  handleReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }

  async handleSignOff(): Promise<void> {
    const known = this.closeByRep;
    await this.save(this.openCards, (card) => signOff(card, known.get(card.repId)));
  }

  async handleReopen(): Promise<void> {
    const reason = this.reason.trim();
    this.isReasonMissing = reason === '';
    if (this.isReasonMissing) return;
    const known = this.closeByRep;
    await this.save(this.signedCards, async ({ repId }) => {
      const close = known.get(repId);
      if (close !== undefined) await reopen(close, reason);
    });
  }

  private get closeByRep(): ReadonlyMap<string, QuarterClose> {
    return new Map(this.closes.map((close) => [close.repId, close]));
  }

  private get signedCards(): TeamCard[] {
    const known = this.closeByRep;
    return this.cards.filter(({ repId }) => known.get(repId)?.isSignedOff === true);
  }

  private get openCards(): TeamCard[] {
    const known = this.closeByRep;
    return this.cards.filter(({ repId }) => known.get(repId)?.isSignedOff !== true);
  }

  private get isNextSigned(): boolean {
    const reps = new Set(this.signedCards.map(({ repId }) => repId));
    return this.nextCloses.some(({ repId, isSignedOff }) => isSignedOff && reps.has(repId));
  }

  /** Each record by itself, so that one that is refused holds up no other. */
  private async save(cards: readonly TeamCard[], write: (card: TeamCard) => Promise<void>): Promise<void> {
    this.isSaving = true;
    this.failed = 0;
    const waiting = [...cards];
    const work = async (): Promise<void> => {
      for (let card = waiting.shift(); card !== undefined; card = waiting.shift()) {
        try {
          // Few at once: a request a record is what the platform allows here.
          // eslint-disable-next-line no-await-in-loop
          await write(card);
        } catch {
          this.failed += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // A read that fails is the wire's to hear of: what was saved is saved.
    await this.refreshCloses?.().catch(() => undefined);
    this.isSaving = false;
    this.asks = 'nothing';
    this.dispatchEvent(
      new CustomEvent('announce', { detail: { text: this.failedWords ?? this.stateWords } }),
    );
  }
}

function peopleWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;
}
