import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callProbability,
  judgeRolling,
  rollingProbabilities,
  termValues,
  trainCallModel,
  type Features,
  type ObservedCall,
} from '@scoreline/scoring';
import { randomFrom, type SeededRandom } from '../support/random.ts';

const LOGIT_STEP = 1.5;
const BLOCK = 1_000;

/** A call whose outcome depends on `helps` alone. */
function drawCall(random: SeededRandom, effect: number): ObservedCall {
  const helps = random.binomial(1, 0.4);
  const noise = random.fraction();
  const rate = 1 / (1 + Math.exp(1 - effect * helps));
  const features = new Map([
    ['helps', helps],
    ['noise', noise],
  ]);
  return { features, outcome: random.binomial(1, rate), baseline: random.fraction() };
}

function drawCalls(seed: number, count: number, effect: number): ObservedCall[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => drawCall(random, effect));
}

function predict(calls: readonly ObservedCall[]): number[] {
  return [...rollingProbabilities(calls, BLOCK)].flat();
}

test('a model learns the true rates, and says which feature raised a call', () => {
  const calls = drawCalls(1, 8_000, LOGIT_STEP);
  const model = trainCallModel(
    calls.map(({ features }) => features),
    calls.map(({ outcome }) => outcome),
  );
  const helped: Features = new Map([
    ['helps', 1],
    ['noise', 0.5],
  ]);
  const plain: Features = new Map([['noise', 0.5]]);
  assert.ok(Math.abs(callProbability(model, helped) - 1 / (1 + Math.exp(1 - LOGIT_STEP))) < 0.03);
  assert.ok(Math.abs(callProbability(model, plain) - 1 / (1 + Math.exp(1))) < 0.03);
  const [first] = termValues(model, helped);
  assert.equal(first?.name, 'helps');
  assert.ok((first?.value ?? 0) > 0.5);
});

test('a feature of a few calls, or the same in all, has no term', () => {
  const calls = drawCalls(2, 400, 1).map((call, index) => ({
    ...call,
    features: new Map([
      ...call.features,
      ['always', 1] as const,
      ...(index < 5 ? [['rare', 1] as const] : []),
    ]),
  }));
  const model = trainCallModel(
    calls.map(({ features }) => features),
    calls.map(({ outcome }) => outcome),
  );
  assert.deepEqual(model.terms.map(({ name }) => name).toSorted(), ['helps', 'noise']);
});

test('where something tells calls apart, the model beats recency', () => {
  const calls = drawCalls(4, 4_000, LOGIT_STEP);
  const verdict = judgeRolling(calls, predict(calls));
  assert.equal(verdict.predictedCalls, 3_000);
  assert.equal(verdict.state, 'inUse');
  assert.ok((verdict.modelAuc ?? 0) > 0.6 && (verdict.baselineAuc ?? 1) < 0.54);
});

test('where nothing does, it is hardly ever said to', () => {
  const runs = 60;
  let better = 0;
  for (let seed = 100; seed < 100 + runs; seed += 1) {
    const calls = drawCalls(seed, 2_000, 0);
    if (judgeRolling(calls, predict(calls)).state === 'inUse') better += 1;
  }
  assert.ok(better / runs <= 0.05, `${better} of ${runs}`);
});

test('a recency that tells more than the model keeps the order', () => {
  const random = randomFrom(6);
  const calls = drawCalls(5, 3_000, 0.5).map((call) => ({
    ...call,
    baseline: -call.outcome + 2 * random.fraction(),
  }));
  const verdict = judgeRolling(calls, predict(calls));
  assert.ok((verdict.baselineAuc ?? 0) > 0.8, 'newest first counts as well as oldest first');
  assert.equal(verdict.state, 'noBetter');
});

test('no prediction knows a later outcome', () => {
  const calls = drawCalls(8, 3_000, 1);
  const otherEnd = calls.map((call, index) =>
    index < 2_000 ? call : { ...call, outcome: 1 - call.outcome },
  );
  const [first, second] = [predict(calls), predict(otherEnd)];
  assert.deepEqual(first.slice(0, 2_000), second.slice(0, 2_000));
});

test('too few calls give no verdict', () => {
  const calls = drawCalls(9, 900, 2);
  assert.deepEqual(predict(calls), []);
  assert.deepEqual(judgeRolling(calls, []), {
    calls: 900,
    predictedCalls: 0,
    events: 0,
    modelAuc: null,
    baselineAuc: null,
    differenceLow: null,
    differenceHigh: null,
    state: 'tooFew',
  });
});

test('a rare outcome gives no model, however well it seems to be told apart', () => {
  const calls = drawCalls(10, 3_000, 0).map((call, index) => {
    const outcome = index % 45 === 0 ? 1 : 0;
    return { ...call, outcome, features: new Map([['helps', outcome]]) };
  });
  const verdict = judgeRolling(calls, predict(calls));
  assert.equal(verdict.modelAuc, 1);
  assert.deepEqual([verdict.events, verdict.state], [44, 'tooFew']);
});

test('where there is no simple order, the model has to beat the same rate for everybody', () => {
  const constant = (calls: readonly ObservedCall[]) => calls.map((call) => ({ ...call, baseline: 0 }));
  const [told, untold] = [constant(drawCalls(11, 2_000, LOGIT_STEP)), constant(drawCalls(12, 2_000, 0))];
  assert.deepEqual(
    [told, untold]
      .map((calls) => judgeRolling(calls, predict(calls)))
      .map(({ baselineAuc, state }) => ({ baselineAuc, state })),
    [
      { baselineAuc: 0.5, state: 'inUse' },
      { baselineAuc: 0.5, state: 'noBetter' },
    ],
  );
});
