import type { Standing } from '@scoreline/contract';
import { PERCENTILE_MINIMUM_PEERS } from '@scoreline/contract';
import type { RangedScore } from './comparison.ts';
import { scoreChange } from './comparison.ts';

/** A score beside what it would be under other weights and goalposts. */
export interface PeerScore extends RangedScore {
  readonly alternatives: readonly number[];
}

export interface Place {
  readonly standing: Standing;
  /** The best and the last rank that the ranges, the other weights and the other goalposts allow; 1 is best. */
  readonly rankLow: number;
  readonly rankHigh: number;
  /** Everybody who was compared, the rep included. */
  readonly peers: number;
  readonly teamScore: number;
}

/**
 * Where a score stands among those of the peers. A peer is ahead only where the difference is more than chance makes (the
 * 95 % range of the difference leaves out nought), so that ranks are ranges (Goldstein & Spiegelhalter 1996, J. R.
 * Statist. Soc. A 159:385–443); the ranks under the alternatives widen them (OECD/JRC 2008). Above and below are those whose
 * own range leaves out the team's median.
 */
export function placeAmong(own: PeerScore, others: readonly PeerScore[]): Place {
  const peers = others.length + 1;
  const differences = others.map((other) => scoreChange(own, other));
  const ahead = differences.filter(({ high }) => high < 0).length;
  const behind = differences.filter(({ low }) => low > 0).length;
  const underAlternatives = own.alternatives.map(
    (score, index) => 1 + others.filter((other) => (other.alternatives[index] ?? other.score) > score).length,
  );
  const teamScore = medianOf([own.score, ...others.map(({ score }) => score)]);
  return {
    standing: standingOf(own, teamScore, others.length),
    rankLow: Math.min(1 + ahead, ...underAlternatives),
    rankHigh: Math.max(peers - behind, ...underAlternatives),
    peers,
    teamScore,
  };
}

function standingOf({ scoreLow, scoreHigh }: RangedScore, median: number, others: number): Standing {
  if (others === 0) return 'same';
  if (scoreLow > median) return 'above';
  return scoreHigh < median ? 'below' : 'same';
}

/** The middle value; the mean of the two middle ones of an even number. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}

/**
 * The percentage of the peers whom a value surpasses, those that are equal counted half; null with fewer peers than the
 * contract asks for.
 */
export function percentileAmong(
  value: number,
  others: readonly number[],
  better: 'more' | 'less' | 'neither',
): number | null {
  if (others.length + 1 < PERCENTILE_MINIMUM_PEERS || better === 'neither') return null;
  const surpassed = others.filter((other) => (better === 'more' ? other < value : other > value)).length;
  const equal = others.filter((other) => other === value).length;
  return (100 * (surpassed + equal / 2)) / others.length;
}
