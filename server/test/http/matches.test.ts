import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  pendingMatchesResponseSchema,
  recentCallsResponseSchema,
  recordChoiceResponseSchema,
} from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { findCalls } from '../../src/calls/index.ts';
import { matchCalls } from '../../src/crm/matching/matchCalls.ts';
import { answeredCall, newCallId } from '../callEvents.ts';
import { ACCOUNT_ID as ACCOUNT, indexNumber as indexRecordNumber } from '../indexNumber.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_ORG_ID,
  OTHER_ORIGIN,
  OTHER_REP_ID,
  REP_ID,
} from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type Answer, type TestRelay } from '../testRelay.ts';

const NUMBER = '+13035550142';
const ONE = '003000000000001AAA';
const OTHER = '003000000000002AAA';
const UNKNOWN_LEAD = '00Q000000000009AAA';
const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
let database: TestDatabase;
let relay: TestRelay;
let rep: Record<string, string>;
let otherRep: Record<string, string>;
let foreigner: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(
    makeConfiguration(database.url, [organization, otherOrganization]),
    makeRules(),
  );
  rep = await signIn(relay, organization, REP_ID);
  otherRep = await signIn(relay, organization, OTHER_REP_ID);
  foreigner = await signIn(relay, otherOrganization, REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

/** Contacts of one account, whose number is the account's own too. */
const indexNumber = (numberE164: string, recordIds: readonly string[]): Promise<void> =>
  indexRecordNumber(relay.ledger, numberE164, recordIds);

/** A call from the pad, as far as delivery has looked for its record. */
async function unmatchedCall(number = NUMBER, headers = rep): Promise<string> {
  const callId = newCallId();
  assert.equal((await relay.post('/v1/calls', { callId, number }, headers)).status, 200);
  await relay.post(`/v1/calls/${callId}/events`, { events: answeredCall(30_000) }, headers);
  const { ledger } = relay;
  await ledger.database.transaction(async (connection) =>
    matchCalls(connection, ORG_ID, await findCalls(connection, ORG_ID, [callId])),
  );
  return callId;
}

async function pendingOf(headers: Record<string, string>): Promise<Record<string, string[]>> {
  const answer = await relay.get('/v1/calls/pending-matches', headers);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const { matches } = z.parse(pendingMatchesResponseSchema, answer.body);
  return Object.fromEntries(matches.map(({ callId, recordIds }) => [callId, recordIds]));
}

const choose = (callId: string, recordId: unknown, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/record`, { recordId }, headers);

async function callOf(callId: string) {
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.ok(call);
  return call;
}

test('a call whose number several people have waits for its rep, and for nobody else', async () => {
  await indexNumber(NUMBER, [ONE, OTHER, ACCOUNT]);
  const callId = await unmatchedCall();
  assert.deepEqual(await pendingOf(rep), { [callId]: [ONE, OTHER] });
  assert.deepEqual(await pendingOf(otherRep), {});
  assert.deepEqual(await pendingOf(foreigner), {});
  const { calls } = z.parse(recentCallsResponseSchema, (await relay.get('/v1/calls/recent', rep)).body);
  assert.deepEqual(
    calls.map(({ recordId, matchedRecordIds }) => [recordId, matchedRecordIds]),
    [[undefined, [ONE, OTHER]]],
    'the last calls bring the choice with them',
  );
  assert.equal(errorOf(await relay.get('/v1/calls/pending-matches')).name, 'tokenMissing');
});

test('a choice is a new version of every call that waits for the number, once', async () => {
  const number = '+13035550143';
  await indexNumber(number, [ONE, OTHER]);
  const [callId, earlierId, othersId] = [
    await unmatchedCall(number),
    await unmatchedCall(number),
    await unmatchedCall(number, otherRep),
  ];
  const { version } = await callOf(callId);
  const answer = await choose(callId, OTHER);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const first = z.parse(recordChoiceResponseSchema, answer.body);
  for (const id of [callId, earlierId, othersId]) {
    const call = await callOf(id);
    assert.deepEqual([call.recordId, call.recordVersion, call.version], [OTHER, version + 1, version + 1]);
  }
  assert.equal(first.position, Math.max((await callOf(callId)).position, (await callOf(earlierId)).position));
  assert.deepEqual(z.parse(recordChoiceResponseSchema, (await choose(callId, OTHER)).body), first);
  assert.equal((await callOf(callId)).version, version + 1);
  assert.equal((await callOf(await unmatchedCall(number))).recordId, null, 'delivery fills it in');
  assert.deepEqual(Object.keys(await pendingOf(otherRep)), []);
});

test('a rep may correct a choice, and name a person who came about since', async () => {
  const callId = await unmatchedCall();
  await choose(callId, ONE);
  assert.equal((await choose(callId, UNKNOWN_LEAD)).status, 200);
  assert.equal((await callOf(callId)).recordId, UNKNOWN_LEAD);
});

test('a record that cannot be the one called is refused, and nothing changes', async () => {
  const number = '+13035550144';
  await indexNumber(number, [ONE, OTHER]);
  const callId = await unmatchedCall(number);
  for (const recordId of [ACCOUNT, '005000000000001AAA', '006000000000001AAA']) {
    const answer = await choose(callId, recordId);
    assert.deepEqual([answer.status, errorOf(answer).name], [422, 'recordNotSuitable']);
  }
  assert.equal(errorOf(await choose(callId, "x' OR 1=1")).name, 'invalidRequest');
  assert.deepEqual((await pendingOf(rep))[callId], [ONE, OTHER]);
});

test('nobody chooses for the call of another rep or org', async () => {
  const callId = await unmatchedCall();
  for (const headers of [otherRep, foreigner]) {
    const answer = await choose(callId, ONE, headers);
    assert.deepEqual([answer.status, errorOf(answer).name], [404, 'callNotFound']);
  }
  assert.equal(errorOf(await choose(newCallId(), ONE)).name, 'callNotFound');
  assert.equal((await callOf(callId)).recordVersion, null);
});

test('an extension that was dialed belongs to its own person', async () => {
  const number = '+13035550145';
  await indexNumber(number, [ONE, OTHER]);
  const callId = await unmatchedCall(`${number} ext. 7`);
  assert.equal((await pendingOf(rep))[callId], undefined);
});

test('a call whose personal data was erased asks for nothing and gets no record', async () => {
  const callId = await unmatchedCall();
  await relay.ledger.database.query('delete from call_personal where call_id = $1', [callId]);
  assert.equal((await pendingOf(rep))[callId], undefined);
  assert.equal(errorOf(await choose(callId, ONE)).name, 'callNotFound');
});
