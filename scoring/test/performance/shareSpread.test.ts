import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitShareSpread, type Share, shrunkShare, testHomogeneity } from '@scoreline/scoring';
import { logBeta } from '../../src/performance/specialFunctions.ts';

/** Log likelihood of beta-binomial shares by gamma functions, an independent way to the same number. */
function logLikelihood(shares: readonly Share[], mean: number, all: number): number {
  const [a, b] = [mean * all, (1 - mean) * all];
  return shares.reduce(
    (sum, { successes, trials }) => sum + logBeta(a + successes, b + trials - successes) - logBeta(a, b),
    0,
  );
}

const share = fc
  .tuple(fc.nat(300), fc.nat(300))
  .map(([x, y]): Share => ({ successes: Math.min(x, y), trials: Math.max(x, y) }));

test('no neighbouring spread is likelier than the fitted one', () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 30 }), (shares) => {
      const spread = fitShareSpread(shares);
      if (spread === null || !Number.isFinite(spread.trialsToOutweigh)) return;
      const best = logLikelihood(shares, spread.mean, spread.trialsToOutweigh);
      for (const factor of [0.9, 1.1]) {
        assert.ok(logLikelihood(shares, spread.mean, spread.trialsToOutweigh * factor) <= best + 1e-7);
        const odds = (spread.mean / (1 - spread.mean)) * factor;
        assert.ok(logLikelihood(shares, odds / (1 + odds), spread.trialsToOutweigh) <= best + 1e-7);
      }
    }),
  );
});

test('a shrunk share lies between the own one and the mean, and its range holds it', () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 12 }), (shares) => {
      const spread = fitShareSpread(shares);
      if (spread === null) return;
      for (const each of shares) {
        const { value, low, high } = shrunkShare(each, spread);
        assert.ok(low <= value + 1e-9 && value <= high + 1e-9);
        if (each.trials === 0) continue;
        const own = each.successes / each.trials;
        assert.ok(value >= Math.min(own, spread.mean) - 1e-9 && value <= Math.max(own, spread.mean) + 1e-9);
      }
    }),
  );
});

test('shares that vary less than chance makes them are the same for all', () => {
  const spread = fitShareSpread([
    { successes: 50, trials: 100 },
    { successes: 51, trials: 100 },
    { successes: 49, trials: 100 },
  ]);
  assert.deepEqual(spread, { mean: 0.5, trialsToOutweigh: Number.POSITIVE_INFINITY });
});

test('nothing is said of nobody, and no test is made of one', () => {
  assert.equal(fitShareSpread([]), null);
  assert.equal(fitShareSpread([{ successes: 0, trials: 0 }]), null);
  assert.equal(testHomogeneity([{ successes: 3, trials: 9 }]), null);
});
