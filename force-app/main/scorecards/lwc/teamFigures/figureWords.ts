import type { Verdict } from 'c/callContract';
import { formatCount, formatShare, formatSigned } from 'c/figureFormat';
import type { TeamCard } from 'c/teamRecords';

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  improved: 'Improved',
  noEvidence: 'No evidence of change',
  declined: 'Declined',
};

/** What a verdict is called. */
export function verdictWord(verdict: Verdict): string {
  return VERDICT_WORDS[verdict];
}

/** `63 to 78`, in whole points: a range is many points wide. Undefined while there is none. */
export function rangeWords(low: number | undefined, high: number | undefined): string | undefined {
  if (low === undefined || high === undefined) return undefined;
  return `${formatCount(Math.round(low))} to ${formatCount(Math.round(high))}`;
}

/** `74 (72 to 76)`: never a score without its range. */
function scoreWords(
  score: number | undefined,
  low: number | undefined,
  high: number | undefined,
): string | undefined {
  const range = rangeWords(low, high);
  if (score === undefined) return undefined;
  return `${formatCount(Math.round(score))}${range === undefined ? '' : ` (${range})`}`;
}

/** `3 to 10 of 12`: a rank is always a range, unless only one place is possible. */
function rankWords({ rankLow, rankHigh, peers }: TeamCard): string | undefined {
  if (rankLow === undefined || rankHigh === undefined) return undefined;
  const places =
    rankLow === rankHigh ? formatCount(rankLow) : `${formatCount(rankLow)} to ${formatCount(rankHigh)}`;
  return peers === undefined ? places : `${places} of ${formatCount(peers)}`;
}

/** `+7 (−4 to +17)`, in whole points. */
function changeWords({ change, changeLow, changeHigh }: TeamCard): string | undefined {
  if (change === undefined) return undefined;
  const range =
    changeLow === undefined || changeHigh === undefined
      ? ''
      : ` (${signed(changeLow)} to ${signed(changeHigh)})`;
  return `${signed(change)}${range}`;
}

/** Whether the amount won keeps up with the days that have passed: `behind pace`, with the numbers. */
function paceWords(attainment: number | undefined, periodShare: number | undefined): string | undefined {
  if (attainment === undefined || periodShare === undefined || periodShare === 0) return undefined;
  return `${formatWholeShare(attainment / periodShare)} of pace`;
}

export const figureWords = { scoreWords, rankWords, changeWords, paceWords };

/** Why a card asks for the manager, one sentence a reason. */
export function needWords(card: TeamCard): string[] {
  const reasons: string[] = [];
  if (card.verdict === 'declined') reasons.push(declineWords(card));
  if (card.callsContradicted > 0)
    reasons.push(
      `${formatCount(card.callsContradicted)} ${card.callsContradicted === 1 ? 'call' : 'calls'} contradicted by the network`,
    );
  return reasons;
}

function declineWords({ score, previousScore, previousLabel, changeLow, changeHigh }: TeamCard): string {
  const range =
    changeLow === undefined || changeHigh === undefined
      ? ''
      : `, likely ${signed(changeLow)} to ${signed(changeHigh)} points`;
  if (score === undefined || previousScore === undefined) return `declined${range}`;
  const before = previousLabel === undefined ? 'before' : `in ${previousLabel}`;
  return `declined: ${formatCount(Math.round(score))} now, ${formatCount(Math.round(previousScore))} ${before}${range}`;
}

function formatWholeShare(share: number): string {
  return formatShare(Math.round(share * 100) / 100);
}

/** In whole points; less than one with a decimal, so that a range beside nought shows on which side it lies. */
function signed(points: number): string {
  return formatSigned(Math.abs(points) < 1 ? points : Math.round(points));
}
