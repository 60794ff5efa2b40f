import type { CallGoal, OutcomeCode } from '@scoreline/contract';
import { featuresOf, recencyOf, wasReached, type PastCall, type ProspectFacts } from './callFeatures.ts';
import type { ObservedCall } from './rollingTest.ts';

/** A call with an outcome, and what was known before it. */
export interface KnownCall extends Pick<PastCall, 'answered' | 'outcome'> {
  readonly facts: ProspectFacts;
}

/** Calls that one model predicts before the next one is trained. Conversations are fewer than calls. */
export const CALLS_PER_TRAINING: Readonly<Record<CallGoal, number>> = { reach: 1_000, convert: 250 };

const CONVERTED: OutcomeCode = 'meeting';

/**
 * What calls teach for a goal, in their order. Reaching is learned from all of them and has to beat the time since the
 * last call; converting from those that reached somebody, and has to beat the same rate for everybody.
 */
export function observedFor(goal: CallGoal, calls: readonly KnownCall[]): ObservedCall[] {
  return goal === 'reach'
    ? calls.map((call) => ({
        features: featuresOf(call.facts),
        outcome: wasReached(call) ? 1 : 0,
        baseline: recencyOf(call.facts),
      }))
    : calls.filter(wasReached).map(({ facts, outcome }) => ({
        features: featuresOf(facts),
        outcome: outcome === CONVERTED ? 1 : 0,
        baseline: 0,
      }));
}
