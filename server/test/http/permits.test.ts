import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { permitClaimText, type ErrorName } from '@scoreline/contract';
import { permitResponseSchema, type PermitResponse } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { findCalls, hashNumber } from '../../src/calls/index.ts';
import type { Configuration } from '../../src/config.ts';
import { answeredCall, inboundCall, newCallId } from '../callEvents.ts';
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

const NUMBER = '+13035550100';
const COLLEAGUE = '+13035550111';
const organization = makeOrganization(ORG_ID, ORIGIN, []);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
const rules = makeRules();
const now = Date.now();
let database: TestDatabase;
let configuration: Configuration;
let relay: TestRelay;
let rep: Record<string, string>;
let otherRep: Record<string, string>;
let foreigner: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  configuration = makeConfiguration(database.url, [organization, otherOrganization]);
  relay = await startTestRelay(configuration, rules, { now: () => now });
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
const transfer = (callId: string, number = COLLEAGUE, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/transfers`, { number }, headers);
const rejoin = (callId: string, headers = rep, body: object = {}): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/rejoin`, body, headers);
const refused = (answer: Answer, status: number, name: ErrorName, path?: string): void =>
  assert.deepEqual([errorOf(answer).name, answer.status, errorOf(answer).path], [name, status, path]);

async function report(callId: string, events = answeredCall(60_000), inbound?: object): Promise<void> {
  const body = { events, ...(inbound && { inbound }) };
  const answer = await relay.post(`/v1/calls/${callId}/events`, body, rep);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}
/** A call that the rep placed and somebody answered. */
async function runningCall(): Promise<string> {
  const callId = newCallId();
  assert.equal((await permit(callId)).status, 200);
  await report(callId, answeredCall(60_000).slice(0, 3));
  return callId;
}

/** Checks that the switch will take the permit for this call and number, for a minute. */
function permitted(answer: Answer, callId: string, numberE164: string): PermitResponse {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const given = z.parse(permitResponseSchema, answer.body);
  const expiresAtEpochSeconds = Math.floor(now / 1_000) + 60;
  const claim = { orgId: ORG_ID, userId: REP_ID, callId, numberE164, expiresAtEpochSeconds };
  const mac = createHmac('sha256', organization.sip.permitSecret)
    .update(permitClaimText(claim))
    .digest('base64url');
  assert.deepEqual(
    [given.callId, given.numberE164, given.permit],
    [callId, numberE164, `v1.${expiresAtEpochSeconds}.${mac}`],
  );
  return given;
}

test('a call that is up may be transferred: the permit names it and the new number', async () => {
  const callId = await runningCall();
  permitted(await transfer(callId, '303-555-0111'), callId, COLLEAGUE);
  permitted(await transfer(callId), callId, COLLEAGUE);
  const inboundId = newCallId();
  await report(inboundId, inboundCall(60_000).slice(0, 3), {});
  permitted(await transfer(inboundId), inboundId, COLLEAGUE);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(call?.numberE164, NUMBER);
});

test('the rules for dialing hold for a transfer too', async () => {
  const callId = await runningCall();
  for (const [number, status, name] of [
    ['12345', 422, 'numberInvalid'],
    ['911', 403, 'emergencyNumber'],
    ['+1 900 555 1234', 403, 'numberBlocked'],
    ['+1 876 555 1234', 403, 'countryNotAllowed'],
  ] as const)
    refused(await transfer(callId, number), status, name, 'number');
  rules.doNotCall.add(hashNumber(configuration.personalDataKey, ORG_ID, '+13035550177'));
  refused(await transfer(callId, '+13035550177'), 403, 'doNotCall', 'number');
  rules.inactiveUsers.add(REP_ID);
  const answers = [await transfer(callId), await rejoin(callId)];
  rules.inactiveUsers.clear();
  for (const answer of answers) refused(answer, 403, 'userInactive');
});

test('nobody transfers or rejoins a call of another rep or org, or one that nobody knows', async () => {
  const callId = await runningCall();
  for (const headers of [otherRep, foreigner]) {
    refused(await transfer(callId, COLLEAGUE, headers), 404, 'callNotFound');
    refused(await rejoin(callId, headers), 404, 'callNotFound');
  }
  refused(await transfer(newCallId()), 404, 'callNotFound');
  refused(await rejoin(newCallId()), 404, 'callNotFound');
  assert.equal(errorOf(await rejoin(callId, {})).name, 'tokenMissing');
});

test('callEnded: an ended call is neither transferred nor rejoined nor consulted about', async () => {
  const callId = await runningCall();
  await report(callId);
  refused(await transfer(callId), 409, 'callEnded');
  refused(await rejoin(callId), 409, 'callEnded');
  refused(await permit(newCallId(), { consultsFor: callId }), 409, 'callEnded', 'consultsFor');
});

test('a phone joins its running call again, whatever the rules now say of the number', async () => {
  const callId = newCallId();
  await permit(callId);
  const numberHash = hashNumber(configuration.personalDataKey, ORG_ID, NUMBER);
  rules.doNotCall.add(numberHash);
  rules.countries = [];
  const answers = [await rejoin(callId), await rejoin(callId)];
  rules.doNotCall.clear();
  rules.countries = ['US', 'GB', 'DE'];
  for (const answer of answers) permitted(answer, callId, NUMBER);
  refused(await rejoin(callId, rep, { number: COLLEAGUE }), 400, 'unknownField', 'number');
});

test('an inbound call is rejoined by the caller’s number, or as anonymous', async () => {
  const named = newCallId();
  await report(named, inboundCall(60_000).slice(0, 3), { numberE164: '+447700900123' });
  permitted(await rejoin(named), named, '+447700900123');
  const withheld = newCallId();
  await report(withheld, inboundCall(60_000).slice(0, 3), {});
  permitted(await rejoin(withheld), withheld, 'anonymous');
});

test('a consultation is a call of its own kind, about a running call of the same rep', async () => {
  const callId = await runningCall();
  const consultation = newCallId();
  const wish = { number: COLLEAGUE, consultsFor: callId };
  permitted(await permit(consultation, wish), consultation, COLLEAGUE);
  permitted(await permit(consultation, wish), consultation, COLLEAGUE);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [consultation]);
  assert.deepEqual([call?.purpose, call?.direction], ['consultation', 'outbound']);
  refused(await permit(consultation, { number: COLLEAGUE }), 409, 'callIdReused', 'callId');
  refused(await permit(newCallId(), { consultsFor: newCallId() }), 404, 'callNotFound', 'consultsFor');
  refused(await permit(newCallId(), { consultsFor: callId }, otherRep), 404, 'callNotFound', 'consultsFor');
});
