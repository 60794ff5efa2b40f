import type { Standing, Verdict } from 'c/callContract';
import { formatShare } from 'c/figureFormat';
import { byName, figureWords } from 'c/teamFigures';
import type { PastScore, TeamCard } from 'c/teamRecords';

/** What the board can be sorted by; `standing` makes three groups, by name within each. */
export type SortKey = 'standing' | 'name' | 'score' | 'quota' | 'change';

export interface TeamRow {
  readonly key: string;
  readonly card: TeamCard;
  readonly name: string;
  readonly ramp: string | undefined;
  readonly score: string | undefined;
  readonly noScore: string;
  readonly rank: string | undefined;
  readonly quota: string | undefined;
  readonly pace: string | undefined;
  readonly history: readonly PastScore[];
  readonly verdict: Verdict | undefined;
  readonly change: string | undefined;
  readonly menuLabel: string;
  readonly openLabel: string;
}

export interface TeamGroup {
  readonly key: string;
  /** Absent where the rows are one sorted list. */
  readonly title?: string | undefined;
  readonly rows: readonly TeamRow[];
}

const GROUPS: readonly (readonly [Standing | undefined, string])[] = [
  ['above', 'Above the team'],
  ['same', 'Cannot be told apart from the team'],
  ['below', 'Below the team'],
  [undefined, 'Not compared yet'],
];

/** The cards in the order of the board: by group and name, or by a column, greatest first, the empty ones last. */
export function inOrder(cards: readonly TeamCard[], sortKey: SortKey): TeamCard[] {
  if (sortKey === 'name') return [...cards].sort(byName);
  const rankOf =
    sortKey === 'standing'
      ? (card: TeamCard) => -groupIndex(card)
      : (card: TeamCard) => valueOf(card, sortKey);
  return [...cards].sort((left, right) => {
    const [ofLeft, ofRight] = [rankOf(left), rankOf(right)];
    return ofLeft === ofRight ? byName(left, right) : ofRight - ofLeft;
  });
}

/**
 * The rows of one page in their groups.
 *
 * @param all every card of the board, which the groups' counts are of
 */
export function groupsOf(page: readonly TeamCard[], all: readonly TeamCard[], sortKey: SortKey): TeamGroup[] {
  if (sortKey !== 'standing') return [{ key: sortKey, rows: page.map(rowOf) }];
  return GROUPS.flatMap(([standing, title]) => {
    const rows = page.filter((card) => card.standing === standing).map(rowOf);
    const count = all.filter((card) => card.standing === standing).length;
    return rows.length === 0 ? [] : [{ key: standing ?? 'none', title: `${title} (${count})`, rows }];
  });
}

function groupIndex({ standing }: TeamCard): number {
  return GROUPS.findIndex(([candidate]) => candidate === standing);
}

function valueOf(card: TeamCard, sortKey: 'score' | 'quota' | 'change'): number {
  const value = { score: card.score, quota: card.attainment, change: card.change }[sortKey];
  return value ?? Number.NEGATIVE_INFINITY;
}

function rowOf(card: TeamCard): TeamRow {
  const { score, scoreLow, scoreHigh, attainment, periodShare, rampMonth } = card;
  return {
    key: card.cardId,
    card,
    name: card.name,
    ramp: rampMonth === undefined ? undefined : `Ramping, month ${rampMonth}`,
    score: figureWords.scoreWords(score, scoreLow, scoreHigh),
    noScore: card.dials === 0 ? 'No calls yet' : 'No score yet',
    rank: figureWords.rankWords(card),
    quota: attainment === undefined ? undefined : formatShare(Math.round(attainment * 100) / 100),
    pace: figureWords.paceWords(attainment, periodShare),
    history: historyOf(card),
    verdict: card.verdict,
    change: figureWords.changeWords(card),
    menuLabel: `More for ${card.name}`,
    openLabel: `Open scorecard of ${card.name}`,
  };
}

/** The last quarters with the present one at the end. */
function historyOf({ history, periodLabel, score }: TeamCard): readonly PastScore[] {
  const past = history.filter(({ label }) => label !== periodLabel);
  return (score === undefined ? past : [...past, { label: periodLabel, score }]).slice(-6);
}
