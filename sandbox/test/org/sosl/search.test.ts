import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  const { rep, otherRep } = world.people;
  connection = await world.connectionOf(rep);
  const [accountId] = await world.org.insert('Account', [
    { Name: 'Alder & Sons', Phone: '(303) 555-0101', Industry: 'Retail' },
    { Name: 'Aldermere', Phone: '+49 30 901820', Website: 'https://www.aldermere.example' },
  ]);
  await world.org.insert('Contact', [
    {
      FirstName: 'Ana',
      LastName: "O'Brien",
      AccountId: accountId,
      Phone: '303.555.0142',
      Email: 'ana@alder.example',
    },
    {
      FirstName: 'Änne',
      LastName: 'Groß',
      MobilePhone: '1-303-555-0143 x12',
      Description: 'Likes alder wood',
    },
    { FirstName: 'Joe', LastName: 'Ana', DoNotCall: true },
  ]);
  await world.org.insert('Lead', [
    { FirstName: 'Lea', LastName: 'Ruiz', Company: 'Alder', Phone: '3035550101' },
  ]);
  await world.org.insert('Task', [
    { Subject: 'Alder mine', OwnerId: rep },
    { Subject: 'Alder theirs', OwnerId: otherRep },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

/** What a search finds: the names, by object where there are several. */
async function find(sosl: string): Promise<string[]> {
  const { searchRecords } = await connection.search(sosl);
  return searchRecords.map((record) =>
    String(record['Name'] ?? record['Subject'] ?? record.attributes?.type),
  );
}

const contacts = (text: string, group: string): string =>
  `FIND {${text}} IN ${group} FIELDS RETURNING Contact(Name ORDER BY Name)`;

describe('a telephone number', () => {
  for (const text of [
    '3035550142',
    '303 555 0142',
    '(303) 555\\-0142',
    '\\+1 303 555 0142',
    '13035550142',
    '5550142',
    '0142',
    '303555014*',
    '"303 555 0142"',
  ]) {
    test(`is found as ${text}, however it is stored`, async () => {
      const names = await find(contacts(text, 'PHONE'));
      assert.ok(names.includes("Ana O'Brien"), String(names));
    });
  }

  test('is found without its extension, in every object, and not by another number', async () => {
    assert.deepEqual(await find(contacts('3035550143', 'PHONE')), ['Änne Groß']);
    assert.deepEqual(await find(contacts('3035550999', 'PHONE')), []);
    assert.deepEqual(await find(contacts('3035550142', 'NAME')), []);
    assert.deepEqual(
      await find('FIND {3035550101} IN PHONE FIELDS RETURNING Account(Name), Contact(Name), Lead(Name)'),
      ['Alder & Sons', 'Lea Ruiz'],
    );
  });
});

describe('words', () => {
  test('are found whole, or by their beginning with a wildcard', async () => {
    assert.deepEqual(await find('FIND {alder} IN NAME FIELDS RETURNING Account(Name)'), ['Alder & Sons']);
    assert.deepEqual(await find('FIND {Alder*} IN NAME FIELDS RETURNING Account(Name ORDER BY Name)'), [
      'Alder & Sons',
      'Aldermere',
    ]);
    assert.deepEqual(await find('FIND {ald?r} IN NAME FIELDS RETURNING Account(Name)'), ['Alder & Sons']);
    assert.deepEqual(await find(contacts('ÄNNE', 'NAME')), ['Änne Groß']);
    assert.deepEqual(await find(contacts("o\\'brien", 'NAME')), ["Ana O'Brien"]);
    assert.deepEqual(await find('FIND {Alder \\& Sons} IN NAME FIELDS RETURNING Account(Name)'), [
      'Alder & Sons',
    ]);
  });

  test('combine by AND, OR, AND NOT, brackets and phrases', async () => {
    assert.deepEqual(await find(contacts('ana', 'NAME')), ["Ana O'Brien", 'Joe Ana']);
    assert.deepEqual(await find(contacts('brien ana', 'NAME')), ["Ana O'Brien"]);
    assert.deepEqual(await find(contacts('ana AND NOT joe', 'NAME')), ["Ana O'Brien"]);
    assert.deepEqual(await find(contacts('brien OR groß', 'NAME')), ["Ana O'Brien", 'Änne Groß']);
    assert.deepEqual(await find(contacts('ana AND (joe OR änne)', 'NAME')), ['Joe Ana']);
    assert.deepEqual(await find(contacts('"joe ana"', 'NAME')), ['Joe Ana']);
    assert.deepEqual(await find(contacts('"ana joe"', 'NAME')), []);
  });

  test('are looked for in the fields that the search names', async () => {
    assert.deepEqual(await find(contacts('ana@alder.example', 'EMAIL')), ["Ana O'Brien"]);
    assert.deepEqual(await find(contacts('wood', 'ALL')), ['Änne Groß']);
    assert.deepEqual(await find(contacts('wood', 'NAME')), []);
    assert.deepEqual(await find('FIND {aldermere.example} RETURNING Account(Name)'), ['Aldermere']);
  });
});

test('WHERE, ORDER BY, LIMIT and OFFSET narrow the answer', async () => {
  assert.deepEqual(
    await find(`FIND {ana} IN NAME FIELDS RETURNING Contact(Name, Account.Name WHERE DoNotCall = false)`),
    ["Ana O'Brien"],
  );
  const page = (clauses: string) =>
    find(`FIND {ana} IN NAME FIELDS RETURNING Contact(Name ORDER BY Name DESC ${clauses})`);
  assert.deepEqual(await page('LIMIT 1'), ['Joe Ana']);
  assert.deepEqual(await page('LIMIT 1 OFFSET 1'), ["Ana O'Brien"]);
  assert.equal((await find('FIND {alder} LIMIT 2')).length, 2);
  assert.equal((await find('FIND {alder} RETURNING Account, Lead, Task')).length, 3);
});

test('without RETURNING the ids come of all that is found, and nothing that the user does not see', async () => {
  const seen = async (userId: string): Promise<unknown[]> => {
    const { searchRecords } = await (await world.connectionOf(userId)).search('FIND {alder} IN ALL FIELDS');
    assert.ok(searchRecords.every((record) => typeof record.Id === 'string'));
    return searchRecords.map((record) => record.attributes?.type);
  };
  assert.deepEqual(await seen(world.people.rep), ['Account', 'Contact', 'Contact', 'Lead', 'Task']);
  assert.deepEqual(await seen(world.people.manager), [
    'Account',
    'Contact',
    'Contact',
    'Lead',
    'Task',
    'Task',
  ]);
});

test('a field that the user may not read neither finds nor comes back', async () => {
  const card = {
    OwnerId: world.people.rep,
    Rep__c: world.people.rep,
    Scorecard_Key__c: 'k',
    Hidden__c: 'hushhush',
  };
  await world.org.insert('Rep_Scorecard__c', [card]);
  const count = async (sosl: string): Promise<number> => (await connection.search(sosl)).searchRecords.length;
  assert.equal(await count('FIND {hushhush} RETURNING Rep_Scorecard__c'), 0);
  await assert.rejects(async () => count('FIND {hushhush} RETURNING Rep_Scorecard__c(Hidden__c)'), {
    errorCode: 'INVALID_FIELD',
  });
  await assert.rejects(
    async () => count(`FIND {kk} RETURNING Rep_Scorecard__c(Id WHERE Hidden__c = 'hushhush')`),
    {
      errorCode: 'INVALID_FIELD',
    },
  );
});

test('more rows than 2,000 do not come', async () => {
  await world.org.insert(
    'Lead',
    Array.from({ length: 2_010 }, (_, index) => ({ LastName: `Crowd ${index}`, Company: 'Many' })),
  );
  assert.equal((await find('FIND {crowd} IN NAME FIELDS RETURNING Lead')).length, 2_000);
  assert.deepEqual(await find(`FIND {${'x'.repeat(10_001)}}`), []);
});
