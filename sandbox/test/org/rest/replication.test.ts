import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const at = (offsetMs: number): Date => new Date(Date.now() + offsetMs);

/** Puts a record's stamp where a test needs it. */
async function stamp(id: string, time: Date): Promise<void> {
  await world.pool.query('UPDATE org."Task" SET "SystemModstamp" = $2 WHERE "Id" = $1', [id, time]);
}

test('jsforce reads what was changed and what was deleted in a span', async () => {
  const ids = await world.org.insert('Task', [
    { Subject: 'changed' },
    { Subject: 'deleted' },
    { Subject: 'old' },
    { Subject: 'deleted long ago' },
  ]);
  const [changed = '', removed = '', old = '', removedLongAgo = ''] = ids;
  await connection.sobject('Task').destroy([removed, removedLongAgo]);
  await stamp(old, at(-3 * DAY_MS));
  await stamp(removedLongAgo, at(-3 * DAY_MS));

  const updated = await connection.sobject('Task').updated(at(-DAY_MS), at(2 * MINUTE_MS));
  assert.deepEqual(updated.ids, [changed]);
  const deleted = await connection.sobject('Task').deleted(at(-DAY_MS), at(2 * MINUTE_MS));
  assert.deepEqual(
    deleted.deletedRecords.map(({ id }) => id),
    [removed],
  );
  assert.ok(Date.parse(deleted.deletedRecords[0]?.deletedDate ?? '') > Date.now() - DAY_MS);
  assert.ok(Date.parse(deleted.earliestDateAvailable) <= Date.now());
  for (const { latestDateCovered } of [updated, deleted]) {
    assert.match(latestDateCovered, /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+0000$/);
    assert.ok(Date.parse(latestDateCovered) <= Date.now());
  }
  const earlier = await connection.sobject('Task').updated(at(-4 * DAY_MS), at(-2 * DAY_MS));
  assert.deepEqual(earlier.ids, [old]);
});

test("another's private record is not told of", async () => {
  const [id = ''] = await world.org.insert('Rep_Scorecard__c', [
    { Scorecard_Key__c: 'private', OwnerId: world.people.rep },
  ]);
  const idsSeenBy = async (userId: string): Promise<readonly string[]> => {
    const user = await world.connectionOf(userId);
    return (await user.sobject('Rep_Scorecard__c').updated(at(-DAY_MS), at(2 * MINUTE_MS))).ids;
  };
  assert.deepEqual(await idsSeenBy(world.people.rep), [id]);
  assert.deepEqual(await idsSeenBy(world.people.otherRep), []);
});

test('a span that the org cannot cover is refused', async () => {
  const spans: [string, string][] = [
    [at(0).toISOString(), at(0).toISOString()],
    [at(0).toISOString(), at(-DAY_MS).toISOString()],
    [at(-31 * DAY_MS).toISOString(), at(0).toISOString()],
    ['yesterday', at(0).toISOString()],
    [at(-DAY_MS).toISOString(), ''],
  ];
  for (const resource of ['updated', 'deleted']) {
    for (const [start, end] of spans) {
      const path = `/services/data/v66.0/sobjects/Task/${resource}?start=${start}&end=${end}`;
      const answer = await world.request(world.people.relay, 'GET', path);
      assert.equal(answer.status, 400);
      const [error] = answer.body as { errorCode: string }[];
      assert.equal(error?.errorCode, 'INVALID_REPLICATION_DATE');
    }
  }
});
