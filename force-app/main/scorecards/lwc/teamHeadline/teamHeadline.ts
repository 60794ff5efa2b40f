import { LightningElement, api } from 'lwc';
import { formatCount, formatShare, formatShortAmount } from 'c/figureFormat';
import { figureWords, needsOf, needWords, summaryOf } from 'c/teamFigures';
import type { TeamSummary } from 'c/teamFigures';
import type { TeamCard } from 'c/teamRecords';

/** People named in the list of who needs the manager; the rest are counted. */
const MOST_NAMED = 5;

interface Need {
  readonly repId: string;
  readonly name: string;
  readonly why: string;
}

/**
 * What a team comes to, and who of it needs the manager and why.
 *
 * @fires open with `{ repId, name }`
 */
export default class TeamHeadline extends LightningElement {
  @api
  get cards(): readonly TeamCard[] {
    return this.givenCards;
  }
  set cards(cards: readonly TeamCard[]) {
    this.givenCards = cards;
    this.summary = summaryOf(cards);
    this.needs = needsOf(cards);
  }
  @api teamName = 'Team';
  isOpen = false;
  summary: TeamSummary = summaryOf([]);
  needs: readonly TeamCard[] = [];
  private givenCards: readonly TeamCard[] = [];

  get score(): string {
    const { score, scoreLow, scoreHigh } = this.summary;
    return figureWords.scoreWords(score, scoreLow, scoreHigh) ?? 'no score yet';
  }

  get attainment(): string | undefined {
    const { attainment } = this.summary;
    return attainment === undefined ? undefined : formatShare(Math.round(attainment * 100) / 100);
  }

  get amounts(): string | undefined {
    const { quota, wonAmount, openAmount, attainment } = this.summary;
    if (attainment === undefined) return undefined;
    return `${formatShortAmount(wonAmount)} won of ${formatShortAmount(quota)}, ${formatShortAmount(openAmount)} open to close in the quarter`;
  }

  /** What has passed of the quarter stands beside what has been reached. */
  get pace(): string | undefined {
    const { periodShare, attainment } = this.summary;
    if (periodShare === undefined) return undefined;
    const passed = `${formatShare(Math.round(periodShare * 100) / 100)} of the working days have begun`;
    const pace = figureWords.paceWords(attainment, periodShare);
    return pace === undefined ? passed : `${passed}: ${pace}`;
  }

  get hasNeeds(): boolean {
    return this.needs.length > 0;
  }

  get needCounts(): string {
    const { declined, contradicted } = this.summary;
    const counts = [
      declined > 0 ? `${formatCount(declined)} declined` : '',
      contradicted > 0
        ? `${formatCount(contradicted)} contradicted ${contradicted === 1 ? 'call' : 'calls'}`
        : '',
    ];
    return counts.filter((text) => text !== '').join(' · ');
  }

  get shownNeeds(): Need[] {
    const shown = this.isOpen ? this.needs : this.needs.slice(0, MOST_NAMED);
    return shown.map((card) => ({
      repId: card.repId,
      name: card.name,
      why: needWords(card).join('; '),
    }));
  }

  get moreWords(): string | undefined {
    const hidden = this.isOpen ? 0 : this.needs.length - MOST_NAMED;
    return hidden > 0 ? `Show ${formatCount(hidden)} more` : undefined;
  }

  handleMore(): void {
    this.isOpen = true;
  }

  handleOpen(event: Event): void {
    const { rep, name } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('open', { detail: { repId: rep, name } }));
  }
}
