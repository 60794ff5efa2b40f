import { callProbability, trainCallModel, type CallModel, type Features } from './callModel.ts';
import { areaUnderRoc, compareAreas } from './rocArea.ts';

/** Calls that one model predicts before the next one is trained. */
export const CALLS_PER_TRAINING = 1_000;
/** Calls that one model learns from: older ones tell of other people, another offer, another season. */
const CALLS_LEARNED = 10_000;

/** A call in the order of time, with what was known before it. */
export interface ObservedCall {
  readonly features: Features;
  /** 1 when it had the outcome, else 0. */
  readonly outcome: number;
  /** What the order by recency would have gone by. */
  readonly recency: number;
}

/** How the order by the model did on calls that it had not seen, beside the order by recency. */
export interface RollingVerdict {
  readonly predictedCalls: number;
  readonly modelAuc: number | null;
  /** In whichever direction it tells more: newest or oldest first. */
  readonly recencyAuc: number | null;
  /** Model minus recency, 95 %. */
  readonly differenceLow: number | null;
  readonly differenceHigh: number | null;
  /** Whether the model beats both recency and chance by more than chance would give. */
  readonly isBetter: boolean;
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
 */
export function* rollingProbabilities(calls: readonly ObservedCall[]): Generator<readonly number[]> {
  for (let start = CALLS_PER_TRAINING; start < calls.length; start += CALLS_PER_TRAINING) {
    const model = trainOnLast(calls.slice(0, start));
    yield calls
      .slice(start, start + CALLS_PER_TRAINING)
      .map(({ features }) => callProbability(model, features));
  }
}

/** @param probabilities those of {@link rollingProbabilities}: of all calls but the first block */
export function judgeRolling(
  calls: readonly ObservedCall[],
  probabilities: readonly number[],
): RollingVerdict {
  const predicted = calls.slice(CALLS_PER_TRAINING);
  const outcomes = predicted.map(({ outcome }) => outcome);
  const recency = predicted.map((call) => call.recency);
  const isReversed = (areaUnderRoc(recency, outcomes) ?? 0) < 0.5;
  const best = isReversed ? recency.map((value) => -value) : recency;
  const toRecency = compareAreas(probabilities, best, outcomes);
  const toChance = compareAreas(probabilities, new Array<number>(outcomes.length).fill(0), outcomes);
  return {
    predictedCalls: predicted.length,
    modelAuc: toRecency?.one ?? null,
    recencyAuc: toRecency?.other ?? null,
    differenceLow: toRecency?.low ?? null,
    differenceHigh: toRecency?.high ?? null,
    isBetter: (toRecency?.low ?? 0) > 0 && (toChance?.low ?? 0) > 0,
  };
}
