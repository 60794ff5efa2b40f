import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import fc from 'fast-check';
import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.rep);
  await world.org.insert('Account', [{ Name: 'Alder & Sons' }, { Name: 'Aldermere' }]);
  await world.org.insert('Contact', [
    { FirstName: 'Ana', LastName: "O'Brien", Phone: '303.555.0142' },
    { FirstName: 'Joe', LastName: 'Ana', DoNotCall: true },
  ]);
  await world.org.insert('Lead', [{ FirstName: 'Lea', LastName: 'Ruiz', Company: 'Alder' }]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

describe('a search by parameters', () => {
  const path = '/services/data/v66.0/parameterizedSearch';
  const names = (body: unknown): unknown[] =>
    (body as { searchRecords: Record<string, unknown>[] }).searchRecords.map((record) => record['Name']);

  test('takes them from the address', async () => {
    const query =
      'q=alder*&in=NAME&sobject=Account&Account.fields=Id,Name&Account.limit=1&Account.orderBy=Name&sobject=Lead&Lead.fields=Name';
    const { status, body } = await world.request(world.people.rep, 'GET', `${path}?${query}`);
    assert.deepEqual([status, names(body)], [200, ['Alder & Sons', 'Lea Ruiz']]);
    const plain = await world.request(
      world.people.rep,
      'GET',
      `${path}?q=${encodeURIComponent('+1 (303) 555-0142')}`,
    );
    assert.equal(names(plain.body).length, 1);
  });

  test('or from the body', async () => {
    const { status, body } = await world.request(world.people.rep, 'POST', path, {
      q: 'ana',
      in: 'NAME',
      fields: ['Name'],
      sobjects: [{ name: 'Contact', where: 'DoNotCall = true' }],
      overallLimit: 10,
    });
    assert.deepEqual([status, names(body)], [200, ['Joe Ana']]);
    const refused = await world.request(world.people.rep, 'POST', path, {
      q: 'ana',
      sobjects: [{ name: 'Nope' }],
    });
    assert.equal((refused.body as { errorCode: string }[])[0]?.errorCode, 'INVALID_TYPE');
  });
});

describe('refusals', () => {
  const refused: [string, string, RegExp][] = [
    ['FIND alder', 'MALFORMED_SEARCH', /must be enclosed in braces/],
    ['FIND {}', 'MALFORMED_SEARCH', /longer than one character/],
    ['FIND {a*}', 'MALFORMED_SEARCH', /longer than one character/],
    ['FIND {al-der}', 'MALFORMED_SEARCH', /unexpected token: '-'/],
    ['FIND {"al}', 'MALFORMED_SEARCH', /unexpected token: '"'/],
    ['FIND {(alder}', 'MALFORMED_SEARCH', /right parenthes/],
    ['FIND {NOT alder}', 'MALFORMED_SEARCH', /unexpected token: 'NOT'/],
    ['FIND {alder} IN SOME FIELDS', 'MALFORMED_SEARCH', /unexpected token: 'SOME'/],
    ['FIND {alder} RETURNING Account(Name', 'MALFORMED_SEARCH', /unexpected token/],
    ['FIND {alder} RETURNING Account(Name GROUP BY Name)', 'MALFORMED_SEARCH', /unexpected token/],
    [
      'FIND {alder} RETURNING Account(Name WHERE Id != null GROUP BY Name)',
      'MALFORMED_SEARCH',
      /unexpected token/,
    ],
    ['FIND {alder} RETURNING Account(COUNT())', 'MALFORMED_SEARCH', /unexpected token/],
    ['FIND {alder} RETURNING Account(Name) nonsense', 'MALFORMED_SEARCH', /unexpected token: 'nonsense'/],
    ['FIND {alder} RETURNING Nope', 'INVALID_TYPE', /'Nope' is not supported/],
    ['FIND {alder} RETURNING PermissionSet', 'INVALID_TYPE', /is not supported/],
    ['FIND {alder} RETURNING Account(Nope)', 'INVALID_FIELD', /No such column 'Nope'/],
  ];
  for (const [sosl, errorCode, message] of refused) {
    test(sosl, async () => {
      await assert.rejects(async () => connection.search(sosl), { errorCode, message });
    });
  }
});

test('whatever is searched for is answered, or refused in the org’s words', async () => {
  const token = await world.tokenOf(world.people.rep);
  const parts = [
    '*',
    '?',
    '(',
    ')',
    '"',
    '\\',
    ' AND ',
    ' OR ',
    ' NOT ',
    ' ',
    'al',
    '30',
    'é',
    'ß',
    '%',
    '{',
    '\0',
    '[',
    '|',
  ];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 }).map((list) => list.join('')),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const path = fc.oneof(
    fc
      .tuple(text, fc.constantFrom('ALL', 'NAME', 'PHONE', 'EMAIL'))
      .map(
        ([given, group]) =>
          `search?q=${encodeURIComponent(`FIND {al${given}} IN ${group} FIELDS RETURNING Contact, Account`)}`,
      ),
    text.map((given) => `parameterizedSearch?q=${encodeURIComponent(`al${given}`)}`),
  );
  await fc.assert(
    fc.asyncProperty(path, async (given) => {
      const answer = await fetch(`${world.url}/services/data/v66.0/${given}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await answer.text();
      assert.ok(answer.status === 200 || answer.status === 400, `${given} → ${answer.status}`);
    }),
    { numRuns: 200 },
  );
});
