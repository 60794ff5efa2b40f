import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import type { ErrorName } from '@scoreline/contract';
import { answeredCall, newCallId, outcomeEvent } from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import { makeConfiguration, makeOrganization, ORG_ID, ORIGIN, REP_ID } from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type Answer, type TestRelay } from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, []);
const logLines: string[] = [];
let database: TestDatabase;
let relay: TestRelay;
let rep: Record<string, string>;
let callId: string;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(makeConfiguration(database.url, [organization]), makeRules(), { logLines });
  rep = await signIn(relay, organization, REP_ID);
  callId = newCallId();
  await relay.post('/v1/calls', { callId, number: '+13035550100' }, rep);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

const refused = (answer: Answer, status: number, name: ErrorName, path?: string): void => {
  assert.equal(errorOf(answer).name, name, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
  if (path !== undefined) assert.equal(errorOf(answer).path, path);
};
const postEvents = (body: unknown, headers = {}): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/events`, body, { ...rep, ...headers });

for (const body of ['', '{', '{"events":[}', 'null\0', '\ufeff{}', "{'events':[]}"])
  test(`malformedJson: ${JSON.stringify(body)}`, async () =>
    refused(await postEvents(body), 400, 'malformedJson'));

test('malformedJson: bytes that are not UTF-8', async () => {
  const response = await fetch(`${relay.url}/v1/calls/${callId}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...rep },
    body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
  });
  assert.equal(response.status, 400);
});

test('unknownField: with its path, at any depth', async () => {
  const [dialed] = answeredCall(1_000);
  refused(await postEvents({ events: [dialed], extra: 1 }), 400, 'unknownField', 'extra');
  refused(await postEvents({ events: [{ ...dialed, speed: 1 }] }), 400, 'unknownField', 'events.0.speed');
  refused(await postEvents({ events: [dialed], ['x'.repeat(5_000)]: 1 }), 400, 'unknownField');
});

test('unknownField: __proto__ and constructor as field names', async () => {
  const event = JSON.stringify(answeredCall(1_000)[0]);
  for (const body of [
    `{"events":[${event}],"__proto__":{"isAdmin":true}}`,
    `{"events":[${event.replace('{', '{"__proto__":{"kind":"ended"},')}]}`,
    `{"events":[${event}],"constructor":{"prototype":{"x":1}}}`,
  ])
    refused(await postEvents(body), 400, 'unknownField');
});

test('invalidRequest: with the path and without the value', async () => {
  const [dialed, ringing] = answeredCall(1_000);
  const wrong = { ...ringing, at: 'canary-value' };
  const answer = await postEvents({ events: [dialed, wrong] });
  refused(answer, 400, 'invalidRequest', 'events.1.at');
  assert.doesNotMatch(JSON.stringify(answer.body), /canary/u);
  refused(await postEvents({ events: [] }), 400, 'invalidRequest', 'events');
  refused(await postEvents([]), 400, 'invalidRequest');
  refused(
    await postEvents({ events: [{ ...dialed, kind: 'outcome' }] }),
    400,
    'invalidRequest',
    'events.0.kind',
  );
  refused(await postEvents({ events: [{ ...dialed, at: '0000-01-01T00:00:00Z' }] }), 400, 'invalidRequest');
  refused(await postEvents({ events: [{ ...dialed, sequence: 0 }] }), 400, 'invalidRequest');
  refused(await postEvents({ events: [{ ...dialed, elapsedMs: 1e21 }] }), 400, 'invalidRequest');
});

test('invalidRequest: a call id that is none, also one that cannot be decoded', async () => {
  const body = { events: answeredCall(1_000) };
  refused(await relay.post('/v1/calls/1/events', body, rep), 400, 'invalidRequest', 'callId');
  refused(await relay.post("/v1/calls/'%20or%201=1/events", body, rep), 400, 'invalidRequest');
  refused(await relay.post('/v1/calls/%E0%A4%A/events', body, rep), 400, 'invalidRequest');
});

test('invalidRequest: a character the store cannot hold', async () => {
  const answer = await relay.post(`/v1/calls/${callId}/outcome`, outcomeEvent(50, 0, { note: 'a\0b' }), rep);
  refused(answer, 400, 'invalidRequest', 'note');
});

test('a note with a lone surrogate and a quote is stored, not run', async () => {
  const note = "\ud800 '); drop table call; -- ${x} $1";
  const answer = await relay.post(`/v1/calls/${callId}/outcome`, outcomeEvent(51, 0, { note }), rep);
  assert.equal(answer.status, 200);
});

test('bodyTooLarge: more than 100 kB, announced or not', async () => {
  refused(await postEvents(`"${'x'.repeat(110_000)}"`), 413, 'bodyTooLarge');
});

test('unsupportedMediaType: a form, a text, a strange encoding', async () => {
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json', 'content-encoding': 'compress' },
  ])
    refused(await postEvents('{}', headers), 415, 'unsupportedMediaType');
});

test('routeNotFound: another address or method', async () => {
  refused(await relay.post('/v1/nothing', {}, rep), 404, 'routeNotFound');
  const response = await fetch(`${relay.url}/v1/calls`, { headers: rep });
  assert.equal(response.status, 404);
});

test('deep nesting does not bring the relay down', async () => {
  const answer = await postEvents(`{"events":${'['.repeat(40_000)}${']'.repeat(40_000)}}`);
  assert.equal(answer.status, 400);
  const health = await fetch(`${relay.url}/healthz`);
  assert.deepEqual(await health.json(), { status: 'ok' });
});

test('tooManyRequests: an address over its limit, for calls and sooner for sessions', async () => {
  const tight = await startTestRelay(makeConfiguration(database.url, [organization]), makeRules(), {
    requestsPerMinute: 20,
  });
  const sessions = await Promise.all(Array.from({ length: 3 }, () => tight.post('/v1/sessions', {})));
  assert.deepEqual(sessions.map(({ status }) => status).sort(), [400, 400, 429]);
  const calls = await Promise.all(Array.from({ length: 20 }, () => tight.post('/v1/calls', {})));
  const limited = calls.find(({ status }) => status === 429);
  assert.ok(limited !== undefined);
  refused(limited, 429, 'tooManyRequests');
  assert.ok(Number(limited.headers.get('retry-after')) > 0);
  assert.equal((await fetch(`${tight.url}/healthz`)).status, 200);
  await tight.stop();
});

test('garbage on the socket gets a 400 and closes', async () => {
  const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
  socket.write('\x16\x03\x01 GARBAGE\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  assert.match(answer, /^HTTP\/1\.1 400/u);
});

test('no number, note, token or path parameter reaches the log', async () => {
  await relay.post('/v1/calls', { callId: newCallId(), number: '+13035550199' }, rep);
  const log = logLines.join('\n');
  assert.match(log, /"route":"\/v1\/calls"/u);
  for (const secret of [
    '3035550199',
    '3035550100',
    'Bearer',
    rep['authorization']?.slice(7) ?? 'none',
    callId,
  ])
    assert.ok(!log.includes(secret), `the log holds ${secret.slice(0, 12)}`);
});
