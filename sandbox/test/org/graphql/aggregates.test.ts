import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest, TestPeople } from '../orgUnderTest.ts';

let world: OrgUnderTest;

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: { readonly node: { readonly aggregate: Record<string, Record<string, unknown>> } }[];
}

interface Answer {
  readonly data: { readonly uiapi: { readonly aggregate: Record<string, Connection> } } | null;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { readonly ErrorType: string };
  }[];
}

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  const { rep, otherRep } = world.people;
  await world.org.insert('Account', [
    { Name: 'Alder', Industry: 'Retail', AnnualRevenue: 100 },
    { Name: 'Birch', Industry: 'Retail', AnnualRevenue: 300 },
    { Name: 'Cedar', Industry: 'Consulting', AnnualRevenue: 50 },
    { Name: 'Elm' },
  ]);
  await world.org.insert('Task', [
    { Subject: 'Call', OwnerId: rep, ReminderDateTime: '2024-01-01T03:00:00Z', ActivityDate: '2024-02-01' },
    { Subject: 'Call', OwnerId: rep, ReminderDateTime: '2024-05-01T03:00:00Z', ActivityDate: '2024-02-02' },
    { Subject: 'Call', OwnerId: otherRep, ReminderDateTime: '2025-05-01T03:00:00Z' },
  ]);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

async function ask(person: keyof TestPeople, entry: string): Promise<Answer> {
  const body = { query: `{ uiapi { aggregate { ${entry} } } }` };
  const answer = await world.request(world.people[person], 'POST', '/services/data/v66.0/graphql', body);
  assert.equal(answer.status, 200);
  return answer.body as Answer;
}

async function groupsOf(person: keyof TestPeople, given: string, fields: string): Promise<unknown[]> {
  const entry = `${given} { edges { node { aggregate { ${fields} } } } }`;
  const { data, errors } = await ask(person, entry);
  assert.deepEqual(errors, []);
  const [connection] = Object.values(data?.uiapi.aggregate ?? {});
  return connection?.edges.map(({ node }) => node.aggregate) ?? [];
}

test('groups tell what they are grouped by and what is worked out of them', async () => {
  const groups = await groupsOf(
    'rep',
    'Account(groupBy: {Industry: {group: true}}, orderBy: {AnnualRevenue: {function: SUM, order: DESC, nulls: LAST}})',
    `Industry { value displayValue } Id { count { value } }
     Revenue: AnnualRevenue { sum { value displayValue } avg { value } min { value } max { value } countDistinct { value } }`,
  );
  const revenue = (
    sum: number | null,
    shown: string | null,
    avg: unknown,
    min: unknown,
    max: unknown,
    n: number,
  ) => ({
    sum: { value: sum, displayValue: shown },
    avg: { value: avg },
    min: { value: min },
    max: { value: max },
    countDistinct: { value: n },
  });
  assert.deepEqual(groups, [
    {
      Industry: { value: 'Retail', displayValue: 'Retail' },
      Id: { count: { value: 2 } },
      Revenue: revenue(400, '400', 200, 100, 300, 2),
    },
    {
      Industry: { value: 'Consulting', displayValue: 'Consulting' },
      Id: { count: { value: 1 } },
      Revenue: revenue(50, '50', 50, 50, 50, 1),
    },
    {
      Industry: { value: null, displayValue: null },
      Id: { count: { value: 1 } },
      Revenue: revenue(null, null, null, null, null, 0),
    },
  ]);
});

test('without groups all records are one, and fragments and filters work as elsewhere', async () => {
  assert.deepEqual(
    await groupsOf(
      'rep',
      'Account(where: {AnnualRevenue: {gt: 60}})',
      '...on AccountAggregate { Name { count { value } } }',
    ),
    [{ Name: { count: { value: 2 } } }],
  );
});

test('dates group by their functions', async () => {
  const groups = await groupsOf(
    'manager',
    'Task(groupBy: {ReminderDateTime: {function: CALENDAR_YEAR}}, orderBy: {ReminderDateTime: {function: CALENDAR_YEAR, order: DESC}})',
    'ReminderDateTime { calendarYear { value } } Id { count { value } }',
  );
  assert.deepEqual(groups, [
    { ReminderDateTime: { calendarYear: { value: 2025 } }, Id: { count: { value: 1 } } },
    { ReminderDateTime: { calendarYear: { value: 2024 } }, Id: { count: { value: 2 } } },
  ]);
});

test('sharing and field-level security hold', async () => {
  const count = (person: keyof TestPeople) => groupsOf(person, 'Task', 'Id { count { value } }');
  assert.deepEqual(await count('rep'), [{ Id: { count: { value: 2 } } }]);
  assert.deepEqual(await count('manager'), [{ Id: { count: { value: 3 } } }]);
  const hidden = await ask(
    'rep',
    'Rep_Scorecard__c { edges { node { aggregate { Hidden__c { count { value } } } } } }',
  );
  assert.match(
    hidden.errors[0]?.message ?? '',
    /Field 'Hidden__c' in type 'Rep_Scorecard__cAggregate' is undefined/,
  );
  const grouped = await ask('rep', 'Rep_Scorecard__c(groupBy: {Hidden__c: {group: true}}) { totalCount }');
  assert.match(grouped.errors[0]?.message ?? '', /No such column 'Hidden__c'/);
});

test('pages of groups follow one another', async () => {
  const page = async (after: string): Promise<Connection | undefined> => {
    const given = `Account(first: 2, after: ${after}, groupBy: {Name: {group: true}})`;
    const fields =
      'totalCount pageInfo { hasNextPage endCursor } edges { node { aggregate { Name { value } } } }';
    return (await ask('rep', `${given} { ${fields} }`)).data?.uiapi.aggregate['Account'];
  };
  const first = await page('null');
  const second = await page(JSON.stringify(first?.pageInfo.endCursor));
  assert.deepEqual(
    [first?.totalCount, first?.pageInfo.hasNextPage, second?.pageInfo.hasNextPage],
    [4, true, false],
  );
  assert.deepEqual(
    [...(first?.edges ?? []), ...(second?.edges ?? [])].map(({ node }) => node.aggregate['Name']?.['value']),
    ['Alder', 'Birch', 'Cedar', 'Elm'],
  );
});

describe('what has no meaning is an error', () => {
  const refused: [string, RegExp][] = [
    ['Account { edges { node { aggregate { Name { value } } } } }', /must be grouped or aggregated: Name/],
    ['Account(orderBy: {Name: {function: COUNT}}) { totalCount }', /cannot also use ORDER BY/],
    ['Account(groupBy: {CreatedDate: {group: true}}) { totalCount }', /can not be grouped/],
    ['Account(groupBy: {Description: {group: true}}) { totalCount }', /Description/],
    ['Account { edges { node { aggregate { Name { sum { value } } } } } }', /sum/],
    ['Account { edges { node { aggregate { IsDeleted { count { value } } } } } }', /count/],
  ];
  for (const [entry, message] of refused) {
    test(entry, async () => {
      assert.match((await ask('rep', entry)).errors[0]?.message ?? '', message);
    });
  }
});
