/** The metrics of a scorecard, in the order in which a card lists them. */
export const METRIC_NAMES = ['dials', 'connects', 'connectRate', 'conversations', 'talkSeconds'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

export type MetricUnit = 'count' | 'share' | 'seconds';

export interface Metric {
  readonly name: MetricName;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Whether more of it is better. */
  readonly better: 'more' | 'less';
  readonly numerator: string;
  /** Absent for plain counts and sums. */
  readonly denominator?: string;
  readonly definition: string;
}

/** Talk time below which an answered call is no connect. */
export const CONNECT_MINIMUM_TALK_SECONDS = 10;
/** Talk time from which a connect is a conversation. */
export const CONVERSATION_MINIMUM_TALK_SECONDS = 60;
/** A connect that begins within this time after another of the same rep to the same number is the same contact. */
export const REPEAT_WINDOW_SECONDS = 300;
/** Calls a rep needs in the period before a score is shown. */
export const SCORE_MINIMUM_DIALS = 20;

export const METRICS: Readonly<Record<MetricName, Metric>> = {
  dials: {
    name: 'dials',
    label: 'Dials',
    unit: 'count',
    better: 'more',
    numerator: 'calls placed to prospects',
    definition:
      'Every call placed to a prospect, answered or not. A call that came in is no dial, nor is one to ask a colleague.',
  },
  connects: {
    name: 'connects',
    label: 'Connects',
    unit: 'count',
    better: 'more',
    numerator: 'dials answered by a person',
    definition: `Dials answered as the switch or carrier saw it, at least ${CONNECT_MINIMUM_TALK_SECONDS} seconds of talk, and not voicemail. Calls to one number within ${REPEAT_WINDOW_SECONDS / 60} minutes count once.`,
  },
  connectRate: {
    name: 'connectRate',
    label: 'Connect rate',
    unit: 'share',
    better: 'more',
    numerator: 'connects',
    denominator: 'dials',
    definition: 'Connects divided by dials.',
  },
  conversations: {
    name: 'conversations',
    label: 'Conversations',
    unit: 'count',
    better: 'more',
    numerator: 'connects of a minute or more',
    definition: `Connects with at least ${CONVERSATION_MINIMUM_TALK_SECONDS} seconds of talk. Calls to one number within ${REPEAT_WINDOW_SECONDS / 60} minutes count once.`,
  },
  talkSeconds: {
    name: 'talkSeconds',
    label: 'Talk time',
    unit: 'seconds',
    better: 'more',
    numerator: 'seconds both sides were connected',
    definition:
      'Time both sides were connected, hold excluded, in calls to and from prospects. A call that was passed on counts until the rep left it. Time with colleagues does not count.',
  },
};
