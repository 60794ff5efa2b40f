import type { CallDirection, CallPurpose, CallState, Evidence, OutcomeCode } from '@scoreline/contract';
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
  readonly startedAt: string | null;
  readonly answered: boolean;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  readonly holdSeconds: number;
  /** Null until the rep has chosen an outcome. */
  readonly afterCallSeconds: number | null;
  readonly outcome: OutcomeCode | null;
  readonly evidence: Evidence;
}

/** The addends of a contribution, in the order in which they are stored. All are non-negative whole numbers. */
export const CONTRIBUTION_FIELDS = [
  'dials',
  'inboundCalls',
  'connects',
  'conversations',
  'ringSeconds',
  'talkSeconds',
  'talkSecondsSquared',
  'holdSeconds',
  'afterCallSeconds',
] as const;
export type ContributionField = (typeof CONTRIBUTION_FIELDS)[number];

/** What one call, one day or one period adds to every metric; contributions add up in any order. */
export type Contribution = Readonly<Record<ContributionField, number>>;

export const NO_CONTRIBUTION: Contribution = {
  dials: 0,
  inboundCalls: 0,
  connects: 0,
  conversations: 0,
  ringSeconds: 0,
  talkSeconds: 0,
  talkSecondsSquared: 0,
  holdSeconds: 0,
  afterCallSeconds: 0,
};

/**
 * What a call adds to its rep's metrics, by the definitions of the contract's metric table. A call counts once it
 * was dialed or came in, and has ended. On a `verified` basis a call counts only when a switch or carrier saw it end, and its
 * facts are theirs: a rep's claim moves no number, and where it contradicts them theirs count. An outcome can take a
 * connect away (voicemail), never add one. Of a call that came in only the times count; a consultation counts nowhere.
 */
export function contributionOf(facts: CallFacts, basis: EvidenceBasis): Contribution {
  if (facts.state !== 'ended' || facts.startedAt === null) return NO_CONTRIBUTION;
  if (facts.purpose === 'consultation') return NO_CONTRIBUTION;
  if (!isEvident(facts.evidence, basis)) return NO_CONTRIBUTION;
  const talkSeconds = facts.answered ? facts.talkSeconds : 0;
  const isVoicemail = facts.outcome !== null && outcomeOf(facts.outcome).meaning === 'voicemail';
  const isDial = facts.direction === 'outbound';
  const isConnect = isDial && facts.answered && !isVoicemail && talkSeconds >= CONNECT_MINIMUM_TALK_SECONDS;
  return {
    dials: isDial ? 1 : 0,
    inboundCalls: isDial ? 0 : 1,
    connects: isConnect ? 1 : 0,
    conversations: isConnect && talkSeconds >= CONVERSATION_MINIMUM_TALK_SECONDS ? 1 : 0,
    ringSeconds: isDial ? facts.ringSeconds : 0,
    talkSeconds,
    talkSecondsSquared: talkSeconds * talkSeconds,
    holdSeconds: facts.answered ? facts.holdSeconds : 0,
    afterCallSeconds: facts.afterCallSeconds ?? 0,
  };
}

/** What the earlier calls of one contact were. */
export interface Reached {
  readonly connect: boolean;
  readonly conversation: boolean;
}

/**
 * The contribution of a call to a number that its rep had reached shortly before: connects of which each begins
 * within the contract's repeat window after the one before it are one contact, with one connect and at most one
 * conversation. The dial and the times count as ever.
 *
 * @param before what the earlier calls of the same contact were
 */
export function withoutRepeat(contribution: Contribution, before: Reached): Contribution {
  return {
    ...contribution,
    connects: before.connect ? 0 : contribution.connects,
    conversations: before.conversation ? 0 : contribution.conversations,
  };
}

function isEvident(evidence: Evidence, basis: EvidenceBasis): boolean {
  if (evidence === 'verified' || evidence === 'contradicted') return true;
  return basis === 'reported' && evidence === 'reported';
}

/** The sum of two contributions. */
export function addContributions(left: Contribution, right: Contribution): Contribution {
  return combine(left, right, (a, b) => a + b);
}

/** What must be added to `before` to get `after`; its numbers may be negative. */
export function contributionDifference(after: Contribution, before: Contribution): Contribution {
  return combine(after, before, (a, b) => a - b);
}

function combine(left: Contribution, right: Contribution, operation: (a: number, b: number) => number) {
  const combined: Record<ContributionField, number> = { ...NO_CONTRIBUTION };
  for (const field of CONTRIBUTION_FIELDS) combined[field] = operation(left[field], right[field]);
  return combined;
}
