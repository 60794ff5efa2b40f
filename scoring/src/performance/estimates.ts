import type { Share } from './newcombeDifference.ts';
import type { Interval } from './wilsonInterval.ts';
import { wilsonInterval } from './wilsonInterval.ts';

/** A value and its range at any confidence, given as the two-sided quantile of the normal distribution. */
export interface Estimate {
  readonly value: number;
  readonly rangeAt: (quantile: number) => Interval;
}

/** A share with its score interval (Wilson 1927); null without trials. */
export function shareEstimate({ successes, trials }: Share): Estimate | null {
  if (trials === 0) return null;
  return {
    value: successes / trials,
    rangeAt: (quantile) => wilsonInterval(successes, trials, quantile),
  };
}

/** Events over a time in which they could happen, e.g. dials over days at work. */
export interface CountRate {
  readonly count: number;
  /** Above 0, in the unit the rate is wanted per. */
  readonly exposure: number;
  /**
   * How many times the variance of daily counts exceeds their mean, 1 for events that know nothing of each other
   * (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202). Less than 1 is taken as 1.
   */
  readonly dispersion: number;
}

/** A rate with the score interval of the Poisson distribution, widened for overdispersion; null without exposure. */
export function rateEstimate({ count, exposure, dispersion }: CountRate): Estimate | null {
  if (!(exposure > 0)) return null;
  const scale = Math.max(dispersion, 1);
  const effective = count / scale;
  return {
    value: count / exposure,
    rangeAt: (quantile) => {
      const centre = effective + (quantile * quantile) / 2;
      const halfWidth = quantile * Math.sqrt(effective + (quantile * quantile) / 4);
      return {
        low: (scale / exposure) * Math.max(centre - halfWidth, 0),
        high: (scale / exposure) * (centre + halfWidth),
      };
    },
  };
}

/** A mean, e.g. of seconds, with the normal range of its standard error; never below 0. */
export function meanEstimate(mean: number, standardError: number): Estimate {
  return {
    value: mean,
    rangeAt: (quantile) => ({
      low: Math.max(mean - quantile * standardError, 0),
      high: mean + quantile * standardError,
    }),
  };
}

/**
 * How many times the variance of daily counts exceeds their mean, at least 1. Days without exposure are not given.
 * Fewer than two days tell nothing, and count as 1.
 */
export function dispersionOf(dailyCounts: readonly number[]): number {
  if (dailyCounts.length < 2) return 1;
  const mean = dailyCounts.reduce((sum, count) => sum + count, 0) / dailyCounts.length;
  if (mean === 0) return 1;
  const squares = dailyCounts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return Math.max(squares / (dailyCounts.length - 1) / mean, 1);
}

/** Variance over mean of the daily counts, from their sums. Parts of days round to days. */
export function dispersionFrom(count: number, squares: number, daysWorked: number): number {
  const days = Math.round(daysWorked);
  if (days < 2 || count === 0) return 1;
  const mean = count / days;
  return (squares - count * mean) / (days - 1) / mean;
}
