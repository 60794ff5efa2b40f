import { dispersionFrom, meanEstimate, rateEstimate, type Estimate } from './estimates.ts';
import type { Figures, MetricFacts, ShareName } from './figures.ts';
import { SHARE_NAMES, sharesOf } from './figures.ts';
import type { Share } from './newcombeDifference.ts';
import { fitShareSpread, type ShareSpread } from './shareSpread.ts';
import { shrunkShare } from './shrunkShare.ts';
import type { Interval } from './wilsonInterval.ts';
import { NORMAL_QUANTILE_95, wilsonInterval } from './wilsonInterval.ts';

/** The parts of a rep's work whose errors know nothing of each other. Seconds are means of one call. */
export const COMPONENT_NAMES = [
  ...SHARE_NAMES,
  'connectTalkSeconds',
  'otherTalkSeconds',
  'afterCallSeconds',
  'handleSeconds',
  'leadSeconds',
  // How far the rep's pace may lie from what the counts of one period show, as a factor.
  'dialPace',
  'winPace',
] as const;
export type ComponentName = (typeof COMPONENT_NAMES)[number];

/** A component as best known, with its 95 % range. */
export interface Component extends Interval {
  readonly value: number;
  /** How much the rep's own figures weigh in it, 0 to 1. */
  readonly ownShare: number;
}
export type Components = Readonly<Partial<Record<ComponentName, Component>>>;

/**
 * How the shares of a rep's peers were spread in the period before. It is fixed while a period runs, so that nobody's
 * score moves because somebody else's did. A share without one is taken as it is.
 */
export type TeamBase = Readonly<Partial<Record<ShareName, ShareSpread>>>;

/** Fewer reps than this tell little of how reps differ. */
const FEWEST_MEMBERS = 4;
/** However alike the reps are, a rep's own figures weigh at least a fifth for one with the team's usual number of trials. */
const MOST_OUTWEIGHING = 4;

/** The base that a team's shares of one period make for the next. */
export function teamBaseOf(members: readonly Readonly<Record<ShareName, Share>>[]): TeamBase {
  return Object.fromEntries(
    SHARE_NAMES.flatMap((name) => {
      const shares = members.map((member) => member[name]).filter(({ trials }) => trials > 0);
      const spread = shares.length < FEWEST_MEMBERS ? null : fitShareSpread(shares);
      if (spread === null) return [];
      const trials = shares.reduce((sum, share) => sum + share.trials, 0);
      return [[name, boundedSpread(spread, trials, shares.length)]];
    }),
  );
}

/** That nobody ever did a thing, or everybody always, does not make it impossible or certain: half a trial stays (Jeffreys). */
function boundedSpread(
  { mean, trialsToOutweigh }: ShareSpread,
  trials: number,
  members: number,
): ShareSpread {
  const atEnd = mean <= 0 || mean >= 1;
  return {
    mean: atEnd ? (mean * trials + 0.5) / (trials + 1) : mean,
    trialsToOutweigh: Math.min(trialsToOutweigh, (MOST_OUTWEIGHING * trials) / members),
  };
}

/** A rep's components: shares moved towards the base, means as they are. What nothing is known of is left out. */
export function componentsOf(figures: MetricFacts, base: TeamBase): Components {
  const shares = sharesOf(figures);
  const known = [
    ...SHARE_NAMES.map((name) => [name, shareComponent(shares[name], base[name])] as const),
    ...Object.entries(meansOf(figures)),
  ];
  return Object.fromEntries(known.filter(([, component]) => component !== null));
}

function shareComponent(share: Share, spread: ShareSpread | undefined): Component | null {
  const { successes, trials } = share;
  if (spread === undefined)
    return trials === 0
      ? null
      : { value: successes / trials, ...wilsonInterval(successes, trials), ownShare: 1 };
  const { value, low, high } = shrunkShare(share, spread);
  return { value, low, high, ownShare: trials / (trials + spread.trialsToOutweigh) };
}

function meansOf({ totals, sales }: MetricFacts): Partial<Record<ComponentName, Component | null>> {
  const otherCalls = totals.dials + totals.inboundCalls - totals.connects;
  return {
    connectTalkSeconds: meanOf(totals.connects, totals.connectTalkSeconds, totals.connectTalkSecondsSquared),
    otherTalkSeconds: meanOf(
      otherCalls,
      totals.talkSeconds - totals.connectTalkSeconds,
      totals.talkSecondsSquared - totals.connectTalkSecondsSquared,
    ),
    afterCallSeconds: meanOf(totals.wrappedCalls, totals.afterCallSeconds, totals.afterCallSecondsSquared),
    handleSeconds: meanOf(totals.handledDials, totals.handleSeconds, totals.handleSecondsSquared),
    leadSeconds:
      sales.leads === null
        ? null
        : {
            value: sales.leads.medianSeconds,
            low: sales.leads.lowSeconds,
            high: sales.leads.highSeconds,
            ownShare: 1,
          },
  };
}

/** A mean with the normal range of its standard error. */
function meanOf(count: number, sum: number, squares: number): Component | null {
  if (count === 0) return null;
  const value = sum / count;
  const halfWidth = NORMAL_QUANTILE_95 * standardErrorOf(count, sum, squares);
  return { value, low: Math.max(value - halfWidth, 0), high: value + halfWidth, ownShare: 1 };
}

/**
 * The standard error of a mean, √((Σx² − (Σx)²/n) / (n (n − 1))). One value tells nothing of the spread, so it is taken
 * for that of an exponential waiting time: as large as the value itself.
 */
export function standardErrorOf(count: number, sum: number, squares: number): number {
  if (count < 2) return count === 0 ? 0 : Math.abs(sum);
  return Math.sqrt(Math.max(squares - (sum * sum) / count, 0) / (count * (count - 1)));
}

/**
 * What is uncertain beside the components when one period is held against another: the dials and the won amounts are facts,
 * but another period of the same pace would have had others. Dials come as unevenly as the days were filled; wins are a
 * compound Poisson sum.
 */
export function paceComponentsOf({ totals, dailySquares, attendance, sales }: Figures): Components {
  const dials = rateEstimate({
    count: totals.dials,
    exposure: attendance.daysWorked,
    dispersion: dispersionFrom(totals.dials, dailySquares.dials, attendance.daysWorked),
  });
  const wins = meanEstimate(sales.wonAmount, Math.sqrt(sales.wonAmountSquared));
  return {
    ...(dials === null ? {} : { dialPace: asFactor(dials) }),
    ...(sales.wonAmount > 0 ? { winPace: asFactor(wins) } : {}),
  };
}

function asFactor({ value, rangeAt }: Estimate): Component {
  const { low, high } = rangeAt(NORMAL_QUANTILE_95);
  return value > 0
    ? { value: 1, low: low / value, high: high / value, ownShare: 1 }
    : { value: 1, low: 1, high: 1, ownShare: 1 };
}
