import type { MetricName, Verdict } from '@scoreline/contract';
import { METRICS } from '@scoreline/contract';
import { adjustedPValues } from './benjaminiHochberg.ts';
import { changeOf, verdictOf, type Change } from './change.ts';
import { standardErrorOf } from './components.ts';
import { dispersionFrom, meanEstimate, rateEstimate, shareEstimate, type Estimate } from './estimates.ts';
import type { Figures } from './figures.ts';
import { sharesOf } from './figures.ts';
import { NORMAL_QUANTILE_95 } from './wilsonInterval.ts';

/**
 * A metric of a period as an estimate that can be compared with another period's, from the rep's own figures alone: counts
 * per day worked, widened by how unevenly the days were filled; shares; means. Null where there is nothing to compare, or
 * where the two periods would share the same facts (win rate and what is made of it look back over four quarters).
 */
export function comparableOf(metric: MetricName, figures: Figures): Estimate | null {
  const { totals, dailySquares, attendance, sales } = figures;
  const shares = sharesOf(figures);
  switch (metric) {
    case 'dials':
    case 'connects':
    case 'conversations':
      return dailyRate(totals[metric], dailySquares[metric], attendance.daysWorked);
    case 'talkSeconds':
      return dailyTalk(figures);
    case 'connectRate':
      return shareEstimate(shares.connect);
    case 'meetingsPerConversation':
      return shareEstimate(shares.meeting);
    case 'meetingsPerDial':
      return shareEstimate({ successes: shares.meeting.successes, trials: totals.dials });
    case 'commitmentsKept':
      return shareEstimate(shares.keep);
    case 'afterCallSeconds':
      return meanIfAny(totals.wrappedCalls, totals.afterCallSeconds, totals.afterCallSecondsSquared);
    case 'handleSeconds':
      return meanIfAny(totals.handledDials, totals.handleSeconds, totals.handleSecondsSquared);
    case 'speedToLeadSeconds':
      return leadEstimate(sales.leads);
    case 'attainment':
      return attainmentPace(figures);
    case 'talkRatio':
    case 'pipelineCoverage':
    case 'winRate':
    case 'salesVelocity':
    case 'rampMonths':
      return null;
  }
}

/** How a metric changed from one period to the next; null where that cannot be said. */
export function metricChange(metric: MetricName, now: Figures, before: Figures): Change | null {
  const [later, earlier] = [comparableOf(metric, now), comparableOf(metric, before)];
  return later === null || earlier === null ? null : changeOf(later, earlier);
}

/** How a score changed, from the ranges of the two. */
export function scoreChange(now: RangedScore, before: RangedScore): Change {
  return changeOf(scoreEstimate(now), scoreEstimate(before));
}

export interface RangedScore {
  readonly score: number;
  readonly scoreLow: number;
  readonly scoreHigh: number;
}

/**
 * The verdict on a rep's change among those of the same metric of the peers, of which the p-values are known.
 *
 * @param metric of which it is; null for the score
 */
export function verdictAmong(
  change: Change,
  peersPValues: readonly number[],
  metric: MetricName | null,
): Verdict {
  const [adjusted = 1] = adjustedPValues([change.pValue, ...peersPValues]);
  const better = metric === null ? 'more' : METRICS[metric].better;
  return better === 'neither' ? 'noEvidence' : verdictOf(change, adjusted, better);
}

/** Each side's half of the range shrinks or grows with the quantile. */
function scoreEstimate({ score, scoreLow, scoreHigh }: RangedScore): Estimate {
  return {
    value: score,
    rangeAt: (quantile) => ({
      low: score - ((score - scoreLow) * quantile) / NORMAL_QUANTILE_95,
      high: score + ((scoreHigh - score) * quantile) / NORMAL_QUANTILE_95,
    }),
  };
}

function dailyRate(count: number, squares: number, days: number): Estimate | null {
  return rateEstimate({ count, exposure: days, dispersion: dispersionFrom(count, squares, days) });
}

function dailyTalk({ totals, dailySquares, attendance }: Figures): Estimate | null {
  const { daysWorked } = attendance;
  if (daysWorked <= 0) return null;
  const calls = totals.dials + totals.inboundCalls;
  const ofCalls = calls * standardErrorOf(calls, totals.talkSeconds, totals.talkSecondsSquared);
  const spread = Math.sqrt(Math.max(dispersionFrom(totals.dials, dailySquares.dials, daysWorked), 1));
  return meanEstimate(totals.talkSeconds / daysWorked, (ofCalls * spread) / daysWorked);
}

function meanIfAny(count: number, sum: number, squares: number): Estimate | null {
  return count === 0 ? null : meanEstimate(sum / count, standardErrorOf(count, sum, squares));
}

function leadEstimate(leads: Figures['sales']['leads']): Estimate | null {
  if (leads === null) return null;
  const standardError = (leads.highSeconds - leads.lowSeconds) / (2 * NORMAL_QUANTILE_95);
  return meanEstimate(leads.medianSeconds, standardError);
}

/**
 * Attainment at the pace of the days worked. Wins come as they come, so the won amount is a compound Poisson sum, whose
 * variance is the sum of the squared amounts (Klugman, Panjer, Willmot, Loss Models, ch. 9).
 */
function attainmentPace({ sales, attendance }: Figures): Estimate | null {
  const { quota, wonAmount, wonAmountSquared } = sales;
  if (quota === null || quota <= 0 || attendance.daysWorked <= 0) return null;
  const asked = quota * (attendance.daysWorked / Math.max(attendance.daysAvailable, attendance.daysWorked));
  return meanEstimate(wonAmount / asked, Math.sqrt(wonAmountSquared) / asked);
}
