import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { findCalls } from '../../src/calls/index.ts';
import type { Configuration } from '../../src/config.ts';
import { answeredCall, newCallId } from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { makeConfiguration, makeOrganization, ORG_ID, ORIGIN, REP_ID } from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type Answer, type TestRelay } from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
let database: TestDatabase;
let configuration: Configuration;
let relay: TestRelay;
let rep: Record<string, string>;
let administrator: pg.Client;

before(async () => {
  database = await startTestDatabase();
  configuration = makeConfiguration(database.url, [organization]);
  relay = await startTestRelay(configuration, makeRules());
  rep = await signIn(relay, organization, REP_ID);
  administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
});
after(async () => {
  await administrator.end();
  await relay.stop();
  await database.stop();
});

async function openedCall(): Promise<string> {
  const callId = newCallId();
  await relay.post('/v1/calls', { callId, number: '+13035550100' }, rep);
  return callId;
}
const postEvents = (callId: string): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/events`, { events: answeredCall(65_000) }, rep);

/** Holds the rep's position, so that the next ledger transaction is known to be in its middle. */
async function withTransactionInTheMiddle(
  callId: string,
  strike: (processId: number) => Promise<unknown>,
): Promise<Answer> {
  await administrator.query('begin');
  await administrator.query('select from rep_position where user_id = $1 for update', [REP_ID]);
  const answer = postEvents(callId);
  let processId: number | undefined;
  while (processId === undefined) {
    const { rows } = await administrator.query<{ pid: number }>(
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'scoreline-relay'
       and datname = current_database()`,
    );
    processId = rows[0]?.pid;
  }
  await strike(processId);
  const refused = await answer;
  await administrator.query('rollback');
  return refused;
}

test('databaseUnavailable: a connection killed in mid-transaction gives no false acknowledgement', async () => {
  const callId = await openedCall();
  const answer = await withTransactionInTheMiddle(callId, (processId) =>
    administrator.query('select pg_terminate_backend($1)', [processId]),
  );
  assert.equal(answer.status, 503);
  assert.equal(errorOf(answer).name, 'databaseUnavailable');
  assert.equal(errorOf(answer).retryable, true);
  const [before] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(before?.version, 0);
  const retried = await postEvents(callId);
  assert.equal(retried.status, 200);
  assert.equal((retried.body as { stored: number }).stored, 4);
});

test('databaseUnavailable: a cancelled statement', async () => {
  const callId = await openedCall();
  const answer = await withTransactionInTheMiddle(callId, (processId) =>
    administrator.query('select pg_cancel_backend($1)', [processId]),
  );
  assert.equal(answer.status, 503);
});

test('a crash between commit and acknowledgement: the retry is absorbed', async () => {
  const callId = await openedCall();
  const abort = new AbortController();
  const lost = fetch(`${relay.url}/v1/calls/${callId}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...rep },
    body: JSON.stringify({ events: answeredCall(65_000) }),
    signal: abort.signal,
  }).catch(() => 'lost');
  let version = 0;
  await administrator.query('select 1');
  while (version === 0) {
    const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
    version = call?.version ?? 0;
  }
  abort.abort();
  await lost;
  const again = (await postEvents(callId)).body as { stored: number; duplicates: number };
  assert.deepEqual([again.stored, again.duplicates], [0, 4]);
  const jobs = await relay.ledger.database.query(`select from pgboss.job where data->>'callId' = $1`, [
    callId,
  ]);
  assert.equal(jobs.length, 1);
});

test('event, facts and job are one transaction: when the job cannot be stored, nothing is', async () => {
  const callId = await openedCall();
  await administrator.query('alter table pgboss.job_common rename to job_hidden');
  const answer = await postEvents(callId);
  await administrator.query('alter table pgboss.job_hidden rename to job_common');
  assert.equal(answer.status, 500);
  assert.equal(errorOf(answer).name, 'unexpected');
  const rows = await relay.ledger.database.query('select from call_event where call_id = $1', [callId]);
  assert.equal(rows.length, 0);
  assert.equal((await postEvents(callId)).status, 200);
});

test('an exhausted pool answers 503 within seconds, and recovers', async () => {
  await administrator.query('begin');
  await administrator.query('lock table call in access exclusive mode');
  const callIds = Array.from({ length: 12 }, newCallId);
  const startedMs = performance.now();
  const answers = await Promise.all(callIds.map((callId) => postEvents(callId)));
  assert.ok(performance.now() - startedMs < 12_000);
  assert.ok(answers.every(({ status }) => status === 503));
  await administrator.query('rollback');
  assert.equal((await postEvents(await openedCall())).status, 200);
});

test('a database that takes no connections: ready says no, nothing is acknowledged, and all returns by itself', async () => {
  assert.equal((await fetch(`${relay.url}/readyz`)).status, 200);
  const callId = await openedCall();
  const outside = new pg.Client({ connectionString: database.adminUrl });
  await outside.connect();
  const name = new URL(database.url).pathname.slice(1);
  try {
    await outside.query(`alter database ${name} allow_connections false`);
    await outside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = $1 and application_name like 'scoreline-%'`,
      [name],
    );
    const answer = await postEvents(callId);
    assert.equal(answer.status, 503);
    assert.equal(errorOf(answer).name, 'databaseUnavailable');
    assert.equal((await fetch(`${relay.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${relay.url}/healthz`)).status, 200);
  } finally {
    await outside.query(`alter database ${name} allow_connections true`);
    await outside.end();
  }
  assert.equal((await postEvents(callId)).status, 200);
  assert.equal((await fetch(`${relay.url}/readyz`)).status, 200);
});
