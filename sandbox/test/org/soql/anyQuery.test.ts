import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import fc from 'fast-check';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let token = '';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  token = await world.tokenOf(world.people.rep);
  const [accountId] = await world.org.insert('Account', [
    { Name: 'Alder', AnnualRevenue: 5, Industry: 'Retail' },
  ]);
  const [contactId] = await world.org.insert('Contact', [{ LastName: 'Ruiz', AccountId: accountId }]);
  await world.org.insert('Task', [
    {
      Subject: 'Call',
      WhoId: contactId,
      WhatId: accountId,
      ActivityDate: '2026-01-01',
      OwnerId: world.people.rep,
    },
    { Subject: 'Mail', Talk_Seconds__c: 12, OwnerId: world.people.rep },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const FIELDS = {
  Task: [
    'Id',
    'Subject',
    'ActivityDate',
    'CreatedDate',
    'IsClosed',
    'IsArchived',
    'Talk_Seconds__c',
    'Description',
    'Status',
    'WhoId',
    'Who.Name',
    'What.Type',
    'Account.Name',
    'Owner.CreatedDate',
    'CallDurationInSeconds',
  ],
  Account: [
    'Id',
    'Name',
    'AnnualRevenue',
    'NumberOfEmployees',
    'Industry',
    'Parent.Name',
    'ParentId',
    'CreatedDate',
    'BillingStreet',
    'Website',
    'Owner.IsActive',
  ],
} as const;
const CALLS = [
  '',
  'COUNT',
  'COUNT_DISTINCT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'CALENDAR_YEAR',
  'FISCAL_QUARTER',
  'DAY_ONLY',
  'WEEK_IN_YEAR',
];
const VALUES = [
  `'x'`,
  `''`,
  `'%_'`,
  '5',
  '-1.5',
  'true',
  'null',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  'TODAY',
  'LAST_N_DAYS:30',
  'THIS_FISCAL_YEAR',
  '4000-12-31',
  '0001-01-01',
  `'001000000000000AAA'`,
];
const OPERATORS = ['=', '!=', '<', '>=', 'LIKE'];

/** Queries of the language's grammar over real fields, most of which make no sense. */
const query = fc.constantFrom('Task', 'Account').chain((object) => {
  const field = fc.constantFrom(...FIELDS[object as keyof typeof FIELDS]);
  const operand = fc
    .tuple(field, fc.oneof(fc.constant(''), fc.constantFrom(...CALLS)), fc.boolean())
    .map(([name, call, inZone]) => {
      if (call === '') return name;
      return inZone && call.includes('_') ? `${call}(convertTimezone(${name}))` : `${call}(${name})`;
    });
  const value = fc.constantFrom(...VALUES);
  const comparison = fc.oneof(
    fc.tuple(operand, fc.constantFrom(...OPERATORS), value).map((parts) => parts.join(' ')),
    fc
      .tuple(operand, fc.constantFrom('IN', 'NOT IN'), value, value)
      .map(([name, word, one, two]) => `${name} ${word} (${one}, ${two})`),
    fc.constantFrom(
      'Id IN (SELECT WhatId FROM Task)',
      'Id NOT IN (SELECT AccountId FROM Contact)',
      'WhoId IN (SELECT Id FROM Contact)',
    ),
  );
  const condition = fc
    .tuple(comparison, fc.option(fc.tuple(fc.constantFrom('AND', 'OR', 'AND NOT'), comparison)))
    .map(([one, more]) => (more ? `${one} ${more[0]} ${more[1]}` : one));
  const clause = <Value>(
    arbitrary: fc.Arbitrary<Value>,
    write: (value: Value) => string,
  ): fc.Arbitrary<string> =>
    fc.option(arbitrary, { freq: 2 }).map((given) => (given === null ? '' : write(given)));
  const list = fc.array(operand, { minLength: 1, maxLength: 3 }).map((names) => names.join(', '));
  const order = fc
    .tuple(operand, fc.constantFrom('', 'ASC', 'DESC NULLS LAST', 'NULLS FIRST'))
    .map((parts) => parts.join(' '));
  const children =
    object === 'Account'
      ? fc.constantFrom('', ', (SELECT Subject FROM Tasks ORDER BY ActivityDate LIMIT 1)')
      : fc.constant('');
  const where = clause(condition, (text) => `WHERE ${text}`);
  const limits = fc.constantFrom(
    '',
    'LIMIT 5',
    'LIMIT 0',
    'LIMIT 1 OFFSET 2000',
    'LIMIT 99999999999999999999',
  );
  const records = fc
    .tuple(fc.uniqueArray(field, { minLength: 1, maxLength: 4 }), children, where, limits)
    .map(
      ([names, nested, ...clauses]) =>
        `SELECT ${names.join(', ')}${nested} FROM ${object} ${clauses.join(' ')}`,
    );
  const groups = fc
    .tuple(
      list,
      operand,
      where,
      clause(order, (text) => `ORDER BY ${text}`),
    )
    .map(
      ([names, more, ...clauses]) =>
        `SELECT ${names}, ${more} x FROM ${object} ${clauses[0]} GROUP BY ${names} ${clauses[1]}`,
    );
  const anything = fc
    .tuple(
      list,
      children,
      where,
      clause(list, (text) => `GROUP BY ${text}`),
      clause(condition, (text) => `HAVING ${text}`),
      clause(order, (text) => `ORDER BY ${text}`),
      limits,
    )
    .map(([names, nested, ...clauses]) => `SELECT ${names}${nested} FROM ${object} ${clauses.join(' ')}`);
  return fc.oneof(records, groups, anything);
});

test('whatever is asked is answered, or refused in the org’s words', async () => {
  const codes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(query, fc.constantFrom('query', 'queryAll'), async (soql, resource) => {
      const path = `/services/data/v66.0/${resource}?q=${encodeURIComponent(soql)}`;
      const answer = await fetch(world.url + path, { headers: { authorization: `Bearer ${token}` } });
      const body = (await answer.json()) as { errorCode: string }[];
      const code = answer.status === 200 ? 'answered' : (body[0]?.errorCode ?? '');
      codes.set(code, (codes.get(code) ?? 0) + 1);
      assert.ok(answer.status === 200 || answer.status === 400, `${soql} → ${answer.status} ${code}`);
    }),
    { numRuns: 400 },
  );
  for (const code of ['answered', 'MALFORMED_QUERY', 'INVALID_FIELD'])
    assert.ok((codes.get(code) ?? 0) > 5, code);
});
