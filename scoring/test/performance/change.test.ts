import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  changeOf,
  dispersionOf,
  meanEstimate,
  newcombeDifference,
  rateEstimate,
  shareEstimate,
  type Share,
  verdictsOf,
} from '@scoreline/scoring';
import { randomFrom } from '../support/random.ts';

function changeOfShares(now: Share, before: Share) {
  const [ofNow, ofBefore] = [shareEstimate(now), shareEstimate(before)];
  assert.ok(ofNow && ofBefore);
  return changeOf(ofNow, ofBefore);
}

function changeOfRates(now: number, before: number, exposure = 60, dispersion = 1) {
  const [ofNow, ofBefore] = [now, before].map((count) => rateEstimate({ count, exposure, dispersion }));
  assert.ok(ofNow && ofBefore);
  return changeOf(ofNow, ofBefore);
}

test('the change of a share is Newcombe’s', () => {
  const now = { successes: 56, trials: 70 };
  const before = { successes: 48, trials: 80 };
  const { difference, low, high } = changeOfShares(now, before);
  assert.deepEqual({ difference, low, high }, newcombeDifference(now, before));
});

test('the p-value is below 5 % exactly where the 95 % range leaves out no difference', () => {
  const share = fc
    .tuple(fc.nat(200), fc.integer({ min: 1, max: 200 }))
    .map(([successes, trials]): Share => ({ successes: Math.min(successes, trials), trials }));
  fc.assert(
    fc.property(share, share, (now, before) => {
      const { low, high, pValue } = changeOfShares(now, before);
      if (Math.abs(low) < 1e-6 || Math.abs(high) < 1e-6) return;
      assert.equal(pValue < 0.05, low > 0 || high < 0);
    }),
  );
});

test('overdispersed days widen the range; quieter days than chance do not narrow it', () => {
  const steady = changeOfRates(600, 500);
  const unsteady = changeOfRates(600, 500, 60, 4);
  assert.ok(unsteady.low < steady.low && unsteady.high > steady.high);
  assert.deepEqual(changeOfRates(600, 500, 60, 0.2), steady);
  assert.equal(dispersionOf([10, 10, 10]), 1);
  assert.equal(dispersionOf([0, 20, 0, 20]), 40 / 3);
  assert.equal(dispersionOf([7]), 1);
});

test('a decline of what should be less is an improvement', () => {
  const change = changeOf(meanEstimate(40, 2), meanEstimate(60, 2));
  assert.deepEqual(verdictsOf([change, null], 'less'), ['improved', 'noEvidence']);
  assert.deepEqual(verdictsOf([change, null], 'more'), ['declined', 'noEvidence']);
});

test('of reps who did not change, at most one in twenty is called improved', () => {
  const random = randomFrom(20_261);
  const quarters = 200;
  const reps = 20;
  let called = 0;
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const changes = Array.from({ length: reps }, () => {
      const rate = 0.05 + 0.3 * random.fraction();
      const trials = 20 + Math.floor(random.fraction() * 800);
      const successes = () => random.binomial(trials, rate);
      return changeOfShares({ successes: successes(), trials }, { successes: successes(), trials });
    });
    called += verdictsOf(changes, 'more').filter((verdict) => verdict === 'improved').length;
  }
  assert.ok(called / (quarters * reps) <= 0.05, `${called} of ${quarters * reps} called improved`);
});

test('of those called improved, at most one in twenty did not improve, and real improvements are found', () => {
  const random = randomFrom(7_331);
  let rightly = 0;
  let wrongly = 0;
  let real = 0;
  for (let quarter = 0; quarter < 200; quarter += 1) {
    const truths = Array.from({ length: 20 }, () => random.fraction() < 0.5);
    const changes = truths.map((improves) => {
      const trials = 600;
      const before = random.binomial(trials, 0.15);
      return changeOfShares(
        { successes: random.binomial(trials, improves ? 0.25 : 0.15), trials },
        { successes: before, trials },
      );
    });
    verdictsOf(changes, 'more').forEach((verdict, index) => {
      if (truths[index] === true) real += 1;
      if (verdict !== 'improved') return;
      if (truths[index] === true) rightly += 1;
      else wrongly += 1;
    });
  }
  assert.ok(wrongly / (rightly + wrongly) <= 0.05, `${wrongly} of ${rightly + wrongly}`);
  assert.ok(rightly / real > 0.9, `${rightly} of ${real} found`);
});

test('the 95 % range of an unchanged share or rate holds nought in 93 to 97 of 100 rep-quarters', () => {
  const random = randomFrom(424_242);
  const quarters = 4_000;
  let shares = 0;
  let rates = 0;
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const trials = 50 + Math.floor(random.fraction() * 700);
    const rate = 0.08 + 0.3 * random.fraction();
    const ofShare = changeOfShares(
      { successes: random.binomial(trials, rate), trials },
      { successes: random.binomial(trials, rate), trials },
    );
    if (ofShare.low <= 0 && ofShare.high >= 0) shares += 1;
    const mean = 5 + 400 * random.fraction();
    const ofRate = changeOfRates(random.poisson(mean), random.poisson(mean));
    if (ofRate.low <= 0 && ofRate.high >= 0) rates += 1;
  }
  for (const held of [shares, rates])
    assert.ok(held / quarters >= 0.93 && held / quarters <= 0.97, `${held} of ${quarters}`);
});
