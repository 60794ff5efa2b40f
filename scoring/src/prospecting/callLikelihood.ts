import { CALL_GOALS, type CallGoal } from '@scoreline/contract';
import { callProbability, termValues, type CallModel, type Features } from './callModel.ts';

/** The models in use; null where a goal has none. */
export type CallModels = Readonly<Record<CallGoal, CallModel | null>>;

/** How much a term raises the logarithm of the likelihood above that of a call that is average in it. */
export interface LikelihoodTerm {
  readonly name: string;
  readonly value: number;
  /** The goal for which it does most. */
  readonly goal: CallGoal;
}

/** What the models in use say of a call before it is made. */
export interface CallLikelihood {
  /**
   * That somebody is reached and the conversation converts: the product of both probabilities, as the second is that of
   * a conversation. A goal without a model has the same probability for everybody, which changes no order: it is left out.
   */
  readonly likelihood: number;
  /** The largest first. */
  readonly terms: readonly LikelihoodTerm[];
}

export function callLikelihood(models: CallModels, features: Features): CallLikelihood {
  const parts = CALL_GOALS.flatMap((goal) => {
    const model = models[goal];
    return model === null ? [] : [{ goal, model, probability: callProbability(model, features) }];
  });
  const terms = parts.flatMap(({ goal, model, probability }) =>
    termValues(model, features).map(({ name, value }) => ({
      goal,
      name,
      value: logarithmicGain(probability, value),
    })),
  );
  return {
    likelihood: parts.reduce((product, { probability }) => product * probability, 1),
    terms: [...Map.groupBy(terms, ({ name }) => name).values()]
      .map(sumOfGoals)
      .sort((one, other) => other.value - one.value),
  };
}

/** The logarithm of a probability less that of the one which is lower by this much on the scale of the logit. */
function logarithmicGain(probability: number, logit: number): number {
  return Math.log(probability + (1 - probability) * Math.exp(logit));
}

/** A term may help to reach somebody and hinder a meeting: what counts is what it does to both. */
function sumOfGoals(terms: readonly LikelihoodTerm[]): LikelihoodTerm {
  const most = terms.reduce((best, term) => (term.value > best.value ? term : best));
  return { ...most, value: terms.reduce((sum, { value }) => sum + value, 0) };
}
