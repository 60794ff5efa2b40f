import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSync } from '../../../src/crm/index.ts';
import { endTurn, takeTurn } from '../../../src/crm/salesforce/syncTurn.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../orgUnderTest.ts';

let under: OrgUnderTest;

before(async () => {
  under = await startOrgUnderTest();
});
after(() => under.stop());

const take = (worker: string): Promise<boolean> => takeTurn(under.ledger.database, under.orgId, worker, 60);

test('of two workers one has the turn, and keeps it until it ends or falls silent', async () => {
  assert.equal(await take('one'), true);
  assert.equal(await take('other'), false);
  assert.equal(await take('one'), true);
  await under.ledger.database.query("update crm_sync_turn set ends_at = now() - interval '1 second'");
  assert.equal(await take('other'), true);
  assert.equal(await take('one'), false);
  await endTurn(under.ledger.database, under.orgId, 'other');
  assert.equal(await take('one'), true);
  await endTurn(under.ledger.database, under.orgId, 'one');
});

test('two relays that start together read the org once', async () => {
  const start = () =>
    startSync({
      database: under.ledger.database,
      organizations: under.organizations,
      personalDataKey: under.ledger.personalDataKey,
      intervalSeconds: 3_600,
      onFault: (fault) => assert.fail(JSON.stringify(fault)),
    });
  const relays = [start(), start()];
  await Promise.all(relays.map(({ firstPass }) => firstPass));
  const reads = under.proxy.requests.filter((request) => request.includes('FROM%20User%20'));
  assert.equal(reads.length, 1);
  await Promise.all(relays.map((relay) => relay.stop()));
});
