import { REPEAT_WINDOW_SECONDS } from '@scoreline/contract';
import type { CallFacts, CallThresholds, Contribution, EvidenceBasis, Reached } from './contribution.ts';
import { contributionOf, EXCLUDED_CALL, NO_CONTRIBUTION, withoutRepeat } from './contribution.ts';

/** A call beside the rep's others. */
export interface NumberedCall extends CallFacts {
  /** The same for all calls to one number. */
  readonly numberHash: string;
}

export interface CountingRules {
  readonly basis: EvidenceBasis;
  /** As they stood when the call began, in epoch milliseconds. */
  readonly thresholdsAt: (startedMs: number) => CallThresholds;
  /** The hashes of the numbers of the org's own people. */
  readonly ownPeople: ReadonlySet<string>;
}

interface Contact {
  lastConnectMs: number;
  reached: Reached;
}

const NOT_REACHED: Reached = { connect: false, conversation: false, meeting: false };

/**
 * What each of a rep's calls adds, given in the order in which they began. Connects to one number of which each begins
 * within the repeat window after the one before it are one contact. A call to the org's own people adds nothing, so
 * that nobody's figures grow by ringing a colleague or the own phone.
 */
export function contributionsOf(calls: readonly NumberedCall[], rules: CountingRules): Contribution[] {
  const contacts = new Map<string, Contact>();
  return calls.map((call) => {
    if (call.startedMs === null) return NO_CONTRIBUTION;
    const alone = contributionOf(call, rules.basis, rules.thresholdsAt(call.startedMs));
    if (rules.ownPeople.has(call.numberHash)) return alone === NO_CONTRIBUTION ? alone : EXCLUDED_CALL;
    if (alone.connects === 0) return alone;
    return asContact(alone, call.startedMs, contactWith(contacts, call.numberHash));
  });
}

function contactWith(contacts: Map<string, Contact>, numberHash: string): Contact {
  const known = contacts.get(numberHash);
  if (known !== undefined) return known;
  const fresh = { lastConnectMs: Number.NEGATIVE_INFINITY, reached: NOT_REACHED };
  contacts.set(numberHash, fresh);
  return fresh;
}

function asContact(alone: Contribution, startMs: number, contact: Contact): Contribution {
  const isRepeat = startMs - contact.lastConnectMs <= REPEAT_WINDOW_SECONDS * 1_000;
  const before = isRepeat ? contact.reached : NOT_REACHED;
  contact.lastConnectMs = startMs;
  contact.reached = {
    connect: true,
    conversation: before.conversation || alone.conversations > 0,
    meeting: before.meeting || alone.meetings > 0,
  };
  return withoutRepeat(alone, before);
}
