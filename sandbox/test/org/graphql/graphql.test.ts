import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest, TestPeople } from '../orgUnderTest.ts';

let world: OrgUnderTest;

interface Answer {
  readonly data: { readonly uiapi: { readonly query: Record<string, unknown> } } | null;
  readonly errors: readonly { readonly message: string }[];
}

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  const { rep, otherRep } = world.people;
  const cards = await world.org.insert('Rep_Scorecard__c', [
    { OwnerId: rep, Rep__c: rep, Scorecard_Key__c: 'a', Score__c: 61.5, Period_Start__c: '2026-01-01' },
    { OwnerId: rep, Rep__c: rep, Scorecard_Key__c: 'b', Score__c: 70, Period_Start__c: '2026-04-01' },
    { OwnerId: otherRep, Rep__c: otherRep, Scorecard_Key__c: 'c', Period_Start__c: '2026-04-01' },
  ]);
  await world.org.insert(
    'Rep_Metric__c',
    cards.flatMap((Scorecard__c, card) =>
      Array.from({ length: 12 }, (_, index) => ({
        Scorecard__c,
        Metric_Key__c: `${card}:${String(index).padStart(2, '0')}`,
        Value__c: 1_000 + index,
      })),
    ),
  );
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function ask(person: keyof TestPeople, query: string, variables: object = {}): Promise<Answer> {
  const body = { query, variables };
  const answer = await world.request(world.people[person], 'POST', '/services/data/v66.0/graphql', body);
  assert.equal(answer.status, 200);
  return answer.body as Answer;
}

/** The nodes of a connection in an answer without errors. */
function nodesOf(answer: Answer, objectName: string): Record<string, unknown>[] {
  assert.deepEqual(answer.errors, []);
  const connection = answer.data?.uiapi.query[objectName] as { edges: { node: Record<string, unknown> }[] };
  return connection.edges.map(({ node }) => node);
}

const cards = (given: string, fields: string) =>
  `query cards($rep: ID, $start: Date) { uiapi { query { Rep_Scorecard__c${given && `(${given})`} { edges { node { ${fields} } } } } } }`;

test('a card comes with its parent and its metrics, values and how they are shown', async () => {
  const answer = await ask(
    'rep',
    cards(
      'first: 1, where: {Rep__c: {eq: $rep}}, orderBy: {Period_Start__c: {order: DESC}}',
      `Id Score: Score__c @optional { value displayValue } Period_Start__c { value displayValue }
       Rep__r @optional { Name { value } }
       Metrics__r(first: 2, orderBy: {Metric_Key__c: {order: DESC}}) { totalCount edges { node { Value__c { value displayValue } } } }`,
    ),
    { rep: world.people.rep },
  );
  const [node] = nodesOf(answer, 'Rep_Scorecard__c');
  assert.deepEqual(node, {
    Id: node?.['Id'],
    Score: { value: 70, displayValue: '70.0' },
    Period_Start__c: { value: '2026-04-01', displayValue: '4/1/2026' },
    Rep__r: { Name: { value: 'Maya Lindqvist' } },
    Metrics__r: {
      totalCount: 12,
      edges: [
        { node: { Value__c: { value: 1011, displayValue: '1,011.0000' } } },
        { node: { Value__c: { value: 1010, displayValue: '1,010.0000' } } },
      ],
    },
  });
});

test('ten nodes come where none are asked for', async () => {
  const answer = await ask('rep', cards('', 'Metrics__r { edges { node { Id } } }'));
  const [node] = nodesOf(answer, 'Rep_Scorecard__c');
  assert.equal((node?.['Metrics__r'] as { edges: unknown[] }).edges.length, 10);
});

test('sharing holds: a peer gets nothing, the manager all', async () => {
  const query = cards('', 'Id');
  assert.equal(nodesOf(await ask('rep', query), 'Rep_Scorecard__c').length, 2);
  assert.equal(nodesOf(await ask('otherRep', query), 'Rep_Scorecard__c').length, 1);
  assert.equal(nodesOf(await ask('manager', query), 'Rep_Scorecard__c').length, 3);
});

test('an optional field that the user may not see is left out, another is an error', async () => {
  const answer = await ask('rep', cards('', 'Id Hidden__c @optional { value } Nope @optional { value }'));
  assert.deepEqual(Object.keys(nodesOf(answer, 'Rep_Scorecard__c')[0] ?? {}), ['Id']);
  for (const field of ['Hidden__c', 'Nope']) {
    const refused = await ask('rep', cards('', `Id ${field} { value }`));
    assert.equal(refused.data, null);
    assert.match(
      refused.errors[0]?.message ?? '',
      new RegExp(`Field '${field}' in type 'Rep_Scorecard__c' is undefined`),
    );
  }
});

test('an object that the user may not see is undefined, and optional like a field', async () => {
  const query = (directive: string) =>
    `{ uiapi { query { Contact { totalCount } Project__c ${directive} { totalCount } } } }`;
  assert.match((await ask('manager', query('')))?.errors[0]?.message ?? '', /Field 'Project__c'/);
  assert.deepEqual((await ask('manager', query('@optional'))).errors, []);
});

test('filters combine', async () => {
  const count = async (where: string, variables: object = {}) =>
    nodesOf(await ask('manager', cards(`where: ${where}`, 'Id'), variables), 'Rep_Scorecard__c').length;
  assert.equal(await count('{Score__c: {gte: 61.5, lt: 70}}'), 1);
  assert.equal(await count('{Score__c: {eq: null}}'), 1);
  assert.equal(await count('{or: [{Scorecard_Key__c: {eq: "A"}}, {Scorecard_Key__c: {in: ["c"]}}]}'), 2);
  assert.equal(await count('{not: {Scorecard_Key__c: {like: "a%"}}}'), 2);
  assert.equal(await count('{Rep__r: {LastName: {ne: "Okafor"}}}'), 2);
  assert.equal(await count('{Period_Start__c: {gte: {value: $start}}}', { start: '2026-04-01' }), 2);
  assert.equal(await count('{CreatedDate: {eq: {literal: TODAY}}}'), 3);
  assert.equal(await count('{CreatedDate: {eq: {range: {last_n_days: 2}}}}'), 3);
});

test('a filter does not reach a field that the user may not see', async () => {
  const answer = await ask('rep', cards('where: {Hidden__c: {eq: "x"}}', 'Id'));
  assert.match(answer.errors[0]?.message ?? '', /No such column 'Hidden__c'/);
});

test('pages follow one another by cursor', async () => {
  const page = async (after: string) =>
    (
      await ask(
        'manager',
        `{ uiapi { query { Rep_Metric__c(first: 20, after: ${after}, orderBy: {Metric_Key__c: {order: ASC}}) {
         totalCount pageResultCount pageInfo { hasNextPage endCursor } edges { node { Id } } } } } }`,
      )
    ).data?.uiapi.query['Rep_Metric__c'] as {
      totalCount: number;
      pageResultCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: { node: { Id: string } }[];
    };
  const first = await page('null');
  const second = await page(`"${first.pageInfo.endCursor}"`);
  assert.deepEqual([first.totalCount, first.pageResultCount, first.pageInfo.hasNextPage], [36, 20, true]);
  assert.deepEqual([second.pageResultCount, second.pageInfo.hasNextPage], [16, false]);
  const ids = [...first.edges, ...second.edges].map(({ node }) => node.Id);
  assert.equal(new Set(ids).size, 36);
});

test('what is no query is answered with its errors', async () => {
  for (const query of ['{', '{ nope }', cards('first: "x"', 'Id'), cards('first: 5000', 'Id')]) {
    const answer = await ask('rep', query);
    assert.ok(answer.errors.length > 0, query);
  }
});
