import { LightningElement, api } from 'lwc';
import { formatCount, formatShare } from 'c/figureFormat';
import { figureWords, summaryOf } from 'c/teamFigures';
import type { TeamSummary } from 'c/teamFigures';
import type { Team, TeamCard } from 'c/teamRecords';

interface RollupRow {
  readonly key: string;
  readonly name: string;
  readonly indent: string;
  readonly people: string;
  readonly score: string;
  readonly attainment: string;
  readonly improved: string;
  readonly unchanged: string;
  readonly declined: string;
  readonly callers: string;
  readonly confirmed: string;
}

const NOTHING = '–';

/**
 * Every team along the role hierarchy, up to the whole company: how it does, and whether its people use the product.
 *
 * @fires pick with `{ value }`, the team to show
 */
export default class TeamRollup extends LightningElement {
  @api cards: readonly TeamCard[] = [];
  @api teams: readonly Team[] = [];

  get rows(): RollupRow[] {
    const everybody = rowOf('', 'Everybody', 0, this.cards);
    const hasRoot = this.teams.some(({ repIds }) => repIds.size === this.cards.length);
    const rows = this.teams.map(({ key, name, depth, repIds }) =>
      rowOf(
        key,
        name,
        hasRoot ? depth : depth + 1,
        this.cards.filter(({ repId }) => repIds.has(repId)),
      ),
    );
    return hasRoot ? rows : [everybody, ...rows];
  }

  handlePick(event: Event): void {
    const { key } = (event.currentTarget as HTMLElement).dataset;
    this.dispatchEvent(new CustomEvent('pick', { detail: { value: key } }));
  }
}

function rowOf(key: string, name: string, depth: number, cards: readonly TeamCard[]): RollupRow {
  const summary = summaryOf(cards);
  return {
    key,
    name,
    indent: `padding-inline-start: ${depth}rem`,
    people: formatCount(summary.people),
    score: figureWords.scoreWords(summary.score, summary.scoreLow, summary.scoreHigh) ?? NOTHING,
    attainment: wholeShare(summary.attainment),
    improved: formatCount(summary.improved),
    unchanged: formatCount(summary.unchanged),
    declined: formatCount(summary.declined),
    ...adoptionOf(summary),
  };
}

function adoptionOf({ people, callers, calls, callsConfirmed }: TeamSummary) {
  return {
    callers: callers === undefined ? NOTHING : `${formatCount(callers)} of ${formatCount(people)}`,
    confirmed: calls === 0 ? NOTHING : wholeShare(callsConfirmed / calls),
  };
}

function wholeShare(share: number | undefined): string {
  return share === undefined ? NOTHING : formatShare(Math.round(share * 100) / 100);
}
