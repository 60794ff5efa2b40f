import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type jsforce from 'jsforce';
import { DateTime } from 'luxon';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.rep);
  let parent: string | undefined;
  for (const Name of ['Root', 'Oak', 'Pine', 'Elm', 'Ash']) {
    [parent] = await world.org.insert('Account', [{ Name, ...(parent ? { ParentId: parent } : {}) }]);
  }
  await world.org.insert('Contact', [
    { LastName: 'Deep', AccountId: parent },
    { LastName: 'Lone' },
    { LastName: 'Blocked', DoNotCall: true, AccountId: parent },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

test('a path follows five parents, and no sixth', async () => {
  const way = (levels: number): string =>
    ['Account', ...Array<string>(levels - 1).fill('Parent'), 'Name'].join('.');
  const { records } = await connection.query(
    `SELECT ${way(5)} FROM Contact WHERE ${way(5)} = 'root' ORDER BY ${way(5)}, LastName`,
  );
  assert.equal(records.length, 2);
  let step = records[0]?.['Account'] as Record<string, unknown>;
  for (let level = 1; level < 5; level += 1) step = step['Parent'] as Record<string, unknown>;
  assert.equal(step['Name'], 'Root');
  for (const soql of [
    `SELECT ${way(6)} FROM Contact`,
    `SELECT Id FROM Contact WHERE ${way(6)} = 'x'`,
    `SELECT Id FROM Contact ORDER BY ${way(6)}`,
  ]) {
    await assert.rejects(async () => connection.query(soql), { errorCode: 'INVALID_FIELD' });
  }
});

test('semi- and anti-joins select by what another object holds', async () => {
  const names = async (where: string): Promise<unknown[]> =>
    (await connection.query(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`)).records.map(
      (record) => record['Name'],
    );
  assert.deepEqual(await names('Id IN (SELECT AccountId FROM Contact)'), ['Ash']);
  assert.deepEqual(await names(`Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Lone')`), []);
  assert.deepEqual(
    await names(`Id NOT IN (SELECT AccountId FROM Contact WHERE DoNotCall = false) AND Name != 'Oak'`),
    ['Elm', 'Pine', 'Root'],
  );
});

test('LIMIT and OFFSET page without gaps, and groups sort with their empty values where the query says', async () => {
  const { records } = await connection.query('SELECT Name FROM Account ORDER BY Name LIMIT 2 OFFSET 2');
  assert.deepEqual(
    records.map((record) => record['Name']),
    ['Oak', 'Pine'],
  );
  assert.equal((await connection.query('SELECT Id FROM Account LIMIT 0')).records.length, 0);
  const groups = async (order: string): Promise<unknown[]> =>
    (
      await connection.query(
        `SELECT AccountId a, COUNT(Id) n FROM Contact GROUP BY AccountId HAVING COUNT(Id) >= 1 ORDER BY ${order}`,
      )
    ).records.map((record) => record['n']);
  assert.deepEqual(await groups('AccountId NULLS FIRST'), [1, 2]);
  assert.deepEqual(await groups('AccountId NULLS LAST'), [2, 1]);
  assert.deepEqual(await groups('COUNT(Id) DESC'), [2, 1]);
});

test('an unmodified client fetches page after page of 200', async () => {
  const names = Array.from({ length: 450 }, (_, index) => `Lead ${String(index).padStart(3, '0')}`);
  await world.org.insert(
    'Lead',
    names.map((LastName) => ({ LastName, Company: 'Many' })),
  );
  const answer = await connection
    .query('SELECT LastName FROM Lead ORDER BY LastName', {
      autoFetch: true,
      maxFetch: 10_000,
      headers: { 'Sforce-Query-Options': 'batchSize=200' },
    })
    .run();
  const found = Array.isArray(answer) ? answer : answer.records;
  assert.deepEqual(
    found.map((record: jsforce.Record) => record['LastName']),
    names,
  );
  const path = `/services/data/v66.0/query?q=${encodeURIComponent('SELECT LastName FROM Lead GROUP BY LastName')}`;
  const headers = {
    authorization: `Bearer ${await world.tokenOf(world.people.rep)}`,
    'sforce-query-options': 'batchSize=200',
  };
  const grouped = await fetch(world.url + path, { headers });
  const [entry] = (await grouped.json()) as { errorCode: string }[];
  assert.equal(entry?.errorCode, 'EXCEEDED_ID_LIMIT');
});

test('date literals mean the days of the user who asks, and the fiscal year of the org', async () => {
  const zone = 'Asia/Tokyo';
  const [tokyo = ''] = await world.org.insert('User', [
    { LastName: 'Sato', Username: 'sato@northwind-outdoor.test', TimeZoneSidKey: zone },
  ]);
  const [accountId] = await world.org.insert('Account', [{ Name: 'Clock' }]);
  const hours = Array.from({ length: 33 }, (_, index) => (index - 16) * 3);
  const times = hours.map((offset) => DateTime.utc().startOf('hour').plus({ hours: offset, minutes: 30 }));
  const days = Array.from({ length: 30 }, (_, index) =>
    DateTime.utc()
      .startOf('month')
      .plus({ months: index - 15 }),
  );
  await world.org.insert('Task', [
    ...times.map((time) => ({ ReminderDateTime: time.toISO(), WhatId: accountId })),
    ...days.map((day) => ({ ActivityDate: day.toISODate(), WhatId: accountId })),
  ]);
  await world.org.assignPermissionSet(world.people.manager, 'Scoreline_Admin');
  const admin = await world.connectionOf(world.people.manager);
  const [organization] = (await admin.query('SELECT Id FROM Organization')).records;
  await admin.sobject('Organization').update({ Id: String(organization?.Id), FiscalYearStartMonth: 4 });
  for (const [userId, timeZone] of [
    [tokyo, zone],
    [world.people.rep, 'America/Denver'],
  ] as const) {
    const user = await world.connectionOf(userId);
    const now = DateTime.now().setZone(timeZone);
    const today = await user.query('SELECT ReminderDateTime FROM Task WHERE ReminderDateTime = TODAY');
    assert.equal(today.totalSize, times.filter((time) => time.setZone(timeZone).hasSame(now, 'day')).length);
    const fiscalYear = (day: DateTime): number => day.minus({ months: 3 }).year;
    const year = await user.query('SELECT ActivityDate FROM Task WHERE ActivityDate = THIS_FISCAL_YEAR');
    assert.equal(
      year.totalSize,
      days.filter((day) => fiscalYear(day) === fiscalYear(now.startOf('month'))).length,
    );
  }
});
