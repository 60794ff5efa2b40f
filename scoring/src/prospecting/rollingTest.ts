import type { CallModelQuality } from '@scoreline/contract';
import { callProbability, trainCallModel, type CallModel, type Features } from './callModel.ts';
import { areaUnderRoc, compareAreas } from './rocArea.ts';

/** Calls that one model learns from: older ones tell of other people, another offer, another season. */
const CALLS_LEARNED = 10_000;
/** With fewer calls of either outcome nobody can tell whether a model is any good. */
const FEWEST_OF_EITHER_OUTCOME = 50;

/** A call in the order of time, with what was known before it. */
export interface ObservedCall {
  readonly features: Features;
  /** 1 when it had the outcome, else 0. */
  readonly outcome: number;
  /** What the simple order would have gone by; the same for all calls where there is none. */
  readonly baseline: number;
}

/** The model of the last calls of these. */
export function trainOnLast(calls: readonly ObservedCall[]): CallModel {
  const last = calls.slice(-CALLS_LEARNED);
  return trainCallModel(
    last.map(({ features }) => features),
    last.map(({ outcome }) => outcome),
  );
}

/**
 * Predicts each block of calls by a model of the calls before it: what a model could have said at the time. Yields
 * after each block, so that whoever runs it can do other things in between.
 *
 * @param blockSize calls that one model predicts before the next one is trained
 */
export function* rollingProbabilities(
  calls: readonly ObservedCall[],
  blockSize: number,
): Generator<readonly number[]> {
  for (let start = blockSize; start < calls.length; start += blockSize) {
    const model = trainOnLast(calls.slice(0, start));
    yield calls.slice(start, start + blockSize).map(({ features }) => callProbability(model, features));
  }
}

/**
 * How the order by the model did on calls that it had not seen, beside the simple order, in whichever direction that
 * tells more. In use is a model that beats both that and chance by more than chance would give.
 *
 * @param probabilities those of {@link rollingProbabilities}: of all calls but the first block
 */
export function judgeRolling(
  calls: readonly ObservedCall[],
  probabilities: readonly number[],
): CallModelQuality {
  const predicted = probabilities.length === 0 ? [] : calls.slice(-probabilities.length);
  const outcomes = predicted.map(({ outcome }) => outcome);
  const events = outcomes.filter((outcome) => outcome === 1).length;
  const simple = predicted.map(({ baseline }) => baseline);
  const isReversed = (areaUnderRoc(simple, outcomes) ?? 0) < 0.5;
  const best = isReversed ? simple.map((value) => -value) : simple;
  const toBaseline = compareAreas(probabilities, best, outcomes);
  const toChance = compareAreas(probabilities, new Array<number>(outcomes.length).fill(0), outcomes);
  const isBetter = (toBaseline?.low ?? 0) > 0 && (toChance?.low ?? 0) > 0;
  return {
    calls: calls.length,
    predictedCalls: predicted.length,
    events,
    modelAuc: toBaseline?.one ?? null,
    baselineAuc: toBaseline?.other ?? null,
    differenceLow: toBaseline?.low ?? null,
    differenceHigh: toBaseline?.high ?? null,
    state: stateOf(Math.min(events, predicted.length - events), isBetter),
  };
}

function stateOf(rarerOutcomes: number, isBetter: boolean): CallModelQuality['state'] {
  if (rarerOutcomes < FEWEST_OF_EITHER_OUTCOME) return 'tooFew';
  return isBetter ? 'inUse' : 'noBetter';
}
