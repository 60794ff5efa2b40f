import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callLikelihood,
  callProbability,
  factsOf,
  featuresOf,
  modelReasons,
  observedFor,
  trainOnLast,
  type CallModel,
  type CallModels,
  type Features,
  type KnownCall,
} from '@scoreline/scoring';
import fc from 'fast-check';
import { randomFrom, type SeededRandom } from '../support/random.ts';

const NAMES = ['attempts', 'answered', 'leadSource:Web', 'hour:late'] as const;
const finite = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

const modelArbitrary: fc.Arbitrary<CallModel> = fc.record({
  intercept: finite(4),
  terms: fc.subarray([...NAMES]).chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({
          name: fc.constant(name as string),
          mean: finite(2),
          deviation: fc.double({ min: 0.5, max: 3, noNaN: true }),
          coefficient: finite(1),
        }),
      ),
    ),
  ),
});
const featuresArbitrary: fc.Arbitrary<Features> = fc
  .tuple(...NAMES.map((name) => finite(3).map((value) => [name, value] as const)))
  .map((entries) => new Map(entries));

test('the likelihood is the product of what the models in use say', () => {
  const optional = fc.option(modelArbitrary, { nil: null });
  fc.assert(
    fc.property(optional, optional, featuresArbitrary, (reach, convert, features) => {
      const { likelihood } = callLikelihood({ reach, convert }, features);
      const parts = [reach, convert].map((model) => (model === null ? 1 : callProbability(model, features)));
      assert.ok(Math.abs(likelihood - (parts[0] ?? 1) * (parts[1] ?? 1)) < 1e-12);
    }),
  );
});

test('a term’s value is how much lower the likelihood would be if the call were average in it', () => {
  fc.assert(
    fc.property(modelArbitrary, modelArbitrary, featuresArbitrary, (reach, convert, features) => {
      const { likelihood, terms } = callLikelihood({ reach, convert }, features);
      assert.deepEqual(
        terms.map(({ value }) => value),
        terms.map(({ value }) => value).toSorted((one, other) => other - one),
      );
      for (const { name, value } of terms) {
        const without = [reach, convert]
          .map((model) => ({ ...model, terms: model.terms.filter((term) => term.name !== name) }))
          .reduce((product, model) => product * callProbability(model, features), 1);
        assert.ok(Math.abs(value - Math.log(likelihood / without)) < 1e-6, `${name} ${value}`);
      }
    }),
  );
});

test('the reason is the strongest of the product, for whichever goal that is', () => {
  const term = (name: string, coefficient: number) => ({ name, mean: 0, deviation: 1, coefficient });
  const reach: CallModel = { intercept: -1, terms: [term('hour:late', 0.4), term('leadSource:Web', -0.5)] };
  const convert: CallModel = { intercept: -1, terms: [term('leadSource:Web', 1.5), term('weekday:2', 0.1)] };
  const facts = factsOf([], { atMs: 0, hour: 17, weekday: 2 }, 'Web');
  const features = new Map([
    ['hour:late', 1],
    ['leadSource:Web', 1],
    ['weekday:2', 1],
  ]);
  const reasonsOf = (models: CallModels) => modelReasons(callLikelihood(models, features).terms, facts);
  assert.deepEqual(reasonsOf({ reach, convert }), [
    { kind: 'goodLeadSource', leadSource: 'Web', goal: 'convert' },
    { kind: 'goodHour', goal: 'reach' },
  ]);
  assert.deepEqual(reasonsOf({ reach, convert: null }), [{ kind: 'goodHour', goal: 'reach' }]);
  assert.deepEqual(reasonsOf({ reach: null, convert: null }), []);
});

/** Somebody of the simulation, with what is true of them and known to nobody. */
interface Prospect {
  readonly leadSource: string;
  readonly reachRate: number;
  readonly convertRate: number;
}

/** Whoever is easy to reach seldom agrees: people of the trade fair are the ones worth the effort. */
const SOURCES: readonly Prospect[] = [
  { leadSource: 'Directory', reachRate: 0.5, convertRate: 0.04 },
  { leadSource: 'Web', reachRate: 0.35, convertRate: 0.15 },
  { leadSource: 'Fair', reachRate: 0.25, convertRate: 0.4 },
];

function drawProspect(random: SeededRandom): Prospect {
  return SOURCES[Math.floor(random.fraction() * SOURCES.length)]!;
}

function drawKnownCall(random: SeededRandom, index: number): KnownCall {
  const prospect = drawProspect(random);
  const isReached = random.binomial(1, prospect.reachRate) === 1;
  const reachedOutcome = random.binomial(1, prospect.convertRate) === 1 ? 'meeting' : 'noInterest';
  const moment = { atMs: index * 60_000, hour: 9 + (index % 8), weekday: 1 + (index % 5) };
  return {
    facts: factsOf([], moment, prospect.leadSource),
    answered: isReached,
    outcome: isReached ? reachedOutcome : 'noAnswer',
  };
}

test('the order by the product gives more meetings than the order by reaching alone', () => {
  const moment = { atMs: 0, hour: 10, weekday: 3 };
  let [byProduct, byReach] = [0, 0];
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = randomFrom(seed);
    const calls = Array.from({ length: 3_000 }, (_, index) => drawKnownCall(random, index));
    const models = {
      reach: trainOnLast(observedFor('reach', calls)),
      convert: trainOnLast(observedFor('convert', calls)),
    };
    const list = Array.from({ length: 150 }, () => drawProspect(random));
    const meetingsBy = (used: CallModels): number =>
      list
        .map((prospect) => {
          const facts = factsOf([], moment, prospect.leadSource);
          return { prospect, likelihood: callLikelihood(used, featuresOf(facts)).likelihood };
        })
        .toSorted((one, other) => other.likelihood - one.likelihood)
        .slice(0, 50)
        .reduce((sum, { prospect }) => sum + prospect.reachRate * prospect.convertRate, 0);
    const [product, reach] = [meetingsBy(models), meetingsBy({ ...models, convert: null })];
    assert.ok(product > reach, `seed ${seed}: ${product.toFixed(2)} against ${reach.toFixed(2)}`);
    byProduct += product;
    byReach += reach;
  }
  assert.ok(byProduct > 2 * byReach, `${byProduct.toFixed(1)} against ${byReach.toFixed(1)} meetings`);
});
