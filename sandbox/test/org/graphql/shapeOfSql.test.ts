import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import fc from 'fast-check';

import { hostileText } from '../hostileText.ts';
import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
let token = '';

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  token = await world.tokenOf(world.people.rep);
  const [accountId] = await world.org.insert('Account', [{ Name: 'Alder' }]);
  await world.org.insert('Contact', [
    { LastName: 'x', FirstName: 'y', AccountId: accountId },
    { LastName: 'z', DoNotCall: true },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const hostile = hostileText(['\0']);
/** A NUL is taken out, so that a text of nothing else would be an empty one. */
const text = fc
  .oneof(hostile, fc.string({ unit: 'binary', minLength: 1 }))
  .filter((value) => /[^\0]/.test(value));

interface Asked {
  readonly errors: readonly { readonly message: string }[];
  /** The SQL by which contacts were read, in order. What follows for each depends on how many there are. */
  readonly sql: readonly string[];
}

async function ask(query: string, variables: object): Promise<Asked> {
  const start = world.statements.length;
  const answer = await fetch(`${world.url}/services/data/v66.0/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  assert.equal(answer.status, 200);
  const { errors } = (await answer.json()) as Asked;
  const sql = world.statements
    .slice(start)
    .filter((statement) => statement.includes('FROM org."Contact" "t1"'));
  return { errors, sql };
}

/** Asserts that any value of a variable comes to the SQL of a harmless one, or to none for what is refused. */
async function keepsItsShape<Value>(
  query: string,
  harmless: Value,
  values: fc.Arbitrary<Value>,
  mayRefuse = false,
): Promise<void> {
  const expected = await ask(query, { value: harmless });
  assert.deepEqual(expected.errors, []);
  assert.ok(expected.sql.length > 0);
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const { errors, sql } = await ask(query, { value });
      if (mayRefuse && errors.length > 0) {
        assert.deepEqual(sql, []);
        return;
      }
      assert.deepEqual(errors, []);
      assert.deepEqual(sql, expected.sql);
    }),
    { numRuns: 25 },
  );
}

const contacts = (type: string, given: string): string =>
  `query q($value: ${type}) { uiapi { query { Contact(${given}) { totalCount edges { node { Id LastName { value } Tasks { totalCount } } } } } } }`;

describe('any value of a variable is bound', () => {
  for (const operator of ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'like']) {
    test(`text ${operator}`, async () => {
      await keepsItsShape(
        contacts('String', `where: {LastName: {${operator}: $value}}, first: 1`),
        'none',
        text,
      );
    });
  }

  for (const operator of ['in', 'nin']) {
    test(`texts ${operator}`, async () => {
      const pair = fc.tuple(text, text).map((both) => [...both]);
      await keepsItsShape(
        contacts(
          '[String]',
          `where: {or: [{FirstName: {${operator}: $value}}, {LastName: {eq: "q"}}]}, first: 1`,
        ),
        ['q', 'r'],
        pair,
      );
    });
  }

  test('a whole filter, with every kind of field, parents, NOT and semi-joins', async () => {
    const filter = (one: string, two: string): object => ({
      not: { Account: { Name: { like: one } } },
      or: [
        { Email: { in: [one, two] } },
        { Phone: { ne: two } },
        { LeadSource: { eq: one } },
        { CreatedDate: { CALENDAR_YEAR: { convertTimezoneValue: { gte: 2020 } } } },
      ],
      AccountId: { inq: { Account: { Name: { gt: one } }, ApiName: 'Id' } },
    });
    await keepsItsShape(
      contacts('Contact_Filter', 'where: $value'),
      filter('q', 'r'),
      fc.tuple(text, text).map(([one, two]) => filter(one, two)),
    );
  });

  test('ids, dates, times and numbers are bound or refused', async () => {
    const odd = fc.oneof(
      text,
      fc.constantFrom('2024-02-31', '0000-01-01', '99999-01-01', '2024-W05-1', '', '2024'),
    );
    const where = (input: string): string => contacts('Date', `where: {Account: {CreatedDate: ${input}}}`);
    await keepsItsShape(
      contacts('ID', 'where: {AccountId: {eq: $value}}'),
      '001000000000001',
      odd.filter((one) => one !== ''),
      true,
    );
    await keepsItsShape(where('{DAY_ONLY: {value: {eq: {value: $value}}}}'), '2024-01-01', odd, true);
    await keepsItsShape(
      contacts('DateTime', 'where: {CreatedDate: {lt: {value: $value}}}'),
      '2024-01-01T00:00:00Z',
      odd,
      true,
    );
    const range = 'where: {CreatedDate: {gt: {range: {last_n_years: $value}}}}';
    await keepsItsShape(contacts('Int', range), 1, fc.integer(), true);
    const revenue = 'where: {Account: {AnnualRevenue: {lte: $value}}}';
    await keepsItsShape<unknown>(
      contacts('Currency', revenue),
      5,
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), text),
      true,
    );
  });

  test('cursors are bound or refused', async () => {
    const cursor = (inner: string): string => Buffer.from(inner).toString('base64');
    const given = 'first: 1, after: $value, orderBy: {LastName: {order: ASC}}';
    await keepsItsShape(
      contacts('String', given),
      cursor('v1:1'),
      fc.oneof(
        text,
        text.map(cursor),
        text.map((inner) => cursor(`v1:${inner}`)),
        fc.nat(5_000).map((place) => cursor(`v1:${place}`)),
      ),
      true,
    );
  });

  test('the page size', async () => {
    await keepsItsShape(
      contacts('Int', 'first: $value, where: {LastName: {eq: "none"}}'),
      1,
      fc.integer(),
      true,
    );
  });

  test('groups, and the filter of groups', async () => {
    const query = `query q($value: Contact_Filter) { uiapi { aggregate {
      Contact(where: $value, groupBy: {LastName: {group: true}, CreatedDate: {function: FISCAL_YEAR}}, orderBy: {Id: {function: COUNT, order: DESC}}) {
        totalCount edges { node { aggregate { LastName { value } Id { count { value } } CreatedDate { fiscalYear { value } } } } } } } } }`;
    const filter = (one: string): object => ({ FirstName: { eq: one } });
    await keepsItsShape(query, filter('q'), text.map(filter));
  });
});

test('any order by variable is one of the schema, or refused', async () => {
  const query = contacts('Contact_OrderBy', 'orderBy: $value');
  const order = fc.record({
    name: fc.oneof(fc.constantFrom('LastName', 'Account', 'Nope'), hostile),
    order: fc.oneof(fc.constantFrom('ASC', 'DESC'), hostile),
    nulls: fc.oneof(fc.constantFrom('FIRST', 'LAST'), hostile),
  });
  await fc.assert(
    fc.asyncProperty(order, async ({ name, order: direction, nulls }) => {
      const { errors, sql } = await ask(query, { value: { [name]: { order: direction, nulls } } });
      if (errors.length > 0) return;
      assert.deepEqual(
        [name, ['ASC', 'DESC'].includes(direction), ['FIRST', 'LAST'].includes(nulls)],
        ['LastName', true, true],
      );
      const read = sql.find((statement) => statement.includes('ORDER BY'));
      assert.match(
        read ?? '',
        new RegExp(`ORDER BY lower\\("t1"."LastName"\\) ${direction} NULLS ${nulls}, "t1"."Id"`),
      );
    }),
    { numRuns: 50 },
  );
});
