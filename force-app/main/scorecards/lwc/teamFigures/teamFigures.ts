import type { Verdict } from 'c/callContract';
import { dayAfter, dayInUserZone } from 'c/figureFormat';
import type { TeamCard } from 'c/teamRecords';

export { figureWords, needWords, rangeWords, verdictWord } from './figureWords.ts';
export { boardCsv } from './boardCsv.ts';

/** What a team's cards come to. Shares are fractions of 1; what nobody has is undefined. */
export interface TeamSummary {
  readonly people: number;
  /** The average of the scores, and its likely range: each score errs by its own range, independently. */
  readonly score?: number | undefined;
  readonly scoreLow?: number | undefined;
  readonly scoreHigh?: number | undefined;
  readonly quota: number;
  readonly wonAmount: number;
  readonly openAmount: number;
  /** Won over quota, of the people who have a quota. */
  readonly attainment?: number | undefined;
  /** The share of the working days that have begun, on average. */
  readonly periodShare?: number | undefined;
  readonly improved: number;
  readonly declined: number;
  readonly unchanged: number;
  readonly contradicted: number;
  /** People who called in the last days; undefined in a period that is over, whose cards do not follow any more. */
  readonly callers?: number | undefined;
  /** Calls that have ended, and those of them that nothing speaks against or is still awaited of. */
  readonly calls: number;
  readonly callsConfirmed: number;
}

const NAMES = new Intl.Collator();

/** Whoever has not called in so many days, today included, does not use the phone now. */
export const RECENT_DAYS = 7;

/** @param today `YYYY-MM-DD` */
export function summaryOf(cards: readonly TeamCard[], today = dayInUserZone(new Date())): TeamSummary {
  const withQuota = cards.filter(({ quota = 0 }) => quota > 0);
  const quota = sum(withQuota, (card) => card.quota);
  const wonAmount = sum(withQuota, (card) => card.wonAmount);
  const shares = cards.flatMap(({ periodShare }) => periodShare ?? []);
  const verdicts = verdictCounts(cards);
  const calls = sum(cards, (card) => card.callsLogged);
  const contradicted = sum(cards, (card) => card.callsContradicted);
  return {
    people: cards.length,
    ...averageScore(cards),
    quota,
    wonAmount,
    openAmount: sum(withQuota, (card) => card.openAmount),
    attainment: quota > 0 ? wonAmount / quota : undefined,
    periodShare:
      shares.length === 0 ? undefined : shares.reduce((total, share) => total + share, 0) / shares.length,
    improved: verdicts.improved,
    declined: verdicts.declined,
    unchanged: verdicts.noEvidence,
    contradicted,
    callers: callersOf(cards, today),
    calls,
    callsConfirmed: calls - contradicted - sum(cards, (card) => card.callsPending),
  };
}

/** A card is not written again while nothing happens, so the day of the last call is held against today. */
function callersOf(cards: readonly TeamCard[], today: string): number | undefined {
  if (cards.some(({ periodEnd }) => periodEnd !== '' && periodEnd < today)) return undefined;
  const firstDay = dayAfter(today, 1 - RECENT_DAYS);
  return cards.filter(({ lastCallOn = '' }) => lastCallOn >= firstDay).length;
}

/** The cards that ask for the manager, by name: what declined, and what the network does not bear out. */
export function needsOf(cards: readonly TeamCard[]): TeamCard[] {
  return cards
    .filter(({ verdict, callsContradicted }) => verdict === 'declined' || callsContradicted > 0)
    .sort(byName);
}

/** In the order of the user's language; people of one name keep an order too. */
export function byName(left: TeamCard, right: TeamCard): number {
  return NAMES.compare(left.name, right.name) || left.repId.localeCompare(right.repId);
}

function verdictCounts(cards: readonly TeamCard[]): Record<Verdict, number> {
  const counts = { improved: 0, noEvidence: 0, declined: 0 };
  for (const { verdict } of cards) if (verdict !== undefined) counts[verdict] += 1;
  return counts;
}

/** Each side of the average's range is what the same sides of the single ranges leave, as they err independently. */
function averageScore(cards: readonly TeamCard[]) {
  const scored = cards.flatMap(({ score, scoreLow = score, scoreHigh = score }) => {
    if (score === undefined) return [];
    return [{ score, below: score - (scoreLow ?? score), above: (scoreHigh ?? score) - score }];
  });
  if (scored.length === 0) return {};
  const score = sum(scored, (card) => card.score) / scored.length;
  const below = Math.hypot(...scored.map((card) => card.below)) / scored.length;
  const above = Math.hypot(...scored.map((card) => card.above)) / scored.length;
  return { score, scoreLow: score - below, scoreHigh: score + above };
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number | undefined): number {
  return items.reduce((total, item) => total + (amountOf(item) ?? 0), 0);
}
