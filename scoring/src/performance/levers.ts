import type { Lever } from '@scoreline/contract';
import { componentsOf } from './components.ts';
import type { Contribution } from './contribution.ts';
import type { Figures } from './figures.ts';
import { rangeOf, type ComponentValues } from './propagation.ts';
import { scoreFunctionOf, type ScorecardInput } from './scorecard.ts';

/** An open opportunity that is to close in the period. */
export interface OpenOpportunity {
  readonly id: string;
  readonly amount: number;
}

/** What a rep could still do in the period. */
export interface Chances {
  /** The largest ones are enough. */
  readonly opportunities: readonly OpenOpportunity[];
  /** Follow-ups whose promised day lies between today and the period's end, not done yet. */
  readonly openCommitments: number;
}

const MOST_LEVERS = 3;
/** More than a quarter on top of what a rep does anyway is no doable thing. */
const DOABLE_SHARE = 0.25;
const ROUNDED_TO_DIALS = 10;
/** A gain that would be printed as nothing is none. */
const LEAST_GAIN = 0.1;

/**
 * The things that would move a score most: winning one open opportunity, dialing more at the rep's own rates, keeping the
 * commitments that are still open. Each gain has the range that follows from what is uncertain about the rep's rates; one
 * whose range holds nought is left out. At most three, the largest first; none where there is no score.
 */
export function leversOf(input: ScorecardInput, chances: Chances): Lever[] {
  const scoreAt = scoreFunctionOf(input);
  if (scoreAt === null) return [];
  const components = componentsOf(input.figures, input.base);
  const gainOf = (after: (at: ComponentValues) => readonly [Figures, ComponentValues]) =>
    rangeOf((at) => scoreAt(...after(at)) - scoreAt(input.figures, at), components);
  const levers = [
    ...chances.opportunities.map((opportunity) => opportunityLever(input.figures, opportunity, gainOf)),
    dialLever(input.figures, gainOf),
    commitmentLever(input, chances.openCommitments, gainOf),
  ];
  return best(levers.filter((lever) => lever !== null));
}

type GainOf = (after: (at: ComponentValues) => readonly [Figures, ComponentValues]) => {
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

function opportunityLever(figures: Figures, { id, amount }: OpenOpportunity, gainOf: GainOf): Lever {
  const sales = {
    ...figures.sales,
    wonAmount: figures.sales.wonAmount + amount,
    openAmount: Math.max((figures.sales.openAmount ?? 0) - amount, 0),
  };
  const gain = gainOf((at) => [{ ...figures, sales }, at]);
  return { kind: 'opportunity', metric: 'attainment', recordId: id, amount, ...rounded(gain) };
}

/** As many more dials as the rep can make beside the usual ones until the period ends, all else in proportion. */
function dialLever(figures: Figures, gainOf: GainOf): Lever | null {
  const { totals, attendance } = figures;
  const daysLeft = Math.max(attendance.daysAvailable - attendance.daysWorked, 0);
  const usual = (totals.dials / attendance.daysWorked) * daysLeft;
  const more = Math.floor((usual * DOABLE_SHARE) / ROUNDED_TO_DIALS) * ROUNDED_TO_DIALS;
  if (more < ROUNDED_TO_DIALS) return null;
  const gain = gainOf((at) => [{ ...figures, totals: withDials(totals, more, at) }, at]);
  return { kind: 'count', metric: 'dials', amount: more, ...rounded(gain) };
}

/** Dials and the calls that follow from them at these rates; what is counted apart from them stays. */
function withDials(totals: Contribution, more: number, at: ComponentValues): Contribution {
  return {
    ...totals,
    dials: totals.dials + more,
    connects: totals.connects + more * (at.connect ?? 0),
  };
}

/** The commitments that are still open, all kept. */
function commitmentLever({ figures, base }: ScorecardInput, open: number, gainOf: GainOf): Lever | null {
  if (open === 0) return null;
  const trials = figures.sales.commitments.due + (base.keep?.trialsToOutweigh ?? 0);
  const gain = gainOf((at) => {
    const keep = ((at.keep ?? 0) * trials + open) / (trials + open);
    return [figures, { ...at, keep }];
  });
  return { kind: 'commitments', metric: 'commitmentsKept', amount: open, ...rounded(gain) };
}

function rounded({ value, low, high }: { value: number; low: number; high: number }) {
  return { gain: toTenth(value), low: toTenth(low), high: toTenth(high) };
}

/** The largest gains, of opportunities one: they are alternatives rather than a list. */
function best(levers: readonly Lever[]): Lever[] {
  const doable = levers
    .filter(({ gain, low }) => gain >= LEAST_GAIN && low > 0)
    .toSorted((left, right) => right.gain - left.gain);
  const firstDeal = doable.find(({ kind }) => kind === 'opportunity');
  return doable.filter((lever) => lever.kind !== 'opportunity' || lever === firstDeal).slice(0, MOST_LEVERS);
}

function toTenth(points: number): number {
  return Math.round(points * 10) / 10;
}
