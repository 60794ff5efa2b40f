import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.rep);
  const [alder, birch] = await world.org.insert('Account', [
    { Name: 'Alder', AnnualRevenue: 100 },
    { Name: 'birch', AnnualRevenue: 300, Industry: 'Retail' },
  ]);
  await world.org.insert('Contact', [
    { FirstName: 'Ana', LastName: "O'Brien", AccountId: alder, DoNotCall: true },
    { FirstName: 'Bo', LastName: '100% sure', AccountId: alder },
    { FirstName: 'Änne', LastName: 'Groß', AccountId: birch, Title: 'Head' },
    { LastName: 'back\\slash' },
  ]);
});
after(() => world.stop());

async function lastNames(where: string): Promise<string[]> {
  const { records } = await connection.query<{ LastName: string }>(
    `SELECT LastName FROM Contact WHERE ${where} ORDER BY LastName`,
  );
  return records.map(({ LastName }) => LastName);
}

test('texts compare without regard to case, patterns with their escapes', async () => {
  assert.deepEqual(await lastNames(`LastName = 'o\\'brien'`), ["O'Brien"]);
  assert.deepEqual(await lastNames(`FirstName = 'ÄNNE'`), ['Groß']);
  assert.deepEqual(await lastNames(`LastName LIKE '100\\%%'`), ['100% sure']);
  assert.deepEqual(await lastNames(`LastName LIKE '%\\\\%'`), ['back\\slash']);
  assert.deepEqual(await lastNames(`LastName LIKE '_rien'`), []);
});

test('an empty value is unequal to every text', async () => {
  assert.deepEqual(await lastNames(`Title != 'Head'`), ['100% sure', 'back\\slash', "O'Brien"]);
  assert.deepEqual(await lastNames(`NOT Title = 'Head'`), ['100% sure', 'back\\slash', "O'Brien"]);
  assert.deepEqual(await lastNames(`Title NOT IN ('Head', 'Other')`), [
    '100% sure',
    'back\\slash',
    "O'Brien",
  ]);
  assert.deepEqual(await lastNames('Title = null AND AccountId = null'), ['back\\slash']);
});

test('conditions nest', async () => {
  assert.deepEqual(
    await lastNames(`(Account.Name = 'alder' AND (NOT DoNotCall = true)) OR (Account.AnnualRevenue >= 300)`),
    ['100% sure', 'Groß'],
  );
});

test('parents and children come with their records', async () => {
  const { records } = await connection.query(
    `SELECT Name, (SELECT LastName, Account.Name FROM Contacts WHERE DoNotCall = false ORDER BY LastName LIMIT 1)
       FROM Account a WHERE a.Owner.LastName != 'Nobody' ORDER BY Name DESC`,
  );
  assert.deepEqual(
    records.map((record) => [
      record['Name'],
      (record['Contacts'] as { records: { LastName: string }[] }).records[0]?.LastName,
    ]),
    [
      ['birch', 'Groß'],
      ['Alder', '100% sure'],
    ],
  );
});

test('rows are counted, grouped and limited', async () => {
  assert.equal((await connection.query('SELECT COUNT() FROM Contact WHERE AccountId != null')).totalSize, 3);
  const grouped = await connection.query(
    `SELECT Account.Name company, COUNT(Id) people, MAX(Account.AnnualRevenue) FROM Contact
      WHERE AccountId != null GROUP BY Account.Name HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC`,
  );
  assert.deepEqual(
    grouped.records.map(({ attributes, ...record }) => [attributes?.type, record]),
    [['AggregateResult', { company: 'Alder', people: 2, expr0: 100 }]],
  );
  const page = await connection.query('SELECT LastName FROM Contact ORDER BY LastName LIMIT 2 OFFSET 1');
  assert.deepEqual(
    page.records.map((record) => record['LastName']),
    ['back\\slash', 'Groß'],
  );
});

test('empty values sort first, unless the query says otherwise', async () => {
  const titles = async (order: string) =>
    (await connection.query(`SELECT Title FROM Contact ORDER BY Title ${order}`)).records.map(
      (record) => record['Title'] as string | null,
    );
  assert.equal((await titles('ASC')).at(0), null);
  assert.equal((await titles('ASC NULLS LAST')).at(0), 'Head');
  assert.equal((await titles('DESC')).at(0), 'Head');
  assert.equal((await titles('DESC NULLS FIRST')).at(0), null);
});

test('an error shows its place in the query', async () => {
  await assert.rejects(async () => connection.query('SELECT Id, Nope FROM Contact'), {
    errorCode: 'INVALID_FIELD',
    message:
      /SELECT Id, Nope FROM Contact\n {11}\^\nERROR at Row:1:Column:12\nNo such column 'Nope' on entity 'Contact'/,
  });
});

test('FIELDS() stands for the fields that the user can read', async () => {
  const { records } = await connection.query('SELECT FIELDS(ALL) FROM Contact LIMIT 1');
  assert.ok('Email' in (records[0] ?? {}));
});

test('a deleted record is left out, except by queryAll', async () => {
  const { id } = await connection.sobject('Contact').create({ LastName: 'Gone' });
  await connection.sobject('Contact').destroy(String(id));
  assert.deepEqual(await lastNames(`LastName = 'Gone'`), []);
  const all = await connection.query(`SELECT IsDeleted FROM Contact WHERE LastName = 'Gone'`, {
    scanAll: true,
  });
  assert.deepEqual(
    all.records.map((record) => record['IsDeleted']),
    [true],
  );
});

test('more rows than a page are fetched by locator, by their own user alone', async () => {
  await world.org.insert(
    'Lead',
    Array.from({ length: 450 }, (_, index) => ({ LastName: `Lead ${index}`, Company: 'Many' })),
  );
  const page = await world.request(
    world.people.rep,
    'GET',
    '/services/data/v66.0/query?q=SELECT+Id+FROM+Lead',
  );
  assert.equal((page.body as { totalSize: number }).totalSize, 450);
  const answer = await fetch(`${world.url}/services/data/v66.0/query?q=SELECT+Id+FROM+Lead`, {
    headers: {
      authorization: `Bearer ${await world.tokenOf(world.people.rep)}`,
      'sforce-query-options': 'batchSize=200',
    },
  });
  const first = (await answer.json()) as { nextRecordsUrl: string; records: unknown[]; done: boolean };
  assert.equal(first.records.length, 200);
  assert.equal(first.done, false);
  const other = await world.request(world.people.otherRep, 'GET', first.nextRecordsUrl);
  assert.equal((other.body as { errorCode: string }[])[0]?.errorCode, 'INVALID_QUERY_LOCATOR');
  const next = await world.request(world.people.rep, 'GET', first.nextRecordsUrl);
  assert.equal((next.body as { done: boolean }).done, true);
});
