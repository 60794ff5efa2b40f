import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  COARSE_SECONDS,
  FRESH_SECONDS,
  pauseSeconds,
  requestIntervalSeconds,
  retrySeconds,
  rowsPerRequest,
  type ApiBudget,
} from '../../../../src/crm/salesforce/delivery/pace.ts';

const anyBudget: fc.Arbitrary<ApiBudget> = fc.record({
  ownRequests: fc.nat(2_000_000),
  usedRequests: fc.option(fc.nat(2_000_000)),
  dailyRequests: fc.option(fc.nat(1_000_000)),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyRandom = fc.double({ min: 0, max: 1, noNaN: true });

test('whatever the budget, the pace is between fresh and coarse', () => {
  fc.assert(
    fc.property(anyBudget, (budget) => {
      const seconds = requestIntervalSeconds(budget);
      assert.ok(seconds >= FRESH_SECONDS && seconds <= COARSE_SECONDS, String(seconds));
    }),
  );
});

test('the more the relay asked itself, the longer it waits', () => {
  fc.assert(
    fc.property(anyBudget, fc.nat(100_000), (budget, more) => {
      const later = { ...budget, ownRequests: budget.ownRequests + more };
      assert.ok(requestIntervalSeconds(later) >= requestIntervalSeconds(budget));
    }),
  );
});

test('a larger share never slows the relay down', () => {
  fc.assert(
    fc.property(anyBudget, anyRandom, (budget, share) => {
      const larger = { ...budget, share: Math.max(share, budget.share) };
      assert.ok(requestIntervalSeconds(larger) <= requestIntervalSeconds(budget));
    }),
  );
});

test('fresh before the first answer and up to half of the share, coarse once the share is used', () => {
  const budget = { ownRequests: 0, usedRequests: 0, dailyRequests: 100_000, share: 0.5 };
  assert.equal(
    requestIntervalSeconds({ ...budget, dailyRequests: null, ownRequests: 9_999_999 }),
    FRESH_SECONDS,
  );
  assert.equal(requestIntervalSeconds({ ...budget, ownRequests: 25_000 }), FRESH_SECONDS);
  assert.ok(requestIntervalSeconds({ ...budget, ownRequests: 25_100 }) > FRESH_SECONDS);
  assert.equal(requestIntervalSeconds({ ...budget, ownRequests: 50_000 }), COARSE_SECONDS);
  assert.equal(requestIntervalSeconds({ ...budget, share: 0 }), COARSE_SECONDS);
});

test('coarse when all clients together have nearly used the org’s day, whatever the relay’s own part', () => {
  fc.assert(
    fc.property(anyBudget, fc.integer({ min: 1, max: 1_000_000 }), (budget, dailyRequests) => {
      const usedRequests = Math.ceil(dailyRequests * 0.95);
      assert.equal(requestIntervalSeconds({ ...budget, dailyRequests, usedRequests }), COARSE_SECONDS);
    }),
  );
});

test('a pause is never longer than a minute, grows with the failures and differs from relay to relay', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), anyRandom, (failures, random) => {
      const seconds = pauseSeconds(failures, 'ORG_UNREACHABLE', random);
      assert.ok(seconds >= 0.5 && seconds <= 60, String(seconds));
      assert.ok(pauseSeconds(failures + 1, 'ORG_UNREACHABLE', random) >= seconds);
    }),
  );
  assert.ok(pauseSeconds(1, 'SERVER_UNAVAILABLE', 1) <= 1);
  assert.notEqual(pauseSeconds(9, 'ORG_UNREACHABLE', 0), pauseSeconds(9, 'ORG_UNREACHABLE', 1));
});

test('the daily limit pauses for five minutes and a little, also the first time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), anyRandom, (failures, random) => {
      const seconds = pauseSeconds(failures, 'REQUEST_LIMIT_EXCEEDED', random);
      assert.ok(seconds >= 300 && seconds <= 330, String(seconds));
    }),
  );
});

test('a refused record waits longer each time, at most a quarter of an hour, and never all for equally long', () => {
  fc.assert(
    fc.property(fc.nat(1_000), anyRandom, (attempts, random) => {
      const seconds = retrySeconds(attempts, random);
      assert.ok(seconds >= 0.5 && seconds <= 900, String(seconds));
      assert.ok(retrySeconds(attempts + 1, random) >= seconds);
      assert.ok(retrySeconds(attempts, 1) >= 2 * retrySeconds(attempts, 0));
    }),
  );
});

test('after each failure a request asks for half as much, and always for something', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 200 }), (failures, most) => {
      const rows = rowsPerRequest(failures, most);
      assert.ok(Number.isInteger(rows) && rows >= 1 && rows <= most);
      assert.ok(rowsPerRequest(failures + 1, most) <= rows);
    }),
  );
  assert.deepEqual(
    [0, 1, 2, 8].map((failures) => rowsPerRequest(failures, 200)),
    [200, 100, 50, 1],
  );
});
