import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type jsforce from 'jsforce';
import { DateTime } from 'luxon';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let connection: jsforce.Connection;
const idOf = new Map<string, string>();

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.rep);
  const daysAgo = (days: number): string | null =>
    DateTime.now().setZone('America/Denver').minus({ days }).toISODate();
  const tasks = [
    { Subject: 'old closed', Status: 'Completed', ActivityDate: daysAgo(367) },
    { Subject: 'old open', Status: 'Not Started', ActivityDate: daysAgo(367) },
    { Subject: 'young closed', Status: 'Completed', ActivityDate: daysAgo(363) },
    { Subject: 'dateless closed', Status: 'Completed' },
    { Subject: 'old deleted', Status: 'Completed', ActivityDate: daysAgo(800) },
  ];
  for (const task of tasks) {
    const { id } = await connection.sobject('Task').create(task);
    idOf.set(task.Subject, String(id));
  }
  await connection.sobject('Task').destroy(idOf.get('old deleted') ?? '');
});
after(() => world.stop());

test('query leaves archived Tasks out, queryAll marks them', async () => {
  const soql = 'SELECT Subject, IsArchived, IsDeleted FROM Task ORDER BY Subject';
  const { records } = await connection.query(soql);
  assert.deepEqual(
    records.map((record) => [record['Subject'], record['IsArchived']]),
    [
      ['dateless closed', false],
      ['old open', false],
      ['young closed', false],
    ],
  );
  const all = await connection.query(soql, { scanAll: true });
  assert.deepEqual(
    all.records.map((record) => [record['Subject'], record['IsArchived'], record['IsDeleted']]),
    [
      ['dateless closed', false, false],
      ['old closed', true, false],
      ['old deleted', true, true],
      ['old open', false, false],
      ['young closed', false, false],
    ],
  );
});

test('IsArchived filters and groups', async () => {
  const filtered = await connection.query(
    'SELECT Id FROM Task WHERE IsArchived = true AND IsDeleted = false',
    {
      scanAll: true,
    },
  );
  assert.deepEqual(
    filtered.records.map((record) => record.Id),
    [idOf.get('old closed')],
  );
  const grouped = await connection.query(
    'SELECT IsArchived, COUNT(Id) tasks FROM Task GROUP BY IsArchived ORDER BY IsArchived',
    { scanAll: true },
  );
  assert.deepEqual(
    grouped.records.map((record) => [record['IsArchived'], record['tasks']]),
    [
      [false, 3],
      [true, 2],
    ],
  );
});

test('an archived Task is read and changed by its id', async () => {
  const id = idOf.get('old closed') ?? '';
  const record = await connection.sobject('Task').retrieve(id);
  assert.equal(record['IsArchived'], true);
  const saved = await connection.sobject('Task').update({ Id: id, Description: 'Still there' });
  assert.equal(saved.success, true);
});
