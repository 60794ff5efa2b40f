import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';

let world: OrgUnderTest;
const NUMBER_OF_LEADS = 450;

interface Answer {
  readonly data: { readonly uiapi: { readonly query: Record<string, Connection> } } | null;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly ErrorType: string };
  }[];
}

interface Connection {
  readonly pageResultCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: readonly { readonly node: { readonly LastName: { readonly value: string } } }[];
}

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  await world.org.insert(
    'Lead',
    Array.from({ length: NUMBER_OF_LEADS }, (_, index) => ({
      LastName: `Lead ${String(index).padStart(4, '0')}`,
      Company: 'Many',
      ...(index % 10 === 0 ? { Title: index < 200 ? 'Head' : 'tail' } : {}),
    })),
  );
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function ask(entries: string): Promise<Answer> {
  const body = { query: `{ uiapi { query { ${entries} } } }` };
  const { status, body: answer } = await world.request(
    world.people.rep,
    'POST',
    '/services/data/v66.0/graphql',
    body,
  );
  assert.equal(status, 200);
  return answer as Answer;
}

async function leads(given: string): Promise<Connection> {
  const fields = 'pageResultCount pageInfo { hasNextPage endCursor } edges { node { LastName { value } } }';
  const { data, errors } = await ask(`Lead(${given}) { ${fields} }`);
  assert.deepEqual(errors, []);
  const connection = data?.uiapi.query['Lead'];
  assert.ok(connection);
  return connection;
}

test('a request reads ten objects, and no eleventh', async () => {
  const entries = (count: number): string =>
    Array.from({ length: count }, (_, index) => `a${index}: Account { totalCount }`).join(' ');
  assert.deepEqual((await ask(entries(10))).errors, []);
  const { data, errors } = await ask(entries(11));
  assert.equal(data, null);
  assert.equal(errors[0]?.extensions.ErrorType, 'ValidationError');
});

test('a page has ten records where no number is given, and at most 2,000', async () => {
  assert.equal((await leads('where: {Company: {eq: "many"}}')).pageResultCount, 10);
  assert.equal((await leads('first: 2000')).pageResultCount, NUMBER_OF_LEADS);
  for (const first of [0, -1, 2_001]) {
    const { errors } = await ask(`Lead(first: ${first}) { totalCount }`);
    assert.match(errors[0]?.message ?? '', /first must be between 1 and 2000/);
    assert.equal(errors[0]?.extensions.ErrorType, 'DataFetchingException');
  }
});

test('pages reach 4,000 records, and more with an upper bound', async () => {
  const given = 'first: 200, orderBy: {LastName: {order: ASC}}';
  const first = await leads(given);
  const second = await leads(`${given}, after: "${first.pageInfo.endCursor}"`);
  const third = await leads(`${given}, after: "${second.pageInfo.endCursor}"`);
  assert.deepEqual(
    [first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage),
    [true, true, false],
  );
  const names = [first, second, third].flatMap(({ edges }) => edges.map(({ node }) => node.LastName.value));
  assert.deepEqual([names.length, names.at(-1)], [NUMBER_OF_LEADS, 'Lead 0449']);
  const after = (index: number): string => `after: "${Buffer.from(`v1:${index}`).toString('base64')}"`;
  assert.equal((await leads(`first: 200, ${after(3_998)}`)).pageResultCount, 0);
  const { errors } = await ask(`Lead(first: 200, ${after(3_999)}) { totalCount }`);
  assert.match(errors[0]?.message ?? '', /beyond the first 4000 records/);
  assert.equal((await leads(`first: 200, ${after(3_999)}, upperBound: 10000`)).pageResultCount, 0);
  const bound = await leads('first: 200, upperBound: 210');
  const rest = await leads(`first: 200, upperBound: 210, after: "${bound.pageInfo.endCursor}"`);
  assert.deepEqual(
    [bound.pageInfo.hasNextPage, rest.pageResultCount, rest.pageInfo.hasNextPage],
    [true, 10, false],
  );
  const small = await ask('Lead(first: 199, upperBound: 5000) { totalCount }');
  assert.match(small.errors[0]?.message ?? '', /first must be between 200 and 2000/);
});

test('a cursor of nowhere is refused', async () => {
  for (const cursor of ['', 'nonsense', Buffer.from('v1:-1').toString('base64')]) {
    const { errors } = await ask(`Lead(after: "${cursor}") { totalCount }`);
    assert.match(errors[0]?.message ?? '', /Invalid cursor/);
  }
});

test('empty values come first or last as asked, and by several fields in their order', async () => {
  const titled = 'orderBy: {Title: {order: DESC, nulls: LAST}, LastName: {order: ASC}}, first: 2';
  assert.deepEqual(
    (await leads(titled)).edges.map(({ node }) => node.LastName.value),
    ['Lead 0200', 'Lead 0210'],
  );
  const empty = 'orderBy: {Title: {order: DESC, nulls: FIRST}, LastName: {order: DESC}}, first: 1';
  assert.equal((await leads(empty)).edges[0]?.node.LastName.value, 'Lead 0449');
  const owner = 'orderBy: {Owner: {LastName: {order: ASC}}, LastName: {order: DESC}}, first: 1';
  assert.equal((await leads(owner)).edges[0]?.node.LastName.value, 'Lead 0449');
});

test('every operator finds what it says', async () => {
  const count = async (where: string): Promise<number> => {
    const { data, errors } = await ask(`Lead(where: ${where}) { totalCount }`);
    assert.deepEqual(errors, [], where);
    return (data?.uiapi.query['Lead'] as unknown as { totalCount: number }).totalCount;
  };
  assert.equal(await count('{LastName: {eq: "lead 0001"}}'), 1);
  assert.equal(await count('{LastName: {ne: "lead 0001"}}'), NUMBER_OF_LEADS - 1);
  assert.equal(await count('{LastName: {gt: "Lead 0439", lte: "Lead 0441"}}'), 2);
  assert.equal(await count('{LastName: {gte: "Lead 0439", lt: "Lead 0441"}}'), 2);
  assert.equal(await count('{LastName: {like: "%d 00\\\\_1"}}'), 0);
  assert.equal(await count('{LastName: {like: "Lead 000_"}}'), 10);
  assert.equal(await count('{LastName: {like: "Lead\\\\"}}'), 0);
  assert.equal(await count('{Title: {in: ["head", null]}}'), NUMBER_OF_LEADS - 25);
  assert.equal(await count('{Title: {nin: ["head"]}}'), NUMBER_OF_LEADS - 20);
  assert.equal(await count('{and: [{Title: {ne: null}}, {not: {Title: {eq: "Tail"}}}]}'), 20);
  assert.equal(await count('{CreatedDate: {gte: {literal: YESTERDAY}}}'), NUMBER_OF_LEADS);
  assert.equal(await count('{CreatedDate: {lt: {range: {last_n_fiscal_years: 1}}}}'), 0);
  assert.equal(
    await count('{CreatedDate: {CALENDAR_MONTH: {value: {in: [1,2,3,4,5,6,7,8,9,10,11,12]}}}}'),
    NUMBER_OF_LEADS,
  );
  assert.equal(
    await count('{CreatedDate: {DAY_ONLY: {convertTimezoneValue: {eq: {literal: LAST_YEAR}}}}}'),
    0,
  );
  assert.equal(await count('{OwnerId: {inq: {User: {LastName: {eq: "nobody"}}, ApiName: "Id"}}}'), 0);
  assert.equal(
    await count('{OwnerId: {ninq: {User: {LastName: {eq: "nobody"}}, ApiName: "Id"}}}'),
    NUMBER_OF_LEADS,
  );
});
