import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { voicemailClaimText, type ErrorName, type NetworkEvent } from '@scoreline/contract';
import {
  callerResponseSchema,
  missedSeenResponseSchema,
  recentCallsResponseSchema,
  voicemailResponseSchema,
  type RecentCallsResponse,
} from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { hashNumber } from '../../src/calls/index.ts';
import { answeredCall, inboundCall, missedCall, newCallId, voicemailEvent } from '../callEvents.ts';
import { ACCOUNT_ID, indexNumber } from '../indexNumber.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_ORG_ID,
  OTHER_ORIGIN,
  QUIET_ORG_ID,
} from '../testOrganizations.ts';
import {
  errorOf,
  makeRules,
  postSwitchEvents,
  signIn,
  startTestRelay,
  type Answer,
  type TestRelay,
} from '../testRelay.ts';

const NOW = Date.now();
const organization = makeOrganization(ORG_ID, ORIGIN, ['switch-key-of-the-test']);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, []);
/** Its switch keeps no messages. */
const quietOrganization = makeOrganization(QUIET_ORG_ID, ORIGIN, ['quiet-switch-key-of-the-test']);
organization.sip.httpUrl = 'https://switch.example.com/media';
const logLines: string[] = [];
let database: TestDatabase;
let relay: TestRelay;

before(async () => {
  database = await startTestDatabase();
  const configuration = makeConfiguration(database.url, [organization, otherOrganization, quietOrganization]);
  relay = await startTestRelay(configuration, makeRules(), { logLines, now: () => NOW });
});
after(async () => {
  await relay.stop();
  await database.stop();
});

interface Rep {
  readonly userId: string;
  readonly headers: Record<string, string>;
}

let repCount = 10;
async function newRep(of = organization): Promise<Rep> {
  repCount += 1;
  const userId = `005${String(repCount).padStart(12, '0')}AAA`;
  return { userId, headers: await signIn(relay, of, userId) };
}

/** Lets the switch report a call that came in for the rep, so many minutes after the calls of `callEvents.ts`. */
async function cameIn(
  { userId }: Rep,
  events: NetworkEvent[],
  {
    minutes = 0,
    numberE164,
    of = organization,
  }: { minutes?: number; numberE164?: string; of?: typeof organization } = {},
): Promise<string> {
  const callId = newCallId();
  await reported(callId, userId, later(events, minutes), { numberE164 }, of);
  return callId;
}

async function reported(
  callId: string,
  userId: string,
  events: NetworkEvent[],
  inbound: { numberE164?: string | undefined },
  of = organization,
): Promise<void> {
  const answer = await postSwitchEvents(
    relay,
    of,
    events.map((event) => ({ callId, userId, event, inbound })),
  );
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

const later = (events: NetworkEvent[], minutes: number): NetworkEvent[] =>
  events.map((event) => ({
    ...event,
    at: new Date(Date.parse(event.at) + minutes * 60_000).toISOString(),
  }));

async function recent({ headers }: Rep): Promise<RecentCallsResponse> {
  const answer = await relay.get('/v1/calls/recent', headers);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  return z.parse(recentCallsResponseSchema, answer.body);
}

async function markSeen({ headers }: Rep): Promise<number> {
  const answer = await relay.post('/v1/calls/missed/seen', {}, headers);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return z.parse(missedSeenResponseSchema, answer.body).missedUnseen;
}

const refused = (answer: Answer, status: number, name: ErrorName): void =>
  assert.deepEqual([errorOf(answer).name, answer.status], [name, status]);

test('recent calls: both directions, newest first, with what became of them', async () => {
  const rep = await newRep();
  const placed = newCallId();
  await relay.post(
    '/v1/calls',
    { callId: placed, number: '+13035550121', recordId: '003000000000021AAA' },
    rep.headers,
  );
  await relay.post(`/v1/calls/${placed}/events`, { events: later(answeredCall(65_000), 2) }, rep.headers);
  const permittedOnly = newCallId();
  await relay.post('/v1/calls', { callId: permittedOnly, number: '+13035550121' }, rep.headers);
  const answered = await cameIn(rep, inboundCall(30_000), { minutes: 1, numberE164: '+13035550122' });
  const missed = await cameIn(rep, [...missedCall(), voicemailEvent(4, 40_000, 12)], { minutes: 3 });
  await cameIn(await newRep(), inboundCall(9_000));
  assert.deepEqual(await recent(rep), {
    calls: [
      {
        callId: missed,
        direction: 'inbound',
        startedAt: '2026-10-05T14:33:00.000Z',
        talkSeconds: 0,
        isMissed: true,
        voicemailSeconds: 12,
      },
      {
        callId: placed,
        direction: 'outbound',
        numberE164: '+13035550121',
        recordId: '003000000000021AAA',
        startedAt: '2026-10-05T14:32:00.000Z',
        talkSeconds: 65,
        isMissed: false,
      },
      {
        callId: answered,
        direction: 'inbound',
        numberE164: '+13035550122',
        startedAt: '2026-10-05T14:31:00.000Z',
        talkSeconds: 30,
        isMissed: false,
      },
    ],
    missedUnseen: 1,
  });
});

test('recent calls are fifty at most, and name the record that has the number', async () => {
  const rep = await newRep();
  const numberE164 = '+13035550131';
  await indexNumber(relay.ledger, numberE164, ['003000000000031AAA']);
  for (let minutes = 0; minutes < 55; minutes += 1)
    await cameIn(rep, inboundCall(1_000).slice(0, 3), { minutes, numberE164 });
  const { calls } = await recent(rep);
  assert.equal(calls.length, 50);
  assert.equal(calls[0]?.startedAt, '2026-10-05T15:24:00.000Z');
  assert.deepEqual([...new Set(calls.map(({ recordId }) => recordId))], ['003000000000031AAA']);
});

test('a missed call is news until the rep has looked, and again when a message is found in it', async () => {
  const rep = await newRep();
  const other = await newRep();
  const callId = await cameIn(rep, missedCall());
  await cameIn(rep, missedCall(), { minutes: 1 });
  await cameIn(other, missedCall());
  assert.equal((await recent(rep)).missedUnseen, 2);
  assert.equal(await markSeen(rep), 0);
  assert.deepEqual([(await recent(rep)).missedUnseen, (await recent(other)).missedUnseen], [0, 1]);
  await reported(callId, rep.userId, missedCall(), {});
  assert.equal((await recent(rep)).missedUnseen, 0);
  await reported(callId, rep.userId, [voicemailEvent(4, 60_000, 20)], {});
  assert.equal((await recent(rep)).missedUnseen, 1);
  assert.equal(await markSeen(rep), 0);
});

test('a message is played from a signed address that ends after some minutes', async () => {
  const rep = await newRep();
  const callId = await cameIn(rep, [...missedCall(), voicemailEvent(4, 40_000, 12)]);
  const answer = await relay.get(`/v1/calls/${callId}/voicemail`, rep.headers);
  const url = new URL(z.parse(voicemailResponseSchema, answer.body).url);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(url.origin + url.pathname, `https://switch.example.com/media/voicemails/${callId}`);
  const expires = Math.floor(NOW / 1_000) + 300;
  const mac = createHmac('sha256', organization.sip.permitSecret)
    .update(voicemailClaimText(callId, expires))
    .digest('base64url');
  assert.deepEqual(Object.fromEntries(url.searchParams), { expires: String(expires), mac });
});

test('a message is its rep’s alone; without one, or without a switch that plays it, none is promised', async () => {
  const rep = await newRep();
  const events = [...missedCall(), voicemailEvent(4, 40_000, 12)];
  const callId = await cameIn(rep, events);
  for (const { headers } of [await newRep(), await newRep(otherOrganization)])
    refused(await relay.get(`/v1/calls/${callId}/voicemail`, headers), 404, 'callNotFound');
  refused(await relay.get(`/v1/calls/${newCallId()}/voicemail`, rep.headers), 404, 'callNotFound');
  const without = await cameIn(rep, missedCall());
  refused(await relay.get(`/v1/calls/${without}/voicemail`, rep.headers), 503, 'voicemailUnavailable');
  const quiet = await newRep(quietOrganization);
  const kept = await cameIn(quiet, events, { of: quietOrganization });
  refused(await relay.get(`/v1/calls/${kept}/voicemail`, quiet.headers), 503, 'voicemailUnavailable');
});

async function callers({ headers }: Rep, numberE164: string): Promise<string[]> {
  const answer = await relay.post('/v1/callers', { numberE164 }, headers);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return z.parse(callerResponseSchema, answer.body).recordIds;
}

test('a caller is matched to at most five records, people first', async () => {
  const rep = await newRep();
  const people = [1, 2, 3, 4, 5, 6].map((each) => `00300000000005${each}AAA`);
  await indexNumber(relay.ledger, '+13035550151', [...people, ACCOUNT_ID]);
  assert.deepEqual(await callers(rep, '+13035550151'), people.slice(0, 5));
  await indexNumber(relay.ledger, '+13035550152', [ACCOUNT_ID]);
  assert.deepEqual(await callers(rep, '+13035550152'), [ACCOUNT_ID]);
  assert.deepEqual(await callers(rep, '+13035550159'), []);
  assert.deepEqual(await callers(await newRep(otherOrganization), '+13035550151'), []);
  refused(await relay.post('/v1/callers', { numberE164: '303' }, rep.headers), 400, 'invalidRequest');
  assert.equal(errorOf(await relay.post('/v1/callers', { numberE164: '+13035550151' })).name, 'tokenMissing');
});

test('a caller is never the rep’s own record, and is who was once chosen for the number', async () => {
  const rep = await newRep();
  const [own, one, other] = ['003000000000061AAA', '003000000000062AAA', '003000000000063AAA'] as const;
  const number = '+13035550161';
  await indexNumber(relay.ledger, number, [own, one, other]);
  const ownHash = hashNumber(relay.ledger.personalDataKey, ORG_ID, '+13035550162');
  await indexNumber(relay.ledger, '+13035550162', []);
  await relay.ledger.database.query(
    `insert into crm_number (org_id, record_id, number_hash, extension) values ($1, $2, $3, '')`,
    [ORG_ID, own, ownHash],
  );
  await relay.ledger.database.query(
    `insert into crm_user (org_id, user_id, is_active, time_zone) values ($1, $2, true, 'UTC')`,
    [ORG_ID, rep.userId],
  );
  await relay.ledger.database.query(
    `insert into crm_user_number (org_id, user_id, number_hash, extension) values ($1, $2, $3, '')`,
    [ORG_ID, rep.userId, ownHash],
  );
  assert.deepEqual(await callers(rep, number), [one, other]);
  assert.deepEqual(await callers(await newRep(), number), [own, one, other]);
  const callId = await cameIn(rep, inboundCall(9_000), { numberE164: number });
  const choice = await relay.post(`/v1/calls/${callId}/record`, { recordId: other }, rep.headers);
  assert.equal(choice.status, 200, JSON.stringify(choice.body));
  assert.deepEqual(await callers(rep, number), [other]);
  assert.equal((await recent(rep)).calls[0]?.recordId, other);
});

test('a rep may name the record of a call with a withheld number; nothing is remembered of it', async () => {
  const rep = await newRep();
  const [first, second] = [await cameIn(rep, inboundCall(9_000)), await cameIn(rep, inboundCall(9_000))];
  const recordId = '003000000000071AAA';
  const choice = await relay.post(`/v1/calls/${first}/record`, { recordId }, rep.headers);
  assert.equal(choice.status, 200, JSON.stringify(choice.body));
  const known = new Map((await recent(rep)).calls.map((call) => [call.callId, call.recordId]));
  assert.deepEqual([known.get(first), known.get(second)], [recordId, undefined]);
  const remembered = await relay.ledger.database.query(
    `select from crm_number_choice where number_hash = ''`,
  );
  assert.equal(remembered.length, 0);
});

test('no number is in the log', () => assert.doesNotMatch(logLines.join('\n'), /303555/u));

test('tooManyRequests: callers are looked up a tenth as often as the rest', async () => {
  const strict = await startTestRelay(makeConfiguration(database.url, [organization]), makeRules(), {
    requestsPerMinute: 50,
  });
  const headers = { authorization: 'Bearer none' };
  const answers: Answer[] = [];
  for (let count = 0; count < 6; count += 1)
    answers.push(await strict.post('/v1/callers', { numberE164: '+13035550100' }, headers));
  await strict.stop();
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 401, 401, 401, 401, 429],
  );
});
