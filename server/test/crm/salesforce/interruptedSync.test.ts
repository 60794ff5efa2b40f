import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dialingRules, startSync, type SyncFault } from '../../../src/crm/index.ts';
import type { Database } from '../../../src/database/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';
import { syncOnce } from '../syncOnce.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

/** More than one page of the org, which has 2,000 records. */
const PRODUCTS = 2_300;

async function copiedProducts(): Promise<number> {
  const [row] = await under.ledger.database.query<{ count: number }>(
    'select count(*) as count from crm_product where org_id = $1',
    [under.orgId],
  );
  return row?.count ?? 0;
}

/** The queries for products since a number of requests, readable. */
function productQueries(since = 0): string[] {
  return under.proxy.requests
    .slice(since)
    .map(decodeURIComponent)
    .filter((request) => request.includes('FROM Product2'));
}

const failNext = (pathIncludes: string, errorCode = 'QUERY_TIMEOUT') =>
  under.proxy.plan({ kind: 'answer', pathIncludes, status: 400, body: [{ errorCode, message: '' }] });

test('a first read that breaks off between pages goes on behind the last one', async () => {
  // The last three characters of an id are the checksum of its capitals.
  const [id] = await under.org.insert('Product2', [{ Name: 'Boat', IsActive: true }]);
  await under.alterOrg(
    `insert into org."Product2"
     select (jsonb_populate_record(product, jsonb_build_object('Id', '01tZZ' || lpad(copy::text, 10, '0') || 'YAA'))).*
     from org."Product2" product, generate_series(2, $2::integer) as copy where product."Id" = $1`,
    [id, PRODUCTS],
  );
  // All of one instant, as a data load leaves them: only their ids tell how far the copy came.
  await under.alterOrg(`update org."Product2" set "SystemModstamp" = '2026-01-05T10:00:00Z'`);
  failNext('/queryAll/01g');
  const faults = await syncOnce(under);
  assert.deepEqual(faults, [{ orgId: under.orgId, step: 'Product2', code: 'QUERY_TIMEOUT' }]);
  assert.equal(await copiedProducts(), 2_000);

  const before = under.proxy.requests.length;
  assert.deepEqual(await syncOnce(under), []);
  assert.equal(await copiedProducts(), PRODUCTS);
  const [query = ''] = productQueries(before);
  assert.match(query, /SystemModstamp = 2026-01-05T10:00:00.000Z AND Id > '01t/u);
  assert.equal(under.proxy.requests.slice(before).filter((path) => path.includes('/queryAll/01g')).length, 0);
});

test('a page that could not be committed leaves nothing, and comes again', async () => {
  const { ledger } = under;
  await under.alterOrg(
    `update org."Product2" set "Family" = 'New', "SystemModstamp" = date_trunc('second', now())`,
  );
  let isBroken = true;
  const breaking: Database = {
    ...ledger.database,
    transaction: (work) =>
      ledger.database.transaction(async (connection) => {
        let isProduct = false;
        const result = await work({
          query: (sql, values) => {
            isProduct ||= sql.includes('crm_product as');
            return connection.query(sql, values);
          },
        });
        if (isProduct && isBroken) {
          isBroken = false;
          throw new Error('The power went');
        }
        return result;
      }),
  };
  const families = () =>
    ledger.database.query<{ family: string | null }>('select distinct family from crm_product');
  const broken = { ...under, ledger: { ...ledger, database: breaking } };
  assert.deepEqual(await syncOnce(broken), [{ orgId: under.orgId, step: 'Product2', code: 'Error' }]);
  assert.deepEqual(await families(), [{ family: null }]);
  assert.deepEqual(await syncOnce(under), []);
  assert.deepEqual(await families(), [{ family: 'New' }]);
  assert.equal(await copiedProducts(), PRODUCTS);
});

test('two workers at once lose and double nothing', async () => {
  await under.alterOrg(
    `update org."Product2" set "Family" = 'Newer', "SystemModstamp" = date_trunc('second', now())`,
  );
  await Promise.all([syncOnce(under), syncOnce(under)]);
  await syncOnce(under);
  const rows = await under.ledger.database.query<{ family: string; count: number }>(
    'select family, count(*) as count from crm_product group by family',
  );
  assert.deepEqual(rows, [{ family: 'Newer', count: PRODUCTS }]);
});

/** Runs passes until everything was read this often, and gives the faults. */
async function syncFully(times: number): Promise<SyncFault[]> {
  const faults: SyncFault[] = [];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const passes = (times - 1) * 5 + 1;
  let passed = 0;
  const sync = startSync({
    database: under.ledger.database,
    organizations: under.organizations,
    personalDataKey: under.ledger.personalDataKey,
    intervalSeconds: 0.001,
    onFault: (fault) => faults.push(fault),
    afterPass: async () => {
      passed += 1;
      if (passed === passes) resolve();
    },
  });
  await done;
  await sync.stop();
  return faults;
}

test('an object that the org lacks is said once and left alone; the others go on', async () => {
  failNext('FROM%20Campaign%20', 'INVALID_TYPE');
  const [id = ''] = await under.org.insert('Benchmark__c', [{ Metric__c: 'dials', Value__c: 3 }]);
  const before = under.proxy.requests.length;
  assert.deepEqual(await syncFully(3), [{ orgId: under.orgId, step: 'Campaign', code: 'INVALID_TYPE' }]);
  const asked = under.proxy.requests.slice(before).filter((path) => path.includes('FROM%20Campaign%20'));
  assert.equal(asked.length, 1);
  const rows = await under.ledger.database.query('select 1 from crm_benchmark where benchmark_id = $1', [id]);
  assert.equal(rows.length, 1);
});

test('an org without quotas has no fault, one that refuses them has', async () => {
  failNext('FROM%20ForecastingQuota', 'INVALID_TYPE');
  assert.deepEqual(await syncOnce(under), []);
  failNext('FROM%20ForecastingQuota', 'QUERY_TIMEOUT');
  assert.deepEqual(await syncOnce(under), [
    { orgId: under.orgId, step: 'ForecastingQuota', code: 'QUERY_TIMEOUT' },
  ]);
});

test('what nothing waits for is read at every fifth pass', async () => {
  const before = under.proxy.requests.length;
  await syncFully(2);
  const asked = under.proxy.requests.slice(before).map(decodeURIComponent);
  const count = (from: string) => asked.filter((path) => path.includes(`FROM ${from} `)).length;
  assert.ok(count('Opportunity') >= 2);
  assert.ok(count('Contact') >= 6);
  assert.ok(count('Opportunity') * 2 < count('Contact'));
});

test('nobody may be dialed while not all were asked whether they want to be called', async () => {
  const { database } = under.ledger;
  await under.alterOrg(
    `insert into org."Contact"
     select (jsonb_populate_record(contact, jsonb_build_object('Id', '003ZZ' || lpad(copy::text, 10, '0') || 'YAA'))).*
     from org."Contact" contact, generate_series(1, 2100) as copy where contact."Id" = $1`,
    [under.contactId],
  );
  await database.query("delete from crm_sync_cursor where object_name = 'Contact'");
  failNext('/queryAll/01g');
  assert.deepEqual(await syncOnce(under), [{ orgId: under.orgId, step: 'Contact', code: 'QUERY_TIMEOUT' }]);
  assert.equal(await dialingRules(database, under.orgId), null);
  assert.deepEqual(await syncOnce(under), []);
  assert.notEqual(await dialingRules(database, under.orgId), null);
});
