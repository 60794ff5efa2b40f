import type { Attendance } from './attendance.ts';
import type { Contribution } from './contribution.ts';
import type { Share } from './newcombeDifference.ts';

/** What a rep's sales of one period add up to, as the org has them. Amounts are in the org's currency. */
export interface SalesFigures {
  /** Of the whole period; null where nobody set one. */
  readonly quota: number | null;
  /** Won with a close date in the period. */
  readonly wonAmount: number;
  /** The sum of the squares of those amounts: how much hangs on few deals. */
  readonly wonAmountSquared: number;
  /** Open, with a close date in the period; null of a period that is over, of which nobody knows it any more. */
  readonly openAmount: number | null;
  /** Opportunities created in the four quarters up to the period's end. */
  readonly cohort: {
    readonly won: number;
    readonly lost: number;
    /** Null of a period that is over. */
    readonly open: number | null;
    readonly wonAmount: number;
    /** Days from creation to won, summed over the won. */
    readonly wonCycleDays: number;
  };
  /** Follow-ups whose promised day lies in the period and has passed, and those of them that were done by it. */
  readonly commitments: { readonly due: number; readonly kept: number };
  /** New meetings with prospects in the calendar; null where the org's reps keep none there. */
  readonly calendarMeetings: number | null;
  /** Leads created in the period that were called; null for none. Seconds from creation to the first call. */
  readonly leads: LeadSpeed | null;
  /** Months from the first call until the rep worked like the team; null where that is not so, or not yet. */
  readonly rampMonths: number | null;
}

export interface LeadSpeed {
  readonly called: number;
  readonly medianSeconds: number;
  /** Ends of the median's 95 % range, by order statistics. */
  readonly lowSeconds: number;
  readonly highSeconds: number;
  /** 95 of 100 leads were called sooner. */
  readonly slowestSeconds: number;
}

/** How evenly a rep's days were filled: Σ of squares of the daily counts. */
export interface DailySquares {
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
}

/** Everything that a rep's card of a period is made of. */
export interface Figures {
  readonly totals: Contribution;
  readonly dailySquares: DailySquares;
  readonly attendance: Attendance;
  readonly sales: SalesFigures;
}

/** What a period's metrics are made of; the rest of its figures tells how it compares with another. */
export type MetricFacts = Pick<Figures, 'totals' | 'sales'>;

export const NO_SALES: SalesFigures = {
  quota: null,
  wonAmount: 0,
  wonAmountSquared: 0,
  openAmount: 0,
  cohort: { won: 0, lost: 0, open: 0, wonAmount: 0, wonCycleDays: 0 },
  commitments: { due: 0, kept: 0 },
  calendarMeetings: null,
  leads: null,
  rampMonths: null,
};

/** The shares of which a rep's figures are made; each is of what the one before it left. */
export const SHARE_NAMES = ['connect', 'conversation', 'meeting', 'win', 'keep'] as const;
export type ShareName = (typeof SHARE_NAMES)[number];

/** How many of how many: of dials, connects, conversations, decided opportunities and due follow-ups. */
export function sharesOf({ totals, sales }: MetricFacts): Record<ShareName, Share> {
  return {
    connect: { successes: totals.connects, trials: totals.dials },
    conversation: { successes: totals.conversations, trials: totals.connects },
    meeting: { successes: meetingsOf(totals, sales), trials: totals.conversations },
    win: { successes: sales.cohort.won, trials: sales.cohort.won + sales.cohort.lost },
    keep: { successes: sales.commitments.kept, trials: sales.commitments.due },
  };
}

/**
 * Conversations that led to a meeting. Where reps keep a calendar in the org it has to show as many new meetings:
 * neither a word on the phone nor an entry in the calendar counts alone.
 */
export function meetingsOf(totals: Contribution, { calendarMeetings }: SalesFigures): number {
  return Math.min(totals.meetings, calendarMeetings ?? Number.POSITIVE_INFINITY);
}
