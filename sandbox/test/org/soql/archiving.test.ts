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

test('a closed Task without a due date is archived by the day it was created', async () => {
  const moment = DateTime.now().minus({ days: 400 }).toUTC().startOf('second').toISO();
  await world.org.insert('Task', [
    { Subject: 'dateless old', Status: 'Completed', CreatedDate: moment, OwnerId: world.people.rep },
    { Subject: 'dateless old open', CreatedDate: moment, OwnerId: world.people.rep },
  ]);
  const { records } = await connection.query(
    `SELECT Subject, IsArchived FROM Task WHERE Subject LIKE 'dateless old%' ORDER BY Subject`,
    { scanAll: true },
  );
  assert.deepEqual(
    records.map((record) => record['IsArchived']),
    [true, false],
  );
});

test('an Event is archived a year after its end', async () => {
  const now = DateTime.now().setZone('America/Denver').startOf('day');
  const instant = (time: DateTime): string | null => time.toUTC().toISO();
  const firstKept = now.minus({ days: 365 });
  const events = [
    { Subject: 'ended', EndDateTime: instant(firstKept.minus({ seconds: 1 })) },
    { Subject: 'just kept', EndDateTime: instant(firstKept) },
    {
      Subject: 'began long ago',
      StartDateTime: instant(now.minus({ days: 900 })),
      EndDateTime: instant(now),
    },
    { Subject: 'old day', ActivityDate: firstKept.minus({ days: 1 }).toISODate() },
    { Subject: 'undated' },
  ];
  await world.org.insert(
    'Event',
    events.map((event) => ({ ...event, OwnerId: world.people.rep })),
  );
  const soql = 'SELECT Subject, IsArchived FROM Event ORDER BY Subject';
  const names = (records: readonly jsforce.Record[]): unknown[] => records.map((record) => record['Subject']);
  assert.deepEqual(names((await connection.query(soql)).records), ['began long ago', 'just kept', 'undated']);
  const all = (await connection.query(soql, { scanAll: true })).records;
  assert.deepEqual(names(all.filter((record) => record['IsArchived'])), ['ended', 'old day']);
});

test('under queryAll, semi-joins and child queries see deleted and archived records', async () => {
  const [kept, archived, deleted] = await world.org.insert('Account', [
    { Name: 'Kept' },
    { Name: 'Archived' },
    { Name: 'Deleted' },
  ]);
  const closed = { OwnerId: world.people.rep, Status: 'Completed', ActivityDate: '2020-01-01' };
  await world.org.insert('Task', [
    { Subject: 'join', WhatId: kept, OwnerId: world.people.rep },
    { ...closed, Subject: 'join', WhatId: archived },
  ]);
  const { id } = await connection.sobject('Task').create({ Subject: 'join', WhatId: deleted ?? null });
  await connection.sobject('Task').destroy(String(id));
  const accounts = async (word: 'IN' | 'NOT IN', scanAll: boolean): Promise<unknown[]> =>
    (
      await connection.query(
        `SELECT Name FROM Account WHERE Id ${word} (SELECT WhatId FROM Task WHERE Subject = 'join') ORDER BY Name`,
        { scanAll },
      )
    ).records.map((record) => record['Name']);
  assert.deepEqual(await accounts('IN', false), ['Kept']);
  assert.deepEqual(await accounts('IN', true), ['Archived', 'Deleted', 'Kept']);
  assert.deepEqual(await accounts('NOT IN', false), ['Archived', 'Deleted']);
  assert.deepEqual(await accounts('NOT IN', true), []);
  const children = async (scanAll: boolean): Promise<unknown[]> =>
    (
      await connection.query('SELECT Name, (SELECT Id FROM Tasks) FROM Account ORDER BY Name', { scanAll })
    ).records.map((record) => (record['Tasks'] as { totalSize: number } | null)?.totalSize ?? 0);
  assert.deepEqual(await children(false), [0, 0, 1]);
  assert.deepEqual(await children(true), [1, 1, 1]);
});

test('an upsert by external id finds an archived Task, and not a deleted one', async () => {
  const relay = await world.connectionOf(world.people.relay);
  const closed = { Status: 'Completed', ActivityDate: '2020-01-01', OwnerId: world.people.relay };
  const [archived, deleted] = await world.org.insert('Task', [
    { ...closed, Call_Id__c: 'archived-call' },
    { ...closed, Call_Id__c: 'deleted-call' },
  ]);
  await relay.sobject('Task').destroy(deleted ?? '');
  const upsert = (Call_Id__c: string) =>
    relay.sobject('Task').upsert({ Call_Id__c, Description: 'amended' }, 'Call_Id__c');
  const first = await upsert('archived-call');
  assert.deepEqual([first.id, first.created], [archived, false]);
  const { records } = await relay.query(
    `SELECT Id, IsArchived, Description FROM Task WHERE Call_Id__c = 'archived-call'`,
    { scanAll: true },
  );
  assert.deepEqual(
    records.map((record) => [record.Id, record['IsArchived'], record['Description']]),
    [[archived, true, 'amended']],
  );
  const second = await upsert('deleted-call');
  assert.equal(second.created, true);
  assert.notEqual(second.id, deleted);
});
