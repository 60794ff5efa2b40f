import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from './orgUnderTest.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

const HOUR_MS = 3_600_000;
const LIMITS = '/services/data/v66.0/limits';
let nowMs = Date.UTC(2026, 0, 15, 12);
let world: OrgUnderTest;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA], { dailyRequests: 3, nowMs: () => nowMs });
});
after(() => world.stop());

const ask = (path = LIMITS) => world.request(world.people.relay, 'GET', path);

async function setBudget(body: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${world.url}/sandbox/budget`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

test('the allocation is a rolling day: over it every resource is refused, until the first request is a day old', async () => {
  for (const used of [1, 2]) {
    const { status, headers, body } = await ask();
    assert.equal(status, 200);
    assert.equal(headers.get('sforce-limit-info'), `api-usage=${used}/3`);
    assert.deepEqual(body, { DailyApiRequests: { Max: 3, Remaining: 3 - used } });
  }
  nowMs += HOUR_MS;
  assert.equal((await ask('/services/data/v66.0/nowhere')).headers.get('sforce-limit-info'), 'api-usage=3/3');
  for (const path of [LIMITS, '/services/data/v66.0/sobjects']) {
    const refused = await ask(path);
    assert.equal(refused.status, 403);
    assert.deepEqual(refused.body, [
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    assert.equal(refused.headers.get('sforce-limit-info'), 'api-usage=3/3');
  }
  nowMs += 23 * HOUR_MS;
  assert.equal((await ask()).headers.get('sforce-limit-info'), 'api-usage=2/3');
});

test('jsforce reads the usage, and rejects with the refusal', async () => {
  const connection = await world.connectionOf(world.people.relay);
  assert.deepEqual((await setBudget({ dailyRequests: 50, used: 48 })).body, { used: 48, maximum: 50 });
  await connection.query('SELECT Id FROM Organization');
  assert.deepEqual(connection.limitInfo.apiUsage, { used: 49, limit: 50 });
  assert.equal((await connection.limits())['DailyApiRequests']?.Remaining, 0);
  await assert.rejects(
    async () => connection.query('SELECT Id FROM Organization'),
    (error: unknown) =>
      error instanceof Error && 'errorCode' in error && error.errorCode === 'REQUEST_LIMIT_EXCEEDED',
  );
  assert.equal((await setBudget({ used: 0 })).status, 200);
  assert.equal((await connection.query('SELECT Id FROM Organization')).totalSize, 1);
});

test('a wrong budget is refused in a plain sentence', async () => {
  for (const body of [{ dailyRequests: -1 }, { used: 'many' }, { requests: 5 }]) {
    const answer = await setBudget(body);
    assert.equal(answer.status, 400);
    assert.match((answer.body as { message: string }).message, /whole numbers/);
  }
});

test('a body that is too large or no JSON is refused, and tells the usage too', async () => {
  const send = async (body: string) =>
    fetch(`${world.url}/services/data/v66.0/composite/sobjects`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await world.tokenOf(world.people.relay)}`,
        'content-type': 'application/json',
      },
      body,
    });
  for (const [body, status] of [
    [JSON.stringify({ records: 'x'.repeat(7_000_000) }), 413],
    ['{"records":', 400],
  ] as const) {
    const answer = await send(body);
    assert.equal(answer.status, status);
    assert.match(answer.headers.get('sforce-limit-info') ?? '', /^api-usage=\d+\/50$/);
  }
});
