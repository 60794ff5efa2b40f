import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  backfill,
  dialingRules,
  type BackfillOptions,
  type BackfillProgress,
  type BackfillResult,
} from '../../../src/crm/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

/** More than two pages of the org, which have 2,000 records each. */
const PRODUCTS = 4_300;

before(async () => {
  under = await startOrgUnderTest();
  await under.org.insert('Opportunity', [
    { Name: 'Boats', OwnerId: under.repId, StageName: 'Prospecting', CloseDate: '2026-12-18' },
  ]);
  const [id] = await under.org.insert('Product2', [{ Name: 'Boat', IsActive: true }]);
  // The last three characters of an id are the checksum of its capitals.
  await under.alterOrg(
    `insert into org."Product2"
     select (jsonb_populate_record(product, jsonb_build_object('Id', '01tZZ' || lpad(copy::text, 10, '0') || 'YAA'))).*
     from org."Product2" product, generate_series(2, $2::integer) as copy where product."Id" = $1`,
    [id, PRODUCTS],
  );
  await under.alterOrg(`update org."Product2" set "SystemModstamp" = '2026-01-05T10:00:00Z'`);
});
after(() => under.stop());

async function run(
  options: Partial<BackfillOptions> = {},
): Promise<BackfillResult & { progress: Map<string, BackfillProgress[]> }> {
  const progress: BackfillProgress[] = [];
  const result = await backfill({
    database: under.ledger.database,
    organizations: under.organizations,
    personalDataKey: under.ledger.personalDataKey,
    orgId: under.orgId,
    ...options,
    onProgress(step) {
      progress.push(step);
      options.onProgress?.(step);
    },
  });
  return { ...result, progress: Map.groupBy(progress, ({ objectName }) => objectName) };
}

async function copiedProducts(): Promise<number> {
  const [row] = await under.ledger.database.query<{ count: number }>(
    'select count(*) as count from crm_product where org_id = $1',
    [under.orgId],
  );
  return row?.count ?? 0;
}

test('a backfill that is stopped keeps its pages, and the next one goes on behind them', async () => {
  const stopping = new AbortController();
  const first = await run({
    signal: stopping.signal,
    onProgress: ({ objectName, done }) => {
      if (objectName === 'Product2' && done > 0) stopping.abort();
    },
  });
  assert.deepEqual([first.isComplete, first.faults], [false, []]);
  assert.equal(await copiedProducts(), 2_000);
  assert.equal(first.progress.has('Opportunity'), false);

  const second = await run();
  assert.deepEqual([second.isComplete, second.faults], [true, []]);
  assert.equal(await copiedProducts(), PRODUCTS);
  assert.deepEqual(second.progress.get('Product2'), [
    { objectName: 'Product2', done: 2_000, total: PRODUCTS },
    { objectName: 'Product2', done: 4_000, total: PRODUCTS },
    { objectName: 'Product2', done: PRODUCTS, total: PRODUCTS },
  ]);
  for (const [objectName, steps] of second.progress) {
    const last = steps.at(-1);
    assert.equal(last?.done, last?.total, objectName);
  }
});

test('the next pass of the relay reads changes alone', async () => {
  const before = under.proxy.requests.length;
  assert.deepEqual(await syncOnce(under), []);
  const asked = under.proxy.requests.slice(before).map(decodeURIComponent);
  const products = asked.filter((path) => path.includes('FROM Product2'));
  assert.equal(products.length, 1);
  assert.match(products[0] ?? '', /WHERE SystemModstamp >= 2026-/u);
  assert.deepEqual(await dialingRules(under.ledger.database, under.orgId), {
    allowedCountries: ['DE', 'GB', 'US'],
  });
});

test('a backfill and a relay that run at once lose and double nothing', async () => {
  for (const table of ['crm_product', 'crm_sync_cursor', 'crm_opportunity'])
    await under.ledger.database.query(`delete from ${table}`);
  const [first, faults] = await Promise.all([run(), syncOnce(under)]);
  assert.deepEqual([first.isComplete, faults], [true, []]);
  assert.equal(await copiedProducts(), PRODUCTS);
  const [{ count } = { count: -1 }] = await under.ledger.database.query<{ count: number }>(
    'select count(*) as count from crm_opportunity where not is_deleted',
  );
  assert.equal(count, 1);
});

test('what the org lacks or does not answer is named, and the rest is read', async () => {
  const refuse = (pathIncludes: string, errorCode: string) =>
    under.proxy.plan({ kind: 'answer', pathIncludes, status: 400, body: [{ errorCode, message: '' }] });
  refuse('FROM%20Campaign', 'INVALID_TYPE');
  refuse('FROM%20ForecastingQuota', 'INVALID_TYPE');
  // Too many to be counted in time, and yet readable.
  refuse('COUNT()%20FROM%20Opportunity', 'QUERY_TIMEOUT');
  const { isComplete, faults, progress } = await run();
  assert.deepEqual([isComplete, faults], [false, [{ objectName: 'Campaign', code: 'INVALID_TYPE' }]]);
  assert.equal(progress.has('ForecastingQuota'), false);
  assert.deepEqual(progress.get('Opportunity'), [
    { objectName: 'Opportunity', done: 0, total: null },
    { objectName: 'Opportunity', done: 1, total: null },
  ]);
  assert.ok(progress.has('CampaignMember'));
});
