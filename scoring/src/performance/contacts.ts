import type { CallFacts, CallThresholds, Contribution, EvidenceBasis } from './contribution.ts';
import { contributionOf, EXCLUDED_CALL, NO_CONTRIBUTION } from './contribution.ts';
import { afterOthers, NOTHING_BEFORE, withCall, type DayWithNumber } from './repeats.ts';

/** A call beside the rep's others. */
export interface NumberedCall extends CallFacts {
  /** The same for all calls to one number. */
  readonly numberHash: string;
}

export interface CountingRules {
  readonly basis: EvidenceBasis;
  /** As they stood when the call began, in epoch milliseconds. */
  readonly thresholdsAt: (startedMs: number) => CallThresholds;
  /** The day of a moment for the rep, in epoch milliseconds. */
  readonly dayOf: (startedMs: number) => string;
  /** The hashes of the numbers of the org's own people. */
  readonly ownPeople: ReadonlySet<string>;
}

/**
 * What each of a rep's calls adds, given in the order in which they began. Whoever is reached counts once a day, so that
 * nobody's figures grow by ringing a friend again and again. A call to the org's own people adds nothing: nor do they by
 * ringing a colleague or the own phone.
 */
export function contributionsOf(calls: readonly NumberedCall[], rules: CountingRules): Contribution[] {
  const numbers = new Map<string, { readonly day: string; readonly before: DayWithNumber }>();
  return calls.map((call) => {
    if (call.startedMs === null) return NO_CONTRIBUTION;
    const alone = contributionOf(call, rules.basis, rules.thresholdsAt(call.startedMs));
    if (alone.dials + alone.inboundCalls === 0) return alone;
    if (rules.ownPeople.has(call.numberHash)) return EXCLUDED_CALL;
    const day = rules.dayOf(call.startedMs);
    const known = numbers.get(call.numberHash);
    const before = known?.day === day ? known.before : NOTHING_BEFORE;
    numbers.set(call.numberHash, { day, before: withCall(before, alone) });
    return afterOthers(alone, before);
  });
}
