/** The metrics of a scorecard, in the order in which a card lists them. */
export const METRIC_NAMES = [
  'dials',
  'connects',
  'connectRate',
  'conversations',
  'talkSeconds',
  'meetingsPerConversation',
  'meetingsPerDial',
  'afterCallSeconds',
  'handleSeconds',
  'speedToLeadSeconds',
  'talkRatio',
  'attainment',
  'pipelineCoverage',
  'winRate',
  'salesVelocity',
  'commitmentsKept',
  'rampMonths',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/**
 * `seconds` is a sum over many calls, `duration` the length of one, in seconds; `share` is a fraction of 1; `times` a
 * multiple; `amountPerDay` money of the org's currency.
 */
export type MetricUnit = 'count' | 'share' | 'seconds' | 'duration' | 'times' | 'amountPerDay' | 'months';

export interface Metric {
  readonly name: MetricName;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Whether more of it is better; `neither` is shown, and gives no points. */
  readonly better: 'more' | 'less' | 'neither';
  /** Whether it grows with the working days of the period, as its target does. */
  readonly grows: boolean;
  readonly numerator: string;
  /** Absent for plain counts and sums. */
  readonly denominator?: string;
  readonly definition: string;
}

/** Talk time below which an answered call is no connect, where the org sets no other. */
export const CONNECT_MINIMUM_TALK_SECONDS = 10;
/** Talk time from which a connect is a conversation, where the org sets no other. */
export const CONVERSATION_MINIMUM_TALK_SECONDS = 60;
/** So many dials of a rep to one number count on one day, until somebody is reached; then only the one that does. */
export const MOST_DIALS_TO_A_NUMBER = 3;
/** Calls a rep needs in the period before a score is shown. */
export const SCORE_MINIMUM_DIALS = 20;
/** Peers a rep needs before a percentile is shown. */
export const PERCENTILE_MINIMUM_PEERS = 5;

export const METRICS: Readonly<Record<MetricName, Metric>> = {
  dials: {
    name: 'dials',
    label: 'Dials',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'calls placed to prospects',
    definition: `Every call placed to a prospect, answered or not. A call that came in is no dial, nor is one to a colleague or one that the network broke. To one number ${MOST_DIALS_TO_A_NUMBER} count a day, and none after somebody was reached.`,
  },
  connects: {
    name: 'connects',
    label: 'Connects',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'dials answered by a person',
    definition: `Dials answered as the switch or carrier saw it, at least ${CONNECT_MINIMUM_TALK_SECONDS} seconds of talk unless your admin set another time, and not voicemail. One number counts once a day.`,
  },
  connectRate: {
    name: 'connectRate',
    label: 'Connect rate',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'connects',
    denominator: 'dials',
    definition: 'Connects divided by dials.',
  },
  conversations: {
    name: 'conversations',
    label: 'Conversations',
    unit: 'count',
    better: 'more',
    grows: true,
    numerator: 'connects of a minute or more',
    definition: `Connects with at least ${CONVERSATION_MINIMUM_TALK_SECONDS} seconds of talk unless your admin set another time. One number counts once a day.`,
  },
  talkSeconds: {
    name: 'talkSeconds',
    label: 'Talk time',
    unit: 'seconds',
    better: 'more',
    grows: true,
    numerator: 'seconds both sides were connected',
    definition:
      'Time both sides were connected, hold excluded, in calls to and from prospects. A call that was passed on counts until the rep left it. Of several calls with one number on a day, those count that led further. Time with colleagues does not count.',
  },
  meetingsPerConversation: {
    name: 'meetingsPerConversation',
    label: 'Meetings per conversation',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'conversations that led to a meeting',
    denominator: 'conversations',
    definition:
      'Conversations with the outcome Meeting, divided by conversations. Where reps keep a calendar in Salesforce, no more of them count than it holds new meetings with prospects.',
  },
  meetingsPerDial: {
    name: 'meetingsPerDial',
    label: 'Meetings per dial',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'conversations that led to a meeting',
    denominator: 'dials',
    definition: 'Conversations that led to a meeting, divided by dials.',
  },
  afterCallSeconds: {
    name: 'afterCallSeconds',
    label: 'After-call work',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'seconds from hang-up to outcome',
    denominator: 'calls with an outcome',
    definition:
      'From the end of a call until its outcome is saved, at most half an hour a call, averaged over calls with an outcome.',
  },
  handleSeconds: {
    name: 'handleSeconds',
    label: 'Handle time',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'seconds of ringing, talk, hold and after-call work',
    denominator: 'dials with an outcome',
    definition:
      'Ringing, talk, hold and after-call work of the calls placed, averaged over those with an outcome.',
  },
  speedToLeadSeconds: {
    name: 'speedToLeadSeconds',
    label: 'Speed to lead',
    unit: 'duration',
    better: 'less',
    grows: false,
    numerator: 'median time to the first call',
    denominator: 'leads called',
    definition:
      'From the creation of a lead until its first call, the median over the rep’s leads created in the period that were called.',
  },
  talkRatio: {
    name: 'talkRatio',
    label: 'Talk ratio',
    unit: 'share',
    better: 'neither',
    grows: false,
    numerator: 'rep’s share of all speech, summed over conversations',
    denominator: 'conversations measured',
    definition: 'The rep’s speech divided by all speech, per conversation, then averaged.',
  },
  attainment: {
    name: 'attainment',
    label: 'Attainment',
    unit: 'share',
    better: 'more',
    grows: true,
    numerator: 'amount won in the period',
    denominator: 'quota of the period',
    definition:
      'Amount of the opportunities won with a close date in the period, divided by the period’s quota.',
  },
  pipelineCoverage: {
    name: 'pipelineCoverage',
    label: 'Pipeline coverage',
    unit: 'times',
    better: 'more',
    grows: false,
    numerator: 'open amount to close in the period',
    denominator: 'quota not yet won',
    definition:
      'Amount of the open opportunities with a close date in the period, divided by the quota that is not yet won. About 1 ÷ win rate is needed.',
  },
  winRate: {
    name: 'winRate',
    label: 'Win rate',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'opportunities won',
    denominator: 'opportunities won or lost',
    definition:
      'Of the opportunities created in the four quarters up to the period’s end that were decided by then, the share that was won.',
  },
  salesVelocity: {
    name: 'salesVelocity',
    label: 'Sales velocity',
    unit: 'amountPerDay',
    better: 'more',
    grows: false,
    numerator: 'open opportunities × win rate × average won amount',
    denominator: 'days from creation to won',
    definition:
      'Open opportunities times win rate times average won amount, divided by the average days from creation to won; all of the win rate’s opportunities.',
  },
  commitmentsKept: {
    name: 'commitmentsKept',
    label: 'Commitments kept',
    unit: 'share',
    better: 'more',
    grows: false,
    numerator: 'follow-ups done on or before the promised day',
    denominator: 'follow-ups due',
    definition:
      'Follow-up tasks done on or before the day first promised, divided by those whose day has passed. Moving the day later does not move the promise.',
  },
  rampMonths: {
    name: 'rampMonths',
    label: 'Ramp',
    unit: 'months',
    better: 'less',
    grows: false,
    numerator: 'months from the first call',
    definition:
      'Months from the rep’s first call to the first month with at least 80 percent of the team’s median conversations per working day.',
  },
};
