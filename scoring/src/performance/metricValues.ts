import type { MetricName } from '@scoreline/contract';
import type { Contribution } from './contribution.ts';
import { NORMAL_QUANTILE_95, wilsonInterval } from './wilsonInterval.ts';

/** One metric of a period with its 95 % range. `value` is null where there is nothing to divide by. */
export interface MetricValue {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The value and range of every metric. Given the dials a rep made, which are counted exactly, connects and
 * conversations are shares of them (Wilson), and talk time is a compound sum over all calls (see {@link talkRange}).
 */
export function metricValuesOf(totals: Contribution): Readonly<Partial<Record<MetricName, MetricValue>>> {
  const { dials, connects, conversations, talkSeconds } = totals;
  const connectShare = wilsonInterval(connects, dials);
  const conversationShare = wilsonInterval(conversations, dials);
  const talk = talkRange(totals);
  return {
    dials: count(dials, dials, dials),
    connects: count(connects, connectShare.low * dials, connectShare.high * dials),
    connectRate:
      dials === 0
        ? { value: null, numerator: connects, denominator: dials, low: null, high: null }
        : { value: connects / dials, numerator: connects, denominator: dials, ...connectShare },
    conversations: count(conversations, conversationShare.low * dials, conversationShare.high * dials),
    talkSeconds: count(talkSeconds, talk.low, talk.high),
  };
}

/**
 * Talk time is the sum of one draw per call, placed or come in, zero where nobody answered: a compound sum. Its
 * variance for n calls is n times that of one call, `n/(n−1) · (Σx² − (Σx)²/n)`, and the range the normal
 * approximation, never below 0. With one call nothing is known of the spread, so the variance is that call's square,
 * as for a Poisson number of calls (Klugman, Panjer, Willmot, Loss Models, ch. 9).
 */
function talkRange({ dials, inboundCalls, talkSeconds, talkSecondsSquared }: Contribution) {
  const calls = dials + inboundCalls;
  const variance =
    calls > 1
      ? ((talkSecondsSquared - (talkSeconds * talkSeconds) / calls) * calls) / (calls - 1)
      : talkSecondsSquared;
  const halfWidth = NORMAL_QUANTILE_95 * Math.sqrt(Math.max(variance, 0));
  return { low: Math.max(talkSeconds - halfWidth, 0), high: talkSeconds + halfWidth };
}

function count(value: number, low: number, high: number): MetricValue {
  return {
    value,
    numerator: value,
    denominator: null,
    low: Math.min(low, value),
    high: Math.max(high, value),
  };
}
