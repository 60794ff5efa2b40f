import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { permitClaimText, type ErrorName } from '@scoreline/contract';
import { acknowledgementSchema, permitResponseSchema, type Acknowledgement } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { changedStartsOfRep, findCalls, hashNumber } from '../../src/calls/index.ts';
import type { Configuration } from '../../src/config.ts';
import { answeredCall, busyCall, newCallId, outcomeEvent } from '../callEvents.ts';
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

const NUMBER = '+1 303 555 0100';
const organization = makeOrganization(ORG_ID, ORIGIN, ['switch-key-of-the-test']);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
const rules = makeRules();
let database: TestDatabase;
let configuration: Configuration;
let relay: TestRelay;
let rep: Record<string, string>;
let otherRep: Record<string, string>;
let foreigner: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  configuration = makeConfiguration(database.url, [organization, otherOrganization]);
  relay = await startTestRelay(configuration, rules);
  rep = await signIn(relay, organization, REP_ID);
  otherRep = await signIn(relay, organization, OTHER_REP_ID);
  foreigner = await signIn(relay, otherOrganization, REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

const permit = (callId: string, changes: object = {}, headers = rep): Promise<Answer> =>
  relay.post('/v1/calls', { callId, number: NUMBER, ...changes }, headers);
const events = (callId: string, body: unknown, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/events`, body, headers);
const outcome = (callId: string, body: unknown, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/outcome`, body, headers);
const acknowledged = (answer: Answer): Acknowledgement => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return z.parse(acknowledgementSchema, answer.body);
};
const refused = (answer: Answer, status: number, name: ErrorName, path?: string): void => {
  assert.equal(errorOf(answer).name, name);
  assert.equal(answer.status, status);
  if (path !== undefined) assert.equal(errorOf(answer).path, path);
};
const storedEvents = async (callId: string): Promise<number> => {
  const rows = await relay.ledger.database.query('select from call_event where call_id = $1', [callId]);
  return rows.length;
};

test('a permit names the number, lasts a minute and is what the switch will compute', async () => {
  const callId = newCallId();
  const answer = z.parse(permitResponseSchema, (await permit(callId)).body);
  assert.equal(answer.numberE164, '+13035550100');
  assert.equal(answer.callerIdE164, '+13035550100');
  assert.ok(Math.abs(answer.expiresAtEpochSeconds - Date.now() / 1_000 - 60) < 3);
  const claim = {
    orgId: ORG_ID,
    userId: REP_ID,
    callId,
    numberE164: answer.numberE164,
    expiresAtEpochSeconds: answer.expiresAtEpochSeconds,
  };
  const mac = createHmac('sha256', organization.sip.permitSecret)
    .update(permitClaimText(claim))
    .digest('base64url');
  assert.equal(answer.permit, `v1.${answer.expiresAtEpochSeconds}.${mac}`);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(call?.state, 'permitted');
  assert.equal(call.version, 0);
});

test('the same permit request again is answered again', async () => {
  const callId = newCallId();
  const answers = await Promise.all([permit(callId), permit(callId), permit(callId)]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
});

test('callIdReused: another number, record, rep or org', async () => {
  const callId = newCallId();
  await permit(callId);
  refused(await permit(callId, { number: '+1 303 555 0101' }), 409, 'callIdReused');
  refused(await permit(callId, { recordId: '003000000000001AAA' }), 409, 'callIdReused');
  refused(await permit(callId, {}, otherRep), 409, 'callIdReused');
  refused(await permit(callId, {}, foreigner), 409, 'callIdReused');
});

for (const [name, status, number] of [
  ['numberInvalid', 422, '12345'],
  ['numberInvalid', 422, '1'.repeat(60)],
  ['emergencyNumber', 403, '911'],
  ['numberBlocked', 403, '+1 900 555 1234'],
  ['countryNotAllowed', 403, '+1 876 555 1234'],
] as const)
  test(`${name}: ${number}`, async () => {
    const callId = newCallId();
    refused(await permit(callId, { number }), status, name, 'number');
    assert.deepEqual(await findCalls(relay.ledger.database, ORG_ID, [callId]), []);
  });

test('doNotCall: the number is on the org’s list, by its keyed hash', async () => {
  rules.doNotCall.add(hashNumber(configuration.personalDataKey, ORG_ID, '+13035550177'));
  refused(await permit(newCallId(), { number: '303-555-0177' }), 403, 'doNotCall');
  assert.equal((await permit(newCallId(), { number: '303-555-0177' }, foreigner)).status, 200);
});

test('dialingRulesUnknown: fails closed until the org’s rules were read', async () => {
  rules.countries = null;
  const answer = await permit(newCallId());
  rules.countries = ['US', 'GB', 'DE'];
  refused(answer, 503, 'dialingRulesUnknown');
  assert.equal(errorOf(answer).retryable, true);
});

test('userInactive: no new call for a deactivated rep with a live token', async () => {
  rules.inactiveUsers.add(OTHER_REP_ID);
  const answer = await permit(newCallId(), {}, otherRep);
  rules.inactiveUsers.clear();
  refused(answer, 403, 'userInactive');
});

test('events and outcome become one call, and each change a later position', async () => {
  const callId = newCallId();
  await permit(callId, { recordId: '003000000000001AAA' });
  const first = acknowledged(await events(callId, { events: answeredCall(65_000) }));
  assert.deepEqual([first.stored, first.duplicates], [4, 0]);
  const second = acknowledged(
    await outcome(callId, outcomeEvent(5, 80_000, { note: 'Send the offer', followUpOn: '2026-10-09' })),
  );
  assert.equal(second.position, first.position + 1);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(call?.version, 2);
  assert.equal(call.position, second.position);
  assert.equal(call.outcome, 'meeting');
  assert.equal(call.outcomeVersion, 2);
  assert.equal(call.afterCallSeconds, 10);
  assert.equal(call.note, 'Send the offer');
  assert.equal(call.followUpOn, '2026-10-09');
  assert.equal(call.numberE164, '+13035550100');
  assert.equal(call.recordId, '003000000000001AAA');
  assert.equal(call.evidence, 'pending');
  const rep = { orgId: ORG_ID, userId: REP_ID };
  const changed = await changedStartsOfRep(relay.ledger.database, rep, first.position, 10);
  assert.deepEqual(
    changed.map(({ startsMs }) => startsMs),
    [[Date.parse(call.startedAt ?? '')]],
  );
});

test('a repeated request is a duplicate: nothing changes, no job is made', async () => {
  const callId = newCallId();
  await permit(callId);
  const first = acknowledged(await events(callId, { events: answeredCall(65_000) }));
  const again = acknowledged(await events(callId, { events: answeredCall(65_000) }));
  assert.deepEqual([again.stored, again.duplicates, again.position], [0, 4, first.position]);
  const overlapping = acknowledged(
    await events(callId, { events: [...answeredCall(65_000), ...answeredCall(65_000).slice(0, 1)] }),
  );
  assert.deepEqual([overlapping.stored, overlapping.duplicates], [0, 5]);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(call?.version, 1);
  const jobs = await relay.ledger.database.query(
    `select from pgboss.job where name = 'call-changed' and data->>'callId' = $1`,
    [callId],
  );
  assert.equal(jobs.length, 1);
});

test('eventConflict: same sequence, other content; nothing of the request is stored', async () => {
  const callId = newCallId();
  await permit(callId);
  await events(callId, { events: answeredCall(65_000).slice(0, 2) });
  const conflicting = [...answeredCall(65_000).slice(2), ...busyCall().slice(1)];
  refused(await events(callId, { events: conflicting }), 409, 'eventConflict', 'events.2.sequence');
  assert.equal(await storedEvents(callId), 2);
  acknowledged(await outcome(callId, outcomeEvent(9, 90_000, { note: 'one' })));
  refused(await outcome(callId, outcomeEvent(9, 90_000, { note: 'two' })), 409, 'eventConflict');
});

test('callNotFound: no permit, another rep’s call, another org’s call', async () => {
  const body = { events: answeredCall(1_000) };
  refused(await events(newCallId(), body), 404, 'callNotFound');
  const callId = newCallId();
  await permit(callId);
  refused(await events(callId, body, otherRep), 404, 'callNotFound');
  refused(await events(callId, body, foreigner), 404, 'callNotFound');
  refused(await outcome(callId, outcomeEvent(1, 0), foreigner), 404, 'callNotFound');
  assert.equal(await storedEvents(callId), 0);
});

test('originRefused: another org’s page with this org’s token', async () => {
  refused(await permit(newCallId(), {}, { ...rep, origin: OTHER_ORIGIN }), 403, 'originRefused');
  assert.equal((await permit(newCallId(), {}, { ...rep, origin: ORIGIN })).status, 200);
});

test('notes live in the erasable table alone, and an erased call still takes events', async () => {
  const callId = newCallId();
  await permit(callId);
  await outcome(callId, outcomeEvent(1, 0, { note: 'canary-note' }));
  const [row] = await relay.ledger.database.query<{ found: boolean }>(
    `select to_jsonb(call_event)::text like '%canary%' or to_jsonb(call)::text like '%3035550100%' as found
     from call_event join call using (org_id, call_id) where call_id = $1`,
    [callId],
  );
  assert.equal(row?.found, false);
  await relay.ledger.database.query('delete from call_personal where call_id = $1', [callId]);
  acknowledged(await outcome(callId, outcomeEvent(2, 5_000, { note: 'later', outcome: 'callBack' })));
  acknowledged(await outcome(callId, outcomeEvent(1, 0, { note: 'canary-note' })));
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.deepEqual([call?.outcome, call?.note, call?.numberE164], ['callBack', null, '']);
});

test('an older outcome that arrives late replaces neither outcome nor note', async () => {
  const callId = newCallId();
  await permit(callId);
  await outcome(callId, outcomeEvent(7, 9_000, { outcome: 'noInterest', note: 'newer' }));
  await outcome(callId, outcomeEvent(6, 8_000, { outcome: 'meeting', note: 'older' }));
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.deepEqual(
    [call?.outcome, call?.note, call?.version, call?.outcomeVersion],
    ['noInterest', 'newer', 2, 1],
  );
});

test('positions of one rep are gapless and unique under concurrent writers', async () => {
  const headers = otherRep;
  const callIds = Array.from({ length: 20 }, newCallId);
  await Promise.all(callIds.map((callId) => permit(callId, {}, headers)));
  await Promise.all(callIds.map((callId) => events(callId, { events: answeredCall(1_000) }, headers)));
  const rep = { orgId: ORG_ID, userId: OTHER_REP_ID };
  const changed = await changedStartsOfRep(relay.ledger.database, rep, 0, 100);
  assert.deepEqual(
    changed.map(({ position }) => position),
    callIds.map((_callId, index) => index + 1),
  );
});
