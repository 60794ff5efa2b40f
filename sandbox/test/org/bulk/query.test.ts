import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';
import { until } from '../../until.ts';

const JOBS = '/services/data/v66.0/jobs/query';
const ROWS = 25;
let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
  connection.bulk2.pollInterval = 20;
  const [accountId] = await world.org.insert('Account', [{ Name: 'Alder, "Sons" & Co' }]);
  await world.org.insert(
    'Task',
    Array.from({ length: ROWS }, (_, index) => ({
      Subject: `Row ${index}`,
      WhatId: accountId,
      Talk_Seconds__c: index,
      ActivityDate: '2026-01-05',
    })),
  );
  const [gone = ''] = await world.org.insert('Task', [{ Subject: 'Gone' }]);
  await connection.sobject('Task').destroy(gone);
});
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

const request = (method: string, path: string, body?: unknown) =>
  world.request(world.people.relay, method, JOBS + path, body);

async function finishedJob(query: string, more: object = {}): Promise<Record<string, unknown>> {
  const { id } = (await request('POST', '', { operation: 'query', query, ...more })).body as { id: string };
  let job: Record<string, unknown> = {};
  await until(async () => {
    job = (await request('GET', `/${id}`)).body as Record<string, unknown>;
    return job['state'] === 'JobComplete' || job['state'] === 'Failed';
  });
  return job;
}

async function page(id: unknown, search: string): Promise<{ csv: string; locator: string | null }> {
  const answer = await fetch(`${world.url}${JOBS}/${String(id)}/results?${search}`, {
    headers: { authorization: `Bearer ${await world.tokenOf(world.people.relay)}` },
  });
  assert.equal(answer.status, 200);
  return { csv: await answer.text(), locator: answer.headers.get('sforce-locator') };
}

test('jsforce reads a query as records, parents, dates, numbers and empty cells included', async () => {
  const stream = await connection.bulk2.query(
    `SELECT Id, Subject, Account.Name, ActivityDate, CreatedDate, Talk_Seconds__c, IsClosed, Description
       FROM Task ORDER BY Talk_Seconds__c`,
  );
  const records = await stream.toArray();
  assert.equal(records.length, ROWS);
  const [first] = records as Record<string, string>[];
  assert.deepEqual(
    [first?.['Subject'], first?.['Account.Name'], first?.['ActivityDate'], first?.['Talk_Seconds__c']],
    ['Row 0', 'Alder, "Sons" & Co', '2026-01-05', '0'],
  );
  assert.deepEqual([first?.['IsClosed'], first?.['Description']], ['false', '']);
  assert.match(first?.['CreatedDate'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
});

test('queryAll has the deleted rows too', async () => {
  const query = 'SELECT Subject, IsDeleted FROM Task';
  const stream = await connection.bulk2.query(query, { scanAll: true });
  const records = (await stream.toArray()) as Record<string, string>[];
  assert.equal(records.length, ROWS + 1);
  assert.equal(records.filter((record) => record['IsDeleted'] === 'true').length, 1);
});

test('a result comes in pages, each below its columns', async () => {
  const job = await finishedJob('SELECT Subject FROM Task ORDER BY Talk_Seconds__c', { lineEnding: 'CRLF' });
  assert.equal(job['numberRecordsProcessed'], ROWS);
  assert.equal(job['object'], 'Task');
  const subjects: string[] = [];
  let locator: string | null = '';
  let pages = 0;
  while (locator !== 'null') {
    const next = await page(job['id'], `maxRecords=10&locator=${locator}`);
    const [header, ...rows] = next.csv.trimEnd().split('\r\n');
    assert.equal(header, '"Subject"');
    subjects.push(...rows);
    locator = next.locator;
    pages += 1;
  }
  assert.equal(pages, 3);
  assert.deepEqual(
    subjects,
    Array.from({ length: ROWS }, (_, index) => `"Row ${index}"`),
  );
});

test('an empty result has its columns all the same', async () => {
  const job = await finishedJob(`SELECT Id, Subject FROM Task WHERE Subject = 'nowhere'`);
  assert.deepEqual(await page(job['id'], ''), { csv: '"Id","Subject"\n', locator: 'null' });
});

test('what cannot be a table, or is no query, makes no job', async () => {
  const cases: [string, string][] = [
    ['SELECT Nope FROM Task', 'INVALID_FIELD'],
    ['SELECT Id FROM Nope', 'INVALID_TYPE'],
    ['SELECT', 'MALFORMED_QUERY'],
    ['SELECT COUNT() FROM Task', 'MALFORMED_QUERY'],
    ['SELECT Status, COUNT(Id) FROM Task GROUP BY Status', 'MALFORMED_QUERY'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'MALFORMED_QUERY'],
  ];
  for (const [query, errorCode] of cases) {
    const answer = await request('POST', '', { operation: 'query', query });
    assert.equal(answer.status, 400, query);
    assert.equal((answer.body as { errorCode: string }[])[0]?.errorCode, errorCode, query);
  }
});

test('a job is deleted when it is done with', async () => {
  const job = await finishedJob('SELECT Id FROM Task');
  const path = `/${String(job['id'])}`;
  assert.equal((await request('PATCH', path, { state: 'Aborted' })).status, 400);
  assert.equal((await request('DELETE', path)).status, 204);
  assert.equal((await request('GET', `${path}/results`)).status, 404);
});
