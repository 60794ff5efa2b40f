import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ErrorName } from '@scoreline/contract';
import { acknowledgementSchema, type Acknowledgement } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { findCalls } from '../../src/calls/index.ts';
import { newCallId } from '../callEvents.ts';
import { startTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  makeConfiguration,
  makeOrganization,
  ORG_ID,
  ORIGIN,
  OTHER_REP_ID,
  REP_ID,
} from '../testOrganizations.ts';
import { errorOf, makeRules, signIn, startTestRelay, type Answer, type TestRelay } from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, ['switch-key-of-the-test']);
/** Of the relay, whose tokens the real clock signs. */
const NOW_MS = Date.now();
const STARTED_AT = '2025-10-05T14:30:00.000Z';
let database: TestDatabase;
let relay: TestRelay;
let rep: Record<string, string>;
let otherRep: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  relay = await startTestRelay(makeConfiguration(database.url, [organization]), makeRules(), {
    now: () => NOW_MS,
  });
  rep = await signIn(relay, organization, REP_ID);
  otherRep = await signIn(relay, organization, OTHER_REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

const LOG = {
  number: '+1 303 555 0100',
  recordId: '003000000000001AAA',
  startedAt: STARTED_AT,
  talkSeconds: 240,
  outcome: 'callBack',
  note: 'Wants the offer.',
  reason: 'Made from my mobile.',
};
const logByHand = (callId: string, changes: object = {}, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/hand`, { ...LOG, ...changes }, headers);

function acknowledged(answer: Answer): Acknowledgement {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return z.parse(acknowledgementSchema, answer.body);
}

function refused(answer: Answer, status: number, name: ErrorName, path?: string): void {
  assert.deepEqual([errorOf(answer).name, answer.status, errorOf(answer).path], [name, status, path]);
}

async function callOf(callId: string) {
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  return call;
}

test('a call logged by hand is one ended call: reported, in the rep’s own words, with its reason', async () => {
  const callId = newCallId();
  const receipt = acknowledged(await logByHand(callId, { followUpOn: '2026-10-09' }));
  assert.deepEqual([receipt.stored, receipt.duplicates], [4, 0]);
  const call = await callOf(callId);
  assert.deepEqual(
    [call?.state, call?.evidence, call?.answered, call?.talkSeconds, call?.startedAt, call?.version],
    ['ended', 'reported', true, 240, STARTED_AT, 1],
  );
  assert.deepEqual(
    [call?.outcome, call?.outcomeWitness, call?.note, call?.followUpOn, call?.reason, call?.recordId],
    ['callBack', 'hand', LOG.note, '2026-10-09', LOG.reason, LOG.recordId],
  );
  assert.equal(call?.position, receipt.position);
});

test('a call without talk was not answered', async () => {
  const callId = newCallId();
  assert.equal(acknowledged(await logByHand(callId, { talkSeconds: 0, outcome: 'noAnswer' })).stored, 3);
  const call = await callOf(callId);
  assert.deepEqual([call?.answered, call?.endCause, call?.talkSeconds], [false, 'noAnswer', 0]);
});

test('the same request again is absorbed', async () => {
  const callId = newCallId();
  const first = acknowledged(await logByHand(callId));
  const again = acknowledged(await logByHand(callId));
  assert.deepEqual([again.stored, again.duplicates, again.position], [0, 4, first.position]);
  assert.equal((await callOf(callId))?.version, 1);
});

test('other content under the same id is refused, and the first stands', async () => {
  const callId = newCallId();
  acknowledged(await logByHand(callId));
  for (const changes of [
    { talkSeconds: 900 },
    { outcome: 'meeting' },
    { note: 'Else.' },
    { reason: 'Other.' },
  ])
    assert.deepEqual(
      [(await logByHand(callId, changes)).status, errorOf(await logByHand(callId, changes)).name],
      [409, 'eventConflict'],
    );
  refused(await logByHand(callId, { number: '+1 303 555 0111' }), 409, 'callIdReused', 'callId');
  assert.deepEqual([(await callOf(callId))?.talkSeconds, (await callOf(callId))?.outcome], [240, 'callBack']);
});

test('a call of the future is refused: its start or its end', async () => {
  const inAnHour = new Date(NOW_MS + 3_600_000).toISOString();
  refused(await logByHand(newCallId(), { startedAt: inAnHour }), 400, 'invalidRequest', 'startedAt');
  const justNow = new Date(NOW_MS - 1_000).toISOString();
  refused(
    await logByHand(newCallId(), { startedAt: justNow, talkSeconds: 3_600 }),
    400,
    'invalidRequest',
    'startedAt',
  );
  const aheadOfUs = new Date(NOW_MS + 60_000).toISOString();
  acknowledged(await logByHand(newCallId(), { startedAt: aheadOfUs, talkSeconds: 60 }));
});

test('a number that is none is refused, and nothing is opened', async () => {
  const callId = newCallId();
  for (const number of ['12345', '1'.repeat(60), 'front desk'])
    refused(await logByHand(callId, { number }), 422, 'numberInvalid', 'number');
  assert.equal(await callOf(callId), undefined);
});

test('without a reason, or with an empty one, nothing is logged', async () => {
  for (const reason of [undefined, '', '   ', 'x'.repeat(501)])
    refused(await logByHand(newCallId(), { reason }), 400, 'invalidRequest', 'reason');
});

test('another rep’s call id is refused and tells nothing of that call', async () => {
  const callId = newCallId();
  acknowledged(await logByHand(callId));
  refused(await logByHand(callId, {}, otherRep), 409, 'callIdReused', 'callId');
  assert.equal((await callOf(callId))?.userId, REP_ID);
});
