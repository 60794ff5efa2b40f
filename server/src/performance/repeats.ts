import { REPEAT_WINDOW_SECONDS } from '@scoreline/contract';
import { withoutRepeat, type EvidenceBasis } from '@scoreline/scoring';
import { answeredCallsAround, type CallRecord, type CallToNumber } from '../calls/index.ts';
import type { Connection } from '../database/index.ts';
import { knownContacts, type KnownContact } from './contributions.ts';
import { tallyOf, type Tally } from './tally.ts';

/** What a call adds, beside the others to its number. */
export interface TimedTally {
  readonly callId: string;
  readonly startedAt: string;
  readonly tally: Tally;
}

/** No rep dials one number every few minutes for longer than this. */
const LONGEST_CONTACT_SECONDS = 6 * 3_600;

interface Rep {
  readonly orgId: string;
  readonly userId: string;
  readonly basis: EvidenceBasis;
}

/**
 * What these changed calls add, and what now counts otherwise of the calls to the same numbers around them: a number
 * that was reached is not reached again within the repeat window. The caller holds the rep's lock.
 */
export async function withRepeats(
  connection: Connection,
  rep: Rep,
  changed: readonly CallRecord[],
): Promise<TimedTally[]> {
  const changedIds = new Set(changed.map(({ callId }) => callId));
  const former = (await knownContacts(connection, rep.orgId, [...changedIds])).flatMap(
    ({ callId, startedAt }) => (startedAt === null ? [] : [{ callId, startedAt }]),
  );
  const around = await answeredCallsAround(connection, rep, [...changedIds], former, LONGEST_CONTACT_SECONDS);
  const contacts = new Map(
    [...Map.groupBy(around, ({ numberHash }) => numberHash).values()].flatMap((calls) =>
      contactsOf(calls, rep.basis).map((each) => [each.callId, each]),
    ),
  );
  const own = changed.flatMap((call) => {
    if (call.startedAt === null) return [];
    const { callId, startedAt } = call;
    return [contacts.get(callId) ?? { callId, startedAt, tally: tallyOf(call, rep.basis) }];
  });
  const neighbourIds = around
    .filter(({ callId, isCovered }) => isCovered && !changedIds.has(callId))
    .map(({ callId }) => callId);
  const known = await knownContacts(connection, rep.orgId, neighbourIds);
  return [...own, ...known.flatMap((each) => changedNeighbour(each, contacts.get(each.callId)))];
}

/** The neighbour's tally where it is not the known one. A neighbour that was never rolled up will be by itself. */
function changedNeighbour(known: KnownContact, contact: TimedTally | undefined): TimedTally[] {
  if (contact === undefined) return [];
  const { connects, conversations } = contact.tally;
  return connects === known.connects && conversations === known.conversations ? [] : [contact];
}

/**
 * The tallies of the answered calls to one number, in the order in which they began. Connects of which each begins
 * within the repeat window after the one before it are one contact.
 */
function contactsOf(calls: readonly CallToNumber[], basis: EvidenceBasis): TimedTally[] {
  let lastConnectMs = Number.NEGATIVE_INFINITY;
  let hadConversation = false;
  return calls.flatMap((call) => {
    if (call.startedAt === null) return [];
    const startMs = Date.parse(call.startedAt);
    const alone = tallyOf(call, basis);
    const isRepeat = startMs - lastConnectMs <= REPEAT_WINDOW_SECONDS * 1_000;
    if (!isRepeat) hadConversation = false;
    const tally = {
      ...alone,
      ...withoutRepeat(alone, { connect: isRepeat, conversation: hadConversation }),
    };
    if (alone.connects > 0) lastConnectMs = startMs;
    if (alone.conversations > 0) hadConversation = true;
    return [{ callId: call.callId, startedAt: call.startedAt, tally }];
  });
}
