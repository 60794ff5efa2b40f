import {
  outcomeOf,
  type CallEvent,
  type CallState,
  type NetworkEvent,
  type OutcomeEvent,
  type Witness,
} from '@scoreline/contract';
import type { CallMeasurements, CallRecord } from './callRecord.ts';
import { measurementsOf } from './eventStore.ts';
import { accountOf, type LineEvent, type WitnessAccount } from './witnessAccount.ts';

/** An event as the ledger keeps it: with its witness, and without what the rep wrote about a person. */
export type LedgerEvent = { readonly witness: Witness } & (NetworkEvent | OutcomeFact);
type OutcomeFact = Omit<OutcomeEvent, 'note' | 'followUpOn' | 'reason'>;

/** What the events of a call say, apart from who owns it and how often it changed. */
export type CallFacts = Pick<
  CallRecord,
  | 'state'
  | 'evidence'
  | 'startedAt'
  | 'endedAt'
  | 'answered'
  | 'ringSeconds'
  | 'talkSeconds'
  | 'holdSeconds'
  | 'afterCallSeconds'
  | 'endCause'
  | 'endedBy'
  | 'outcome'
  | 'outcomeWitness'
  | 'networkWitness'
  | 'voicemailSeconds'
  | 'measured'
>;

interface Accounts {
  /** Of the softphone, or of the rep who logged the call by hand. */
  readonly softphone: WitnessAccount | null;
  readonly switch: WitnessAccount | null;
  readonly carrier: WitnessAccount | null;
}

/**
 * A call's facts, from its events in any order and any number of copies. The line's facts are the carrier's or else
 * the switch's account as soon as one of them reported anything, otherwise the softphone's; the outcome is the
 * rep's latest, on the phone, by hand or in the org. An end that any witness saw is final.
 *
 * @param networkReports whether this org has a switch or carrier that reports, so that its silence means "not yet"
 */
export function foldCall(events: readonly LedgerEvent[], networkReports: boolean): CallFacts {
  const ordered = inOrder(events);
  const phone = accountOf(lineEventsOf(ordered, 'softphone'));
  const hand = accountOf(lineEventsOf(ordered, 'hand'));
  // A phone that lost its call half-way knows less than the rep who entered the whole of it.
  const isByHand = hand !== null && (phone === null || (hasEnded(hand) && !hasEnded(phone)));
  const accounts: Accounts = {
    softphone: isByHand ? hand : phone,
    switch: accountOf(lineEventsOf(ordered, 'switch')),
    carrier: accountOf(lineEventsOf(ordered, 'carrier')),
  };
  const networkWitness = networkWitnessOf(accounts);
  const account = networkWitness === null ? accounts.softphone : accounts[networkWitness];
  const latest = latestOutcomeOf(ordered);
  const outcome = latest?.outcome ?? null;
  const firstOutcome = ordered.find((event) => event.witness === 'softphone' && event.kind === 'outcome');
  return {
    state: stateOf(accounts),
    evidence: evidenceOf(accounts, networkWitness, outcome, networkReports && !isByHand),
    startedAt: isoInstant(account?.startedAt ?? accounts.softphone?.startedAt),
    endedAt: isoInstant(account?.endedAt ?? accounts.softphone?.endedAt),
    answered: account?.answered ?? false,
    ringSeconds: wholeSeconds(account?.ringMs ?? 0),
    talkSeconds: wholeSeconds(account?.talkMs ?? 0),
    holdSeconds: wholeSeconds(account?.holdMs ?? 0),
    afterCallSeconds: afterCallSecondsOf(phone, firstOutcome?.elapsedMs),
    endCause: account?.endCause ?? null,
    endedBy: account?.endedBy ?? null,
    outcome,
    outcomeWitness: latest?.witness ?? null,
    networkWitness,
    voicemailSeconds: voicemailSecondsOf(ordered, 'carrier') ?? voicemailSecondsOf(ordered, 'switch'),
    measured: measuredOf(ordered),
  };
}

/**
 * What was said last of a call: an edit in the org comes behind the outcome that it replaced, and before what the
 * rep says on the phone later.
 */
export function latestOutcomeOf<Event extends LedgerEvent>(
  events: readonly Event[],
): (Event & OutcomeFact) | null {
  // Of one sequence, what was said on the phone itself comes behind what was entered by hand.
  const placeOf = (event: Event & OutcomeFact): readonly [number, number] =>
    event.witness === 'org'
      ? [event.afterSequence ?? 0, event.sequence]
      : [event.sequence, event.witness === 'hand' ? -1 : 0];
  const outcomes = events
    .filter((event): event is Event & OutcomeFact => event.kind === 'outcome')
    .toSorted((one, other) => {
      const [[base, edit], [otherBase, otherEdit]] = [placeOf(one), placeOf(other)];
      return base - otherBase || edit - otherEdit;
    });
  return outcomes.at(-1) ?? null;
}

function inOrder(events: readonly LedgerEvent[]): LedgerEvent[] {
  const byKey = new Map(events.map((event) => [`${event.witness} ${event.sequence}`, event]));
  return [...byKey.values()].sort((one, other) => one.sequence - other.sequence);
}

const NOT_OF_THE_LINE: readonly string[] = ['outcome', 'voicemail', 'measured'];

function lineEventsOf(events: readonly LedgerEvent[], witness: Witness): LineEvent[] {
  return events.filter(
    (event): event is LedgerEvent & LineEvent =>
      event.witness === witness && !NOT_OF_THE_LINE.includes(event.kind),
  );
}

/** The last message that this witness reports: it has the message, so a phone's word for it is none. */
function voicemailSecondsOf(events: readonly LedgerEvent[], witness: 'switch' | 'carrier'): number | null {
  const last = events.findLast((event) => event.kind === 'voicemail' && event.witness === witness);
  return last?.kind === 'voicemail' ? last.seconds : null;
}

/** What the rep's phone measured last: only it hears both sides. */
function measuredOf(events: readonly LedgerEvent[]): CallMeasurements | null {
  const last = events.findLast(({ kind, witness }) => kind === 'measured' && witness === 'softphone');
  return last?.kind === 'measured' ? measurementsOf(last) : null;
}

/** One that saw the end knows more than one that did not; of equals the carrier, who is nearer to the prospect. */
function networkWitnessOf(accounts: Accounts): 'switch' | 'carrier' | null {
  if (hasEnded(accounts.carrier)) return 'carrier';
  if (hasEnded(accounts.switch)) return 'switch';
  if (accounts.carrier !== null) return 'carrier';
  return accounts.switch === null ? null : 'switch';
}

const PROGRESS: Readonly<Record<CallState, number>> = {
  permitted: 0,
  dialing: 1,
  ringing: 2,
  talking: 3,
  held: 3,
  ended: 4,
};

/** The furthest any witness saw the call come; whether it is held is the most trusted one's to say. */
function stateOf(accounts: Accounts): CallState {
  return [accounts.carrier, accounts.switch, accounts.softphone]
    .map((account) => account?.state ?? 'permitted')
    .reduce((furthest, state) => (PROGRESS[state] > PROGRESS[furthest] ? state : furthest));
}

function evidenceOf(
  accounts: Accounts,
  networkWitness: 'switch' | 'carrier' | null,
  outcome: CallRecord['outcome'],
  networkReports: boolean,
): CallRecord['evidence'] {
  if (networkWitness === null)
    return !networkReports && hasEnded(accounts.softphone) ? 'reported' : 'pending';
  const network = accounts[networkWitness];
  if (network === null || !hasEnded(network)) return 'pending';
  const claimsTalk = accounts.softphone?.answered === true && wholeSeconds(accounts.softphone.talkMs) > 0;
  const claimsConversation = outcome !== null && outcomeOf(outcome).meaning === 'conversation';
  return !network.answered && (claimsTalk || claimsConversation) ? 'contradicted' : 'verified';
}

/** Work after the call ends with the first outcome: a correction an hour later is not an hour of work. */
function afterCallSecondsOf(
  softphone: WitnessAccount | null,
  firstOutcomeMs: number | undefined,
): number | null {
  if (softphone === null || softphone.endedElapsedMs === null || firstOutcomeMs === undefined) return null;
  return wholeSeconds(Math.max(0, firstOutcomeMs - softphone.endedElapsedMs));
}

function hasEnded(account: WitnessAccount | null): boolean {
  return account !== null && account.endedAt !== null;
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}

function isoInstant(at: CallEvent['at'] | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
