import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import type jsforce from 'jsforce';

import { FIXTURE_METADATA, startOrgUnderTest } from '../orgUnderTest.ts';
import type { OrgUnderTest } from '../orgUnderTest.ts';
import { until } from '../../until.ts';

const JOBS = '/services/data/v66.0/jobs/ingest';
let world: OrgUnderTest;
let connection: jsforce.Connection;

before(async () => {
  world = await startOrgUnderTest([FIXTURE_METADATA]);
  connection = await world.connectionOf(world.people.relay);
  connection.bulk2.pollInterval = 20;
});
afterEach(() => world.org.faults.clear());
after(async () => {
  const { errors } = world;
  await world.stop();
  assert.deepEqual(errors, []);
});

type Row = Readonly<Record<string, string>>;

/** Results as the org writes them; jsforce types only the columns that it knows. */
function rowsOf(results: readonly object[]): Row[] {
  return results.map((row) => row as Row);
}

async function countOf(where: string): Promise<number> {
  return (await world.org.query(`SELECT Id FROM Task WHERE ${where}`)).length;
}

const request = (method: string, path: string, body?: unknown) =>
  world.request(world.people.relay, method, JOBS + path, body);

async function put(id: string, csv: string, type = 'text/csv'): Promise<Response> {
  return fetch(`${world.url}${JOBS}/${id}/batches`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await world.tokenOf(world.people.relay)}`,
      'content-type': type,
    },
    body: csv,
  });
}

/** Runs a job to its end over plain HTTP and answers how it stands. */
async function runJob(definition: object, csv: string): Promise<Record<string, unknown>> {
  const { id } = (await request('POST', '', definition)).body as { id: string };
  assert.equal((await put(id, csv)).status, 201);
  assert.equal((await request('PATCH', `/${id}`, { state: 'UploadComplete' })).status, 200);
  return jobAtEnd(id);
}

async function jobAtEnd(id: string): Promise<Record<string, unknown>> {
  let job: Record<string, unknown> = {};
  await until(async () => {
    job = (await request('GET', `/${id}`)).body as Record<string, unknown>;
    return !['UploadComplete', 'InProgress'].includes(String(job['state']));
  });
  return job;
}

async function resultsOf(id: unknown, resource: string): Promise<string> {
  const answer = await fetch(`${world.url}${JOBS}/${String(id)}/${resource}`, {
    headers: { authorization: `Bearer ${await world.tokenOf(world.people.relay)}` },
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
  return answer.text();
}

describe('through jsforce', () => {
  test('insert 450 records in three batches', async () => {
    const input = Array.from({ length: 450 }, (_, index) => ({
      Subject: `Insert "${index}", line\nbreak`,
      Call_Id__c: `insert-${index}`,
      Talk_Seconds__c: String(index),
    }));
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Task',
      operation: 'insert',
      input,
    });
    const saved = rowsOf(results.successfulResults);
    assert.equal(saved.length, 450);
    assert.deepEqual(results.failedResults, []);
    assert.deepEqual(results.unprocessedRecords, []);
    assert.ok(saved.every((row) => row['sf__Created'] === 'true' && row['sf__Id']?.startsWith('00T')));
    assert.equal(saved[7]?.['Subject'], 'Insert "7", line\nbreak');
    const [task] = await world.org.query(`SELECT Talk_Seconds__c FROM Task WHERE Call_Id__c = 'insert-7'`);
    assert.equal(task?.['Talk_Seconds__c'], 7);
  });

  test('upsert by external id twice: created, then changed, and #N/A empties a field', async () => {
    const run = (Description: string) =>
      connection.bulk2.loadAndWaitForResults({
        object: 'Task',
        operation: 'upsert',
        externalIdFieldName: 'Call_Id__c',
        input: ['a', 'b'].map((key) => ({ Call_Id__c: `upsert-${key}`, Subject: 'Call', Description })),
      });
    const first = rowsOf((await run('A note')).successfulResults);
    const second = rowsOf((await run('#N/A')).successfulResults);
    assert.deepEqual(
      [first, second].map((rows) => rows.map((row) => row['sf__Created'])),
      [
        ['true', 'true'],
        ['false', 'false'],
      ],
    );
    assert.deepEqual(
      first.map((row) => row['sf__Id']),
      second.map((row) => row['sf__Id']),
    );
    assert.equal(await countOf(`Call_Id__c LIKE 'upsert-%'`), 2);
    const [task] = await world.org.query(`SELECT Description FROM Task WHERE Call_Id__c = 'upsert-a'`);
    assert.equal(task?.['Description'], null);
  });

  test('update and delete by id', async () => {
    const ids = await world.org.insert('Task', [{ Subject: 'before-1' }, { Subject: 'before-2' }]);
    const updated = await connection.bulk2.loadAndWaitForResults({
      object: 'Task',
      operation: 'update',
      input: ids.map((Id) => ({ Id, Subject: 'after' })),
    });
    assert.equal(updated.successfulResults.length, 2);
    assert.equal(await countOf(`Subject = 'after'`), 2);
    const deleted = await connection.bulk2.loadAndWaitForResults({
      object: 'Task',
      operation: 'delete',
      input: [...ids.map((Id) => ({ Id })), { Id: '00TLc0000000000AAA' }],
    });
    assert.equal(deleted.successfulResults.length, 2);
    const [failure] = rowsOf(deleted.failedResults);
    assert.match(failure?.['sf__Error'] ?? '', /^INVALID_CROSS_REFERENCE_KEY:|^MALFORMED_ID:/);
    assert.equal(await countOf(`Subject = 'after'`), 0);
  });

  test('a bad row fails alone and says why', async () => {
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Task',
      operation: 'upsert',
      externalIdFieldName: 'Call_Id__c',
      input: [
        { Call_Id__c: 'bad-1', Talk_Seconds__c: '12' },
        { Call_Id__c: 'bad-2', Talk_Seconds__c: 'twelve' },
        { Call_Id__c: 'bad-3', Talk_Seconds__c: '13' },
        { Call_Id__c: 'BAD-3', Talk_Seconds__c: '14' },
      ],
    });
    assert.deepEqual(
      rowsOf(results.successfulResults).map((row) => row['Call_Id__c']),
      ['bad-1'],
    );
    const failures = rowsOf(results.failedResults);
    assert.deepEqual(
      failures.map((row) => row['sf__Error']?.split(':')[0]),
      ['INVALID_TYPE_ON_FIELD', 'DUPLICATE_VALUE', 'DUPLICATE_VALUE'],
    );
    assert.match(failures[0]?.['sf__Error'] ?? '', /:Talk_Seconds__c --$/);
  });
});

describe('over HTTP', () => {
  test('CRLF lines, and a parent named by its external id', async () => {
    await connection.sobject('Rep_Scorecard__c').create({ Scorecard_Key__c: 'bulk-card' });
    const definition = {
      object: 'Rep_Metric__c',
      operation: 'upsert',
      externalIdFieldName: 'Metric_Key__c',
      lineEnding: 'CRLF',
    };
    const csv =
      'Metric_Key__c,Scorecard__r.Scorecard_Key__c,Value__c\r\nm-1,bulk-card,5\r\nm-2,nowhere,6\r\n';
    const job = await runJob(definition, csv);
    assert.equal(job['state'], 'JobComplete');
    assert.equal(job['numberRecordsProcessed'], 2);
    assert.equal(job['numberRecordsFailed'], 1);
    const [metric] = await world.org.query(
      `SELECT Scorecard__r.Scorecard_Key__c FROM Rep_Metric__c WHERE Metric_Key__c = 'm-1'`,
    );
    assert.equal((metric?.['Scorecard__r'] as Row)['Scorecard_Key__c'], 'bulk-card');
    assert.match(
      await resultsOf(job['id'], 'failedResults'),
      /^"sf__Id","sf__Error",.*\r\n"","INVALID_FIELD:/,
    );
  });

  test('an upload that cannot be read fails the job, and its rows stay unprocessed', async () => {
    const insert = { object: 'Task', operation: 'insert' };
    const cases: [string, RegExp][] = [
      ['Subject,Nope__c\nx,y\n', /^InvalidBatch : Field name not found : Nope__c$/],
      ['Subject\r\nx\r\n', /LineEnding is invalid on user data/],
      ['Subject,Priority\nonly one cell\n', /^InvalidBatch : /],
    ];
    for (const [csv, message] of cases) {
      const job = await runJob(insert, csv);
      assert.equal(job['state'], 'Failed');
      assert.match(String(job['errorMessage']), message);
    }
    const job = await runJob(insert, 'Subject,Nope__c\nx,y\n');
    assert.equal(await resultsOf(job['id'], 'unprocessedrecords'), '"Subject","Nope__c"\n"x","y"\n');
  });

  test('a job is opened, aborted and deleted, each in its time', async () => {
    const opened = await request('POST', '', { object: 'Task', operation: 'insert' });
    const { id, state, contentUrl } = opened.body as Record<string, string>;
    assert.equal(state, 'Open');
    assert.equal(contentUrl, `services/data/v66.0/jobs/ingest/${id}/batches`);
    assert.equal((await put(id ?? '', '{}', 'application/json')).status, 415);
    assert.equal((await put(id ?? '', 'Subject\nx\n')).status, 201);
    assert.equal((await put(id ?? '', 'Subject\nx\n')).status, 400);
    const aborted = await request('PATCH', `/${id}`, { state: 'Aborted' });
    assert.equal((aborted.body as Row)['state'], 'Aborted');
    assert.equal((await request('PATCH', `/${id}`, { state: 'UploadComplete' })).status, 400);
    assert.equal((await request('DELETE', `/${id}`)).status, 204);
    assert.equal((await request('GET', `/${id}`)).status, 404);
    assert.equal(await countOf(`Subject = 'x'`), 0);
  });

  test('a wrong definition is refused in the words of the org', async () => {
    const cases: [object, string][] = [
      [{ object: 'Nope', operation: 'insert' }, 'INVALIDENTITY'],
      [{ object: 'Task', operation: 'upsert' }, 'INVALIDJOB'],
      [{ object: 'Task', operation: 'upsert', externalIdFieldName: 'Subject' }, 'INVALIDJOB'],
      [{ object: 'Task', operation: 'insert', columnDelimiter: 'PIPE' }, 'JSON_PARSER_ERROR'],
    ];
    for (const [definition, errorCode] of cases) {
      const answer = await request('POST', '', definition);
      assert.equal(answer.status, 400);
      assert.equal((answer.body as Row[])[0]?.['errorCode'], errorCode);
    }
  });

  test("a job is its user's own", async () => {
    const { id } = (await request('POST', '', { object: 'Task', operation: 'insert' })).body as Row;
    assert.equal((await world.request(world.people.rep, 'GET', `${JOBS}/${id}`)).status, 404);
  });
});

test('a job that the org left behind goes on when it is opened again', async () => {
  const { id = '' } = (await request('POST', '', { object: 'Task', operation: 'insert' })).body as Row;
  await put(id, 'Subject\nleft behind\n');
  // As after a crash between the commit and the first batch: nobody wakes the processor.
  await world.pool.query(`UPDATE local_org.bulk_job SET state = 'UploadComplete' WHERE id = $1`, [id]);
  const again = await world.restart([FIXTURE_METADATA]);
  assert.equal((await jobAtEnd(id))['state'], 'JobComplete');
  await again.close();
  assert.equal(await countOf(`Subject = 'left behind'`), 1);
});

test('hidden fields, deleted parents and row faults strike batches too', async () => {
  const [whoId = ''] = await world.org.insert('Contact', [{ LastName: 'Ruiz' }]);
  world.org.faults.set([
    { kind: 'lockedRow', share: 1, times: 1, path: '/jobs/ingest' },
    { kind: 'deletedParent', path: '/jobs/ingest', method: 'PUT' },
    { kind: 'unavailable', path: '/composite' },
  ]);
  const insert = { object: 'Task', operation: 'insert' };
  const job = await runJob(insert, `Subject,WhoId\nfirst,\nsecond,${whoId}\nthird,\n`);
  assert.equal(job['numberRecordsFailed'], 2);
  assert.match(
    await resultsOf(job['id'], 'failedResults'),
    /"UNABLE_TO_LOCK_ROW:.*","first",""\n"","INVALID_CROSS_REFERENCE_KEY:.*","second"/,
  );
  world.org.faults.set([{ kind: 'hiddenField', object: 'Task', field: 'Talk_Seconds__c' }]);
  const hidden = await runJob(insert, 'Subject,Talk_Seconds__c\nfourth,1\n');
  assert.match(String(hidden['errorMessage']), /Field name not found : Talk_Seconds__c/);
});
