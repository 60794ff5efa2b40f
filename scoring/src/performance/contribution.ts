import type {
  CallDirection,
  CallPurpose,
  CallState,
  EndCause,
  EndedBy,
  Evidence,
  OutcomeCode,
} from '@scoreline/contract';
import {
  CONNECT_MINIMUM_TALK_SECONDS,
  CONVERSATION_MINIMUM_TALK_SECONDS,
  outcomeOf,
} from '@scoreline/contract';

/**
 * Whose word a score rests on: `verified` where a switch or carrier reports, `reported` where only the
 * softphone does. A reported score is shown and labelled so, and never ranked.
 */
export type EvidenceBasis = 'verified' | 'reported';

/** What of a call's record the metrics read. Seconds are whole. */
export interface CallFacts {
  readonly direction: CallDirection;
  readonly purpose: CallPurpose;
  readonly state: CallState;
  /** Epoch milliseconds; null of a call of which nothing of the line was reported. */
  readonly startedMs: number | null;
  readonly answered: boolean;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  readonly holdSeconds: number;
  /** Null until the rep has chosen an outcome. */
  readonly afterCallSeconds: number | null;
  readonly endCause: EndCause | null;
  readonly endedBy: EndedBy | null;
  readonly outcome: OutcomeCode | null;
  readonly evidence: Evidence;
  /** The rep's share of all speech, 0 to 1; null where it was not measured. */
  readonly talkRatio: number | null;
}

/** Talk time, in seconds, from which a call counts. */
export interface CallThresholds {
  readonly connectSeconds: number;
  readonly conversationSeconds: number;
}

export const USUAL_THRESHOLDS: CallThresholds = {
  connectSeconds: CONNECT_MINIMUM_TALK_SECONDS,
  conversationSeconds: CONVERSATION_MINIMUM_TALK_SECONDS,
};

/** The addends of a contribution, in the order in which they are stored. All are non-negative whole numbers. */
export const CONTRIBUTION_FIELDS = [
  'dials',
  'inboundCalls',
  'connects',
  'conversations',
  'meetings',
  'excusedCalls',
  'excludedCalls',
  'ringSeconds',
  'talkSeconds',
  'talkSecondsSquared',
  'connectTalkSeconds',
  'connectTalkSecondsSquared',
  'holdSeconds',
  'wrappedCalls',
  'afterCallSeconds',
  'afterCallSecondsSquared',
  'handledDials',
  'handleSeconds',
  'handleSecondsSquared',
  'speechCalls',
  'talkRatioPerMille',
  'talkRatioPerMilleSquared',
] as const;
export type ContributionField = (typeof CONTRIBUTION_FIELDS)[number];

/** What one call, one day or one period adds to every metric; contributions add up in any order. */
export type Contribution = Readonly<Record<ContributionField, number>>;

export const NO_CONTRIBUTION = Object.fromEntries(
  CONTRIBUTION_FIELDS.map((field) => [field, 0]),
) as Contribution;

/** A rep who saves an outcome the next morning did not work on it all night. */
const MOST_AFTER_CALL_SECONDS = 1_800;

/**
 * What a call adds to its rep's metrics, by the definitions of the contract's metric table. A call counts once it
 * was dialed or came in, and has ended. On a `verified` basis a call counts only when a switch or carrier saw it end, and its
 * facts are theirs: a rep's claim moves no number, and where it contradicts them theirs count. An outcome can take a
 * connect away (voicemail), never add one. Of a call that came in only the times count; a consultation counts nowhere.
 * A dial that the network broke, before anybody answered or before it became a conversation, is excused.
 */
export function contributionOf(
  facts: CallFacts,
  basis: EvidenceBasis,
  thresholds: CallThresholds = USUAL_THRESHOLDS,
): Contribution {
  if (facts.state !== 'ended' || facts.startedMs === null) return NO_CONTRIBUTION;
  if (facts.purpose === 'consultation') return NO_CONTRIBUTION;
  if (!isEvident(facts.evidence, basis)) return NO_CONTRIBUTION;
  const talkSeconds = facts.answered ? facts.talkSeconds : 0;
  if (isBroken(facts) && talkSeconds < thresholds.conversationSeconds)
    return { ...NO_CONTRIBUTION, excusedCalls: 1 };
  return facts.direction === 'outbound'
    ? dialContribution(facts, talkSeconds, thresholds)
    : { ...timesOf(facts, talkSeconds), inboundCalls: 1 };
}

/** What a call to or from the org's own people adds: nothing but that there was one. */
export const EXCLUDED_CALL: Contribution = { ...NO_CONTRIBUTION, excludedCalls: 1 };

function dialContribution(facts: CallFacts, talkSeconds: number, thresholds: CallThresholds): Contribution {
  const meaning = facts.outcome === null ? null : outcomeOf(facts.outcome).meaning;
  const isConnect = facts.answered && meaning !== 'voicemail' && talkSeconds >= thresholds.connectSeconds;
  const isConversation = isConnect && talkSeconds >= thresholds.conversationSeconds;
  const dial = timesOf(facts, talkSeconds);
  dial.dials = 1;
  dial.ringSeconds = facts.ringSeconds;
  if (isConnect) {
    dial.connects = 1;
    dial.connectTalkSeconds = talkSeconds;
    dial.connectTalkSecondsSquared = talkSeconds * talkSeconds;
  }
  if (isConversation) {
    dial.conversations = 1;
    dial.meetings = facts.outcome === 'meeting' ? 1 : 0;
    addSpeech(dial, facts);
  }
  if (dial.wrappedCalls > 0) {
    dial.handledDials = 1;
    dial.handleSeconds = facts.ringSeconds + talkSeconds + dial.holdSeconds + dial.afterCallSeconds;
    dial.handleSecondsSquared = dial.handleSeconds * dial.handleSeconds;
  }
  return dial;
}

/** A contribution that is still being made. */
type Making = Record<ContributionField, number>;

function timesOf(facts: CallFacts, talkSeconds: number): Making {
  const times: Making = { ...NO_CONTRIBUTION };
  times.talkSeconds = talkSeconds;
  times.talkSecondsSquared = talkSeconds * talkSeconds;
  if (facts.answered) times.holdSeconds = facts.holdSeconds;
  if (facts.afterCallSeconds !== null) {
    times.wrappedCalls = 1;
    times.afterCallSeconds = Math.min(facts.afterCallSeconds, MOST_AFTER_CALL_SECONDS);
    times.afterCallSecondsSquared = times.afterCallSeconds * times.afterCallSeconds;
  }
  return times;
}

function addSpeech(dial: Making, { talkRatio }: CallFacts): void {
  if (talkRatio === null) return;
  dial.speechCalls = 1;
  dial.talkRatioPerMille = Math.round(talkRatio * 1_000);
  dial.talkRatioPerMilleSquared = dial.talkRatioPerMille * dial.talkRatioPerMille;
}

function isBroken({ endCause, endedBy }: CallFacts): boolean {
  return endedBy === 'network' && endCause === 'failed';
}

function isEvident(evidence: Evidence, basis: EvidenceBasis): boolean {
  if (evidence === 'verified' || evidence === 'contradicted') return true;
  return basis === 'reported' && evidence === 'reported';
}

/** The sum of two contributions. */
export function addContributions(left: Contribution, right: Contribution): Contribution {
  const sum = {} as Record<ContributionField, number>;
  for (const field of CONTRIBUTION_FIELDS) sum[field] = left[field] + right[field];
  return sum;
}
