import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SWITCH_SIGNATURE_HEADER } from '@scoreline/contract';
import type { SwitchEventsResponse } from '@scoreline/contract/wire';
import { findCalls } from '../../src/calls/index.ts';
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
  QUIET_ORG_ID,
  REP_ID,
} from '../testOrganizations.ts';
import {
  errorOf,
  makeRules,
  postSwitchEvents,
  signIn,
  startTestRelay,
  switchSignature,
  type Answer,
  type TestRelay,
} from '../testRelay.ts';

const organization = makeOrganization(ORG_ID, ORIGIN, ['newest-switch-key', 'older-switch-key']);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, ['other-orgs-switch-key']);
const quietOrganization = makeOrganization(QUIET_ORG_ID, ORIGIN, []);
let database: TestDatabase;
let configuration: Configuration;
let relay: TestRelay;
let rep: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  configuration = makeConfiguration(database.url, [organization, otherOrganization, quietOrganization]);
  relay = await startTestRelay(configuration, makeRules());
  rep = await signIn(relay, organization, REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

async function openedCall(): Promise<string> {
  const callId = newCallId();
  await relay.post('/v1/calls', { callId, number: '+13035550100' }, rep);
  return callId;
}
const seen = (callId: string, events = answeredCall(65_000), userId = REP_ID) =>
  events.map((event) => ({ callId, userId, event }));
const receipt = (answer: Answer): SwitchEventsResponse => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as SwitchEventsResponse;
};
const signatureInvalid = (answer: Answer): void => {
  assert.equal(answer.status, 403);
  assert.equal(errorOf(answer).name, 'signatureInvalid');
};

test('a switch’s account verifies the call, and the carrier’s amends it', async () => {
  const callId = await openedCall();
  await relay.post(`/v1/calls/${callId}/events`, { events: answeredCall(66_000) }, rep);
  await relay.post(`/v1/calls/${callId}/outcome`, outcomeEvent(5, 80_000), rep);
  assert.equal(receipt(await postSwitchEvents(relay, organization, seen(callId))).stored, 4);
  const [verified] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.deepEqual([verified?.evidence, verified?.talkSeconds, verified?.version], ['verified', 65, 3]);
  const late = seen(callId, busyCall());
  assert.equal(receipt(await postSwitchEvents(relay, organization, late, { witness: 'carrier' })).stored, 2);
  const [contradicted] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.deepEqual(
    [contradicted?.evidence, contradicted?.talkSeconds, contradicted?.state],
    ['contradicted', 0, 'ended'],
  );
});

test('a thousand replays of one event through two relays leave one row', async () => {
  const second = await startTestRelay(configuration, makeRules());
  const callId = await openedCall();
  const one = seen(callId).slice(0, 1);
  const receipts: SwitchEventsResponse[] = [];
  for (let round = 0; round < 20; round += 1) {
    const answers = Array.from({ length: 50 }, (_none, index) =>
      postSwitchEvents(index % 2 === 0 ? relay : second, organization, one),
    );
    receipts.push(...(await Promise.all(answers)).map(receipt));
  }
  await second.stop();
  assert.equal(
    receipts.reduce((sum, { stored }) => sum + stored, 0),
    1,
  );
  assert.equal(
    receipts.reduce((sum, { duplicates }) => sum + duplicates, 0),
    999,
  );
  const rows = await relay.ledger.database.query('select from call_event where call_id = $1', [callId]);
  assert.equal(rows.length, 1);
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.equal(call?.version, 1);
});

test('calls of two reps in one report: every change is stored, unknown calls are named', async () => {
  const otherRep = await signIn(relay, organization, OTHER_REP_ID);
  const first = await openedCall();
  const second = newCallId();
  await relay.post('/v1/calls', { callId: second, number: '+13035550101' }, otherRep);
  const unknown = newCallId();
  const report = [
    ...seen(second, busyCall(), OTHER_REP_ID),
    ...seen(first),
    ...seen(unknown),
    ...seen(first, busyCall(), OTHER_REP_ID),
  ];
  const answer = receipt(await postSwitchEvents(relay, organization, report));
  assert.equal(answer.stored, 6);
  assert.deepEqual(answer.unknownCallIds, [unknown, first]);
});

test('another org’s call is unknown, whoever signs', async () => {
  const callId = await openedCall();
  const answer = receipt(await postSwitchEvents(relay, otherOrganization, seen(callId)));
  assert.deepEqual([answer.stored, answer.unknownCallIds], [0, [callId]]);
});

test('the older of two keys verifies too', async () => {
  const callId = await openedCall();
  const answer = await postSwitchEvents(relay, organization, seen(callId), { key: 'older-switch-key' });
  assert.equal(receipt(answer).stored, 4);
});

test('signatureInvalid: another key, another org’s key, an org without keys, an unknown org', async () => {
  const callId = await openedCall();
  const now = Math.floor(Date.now() / 1_000);
  signatureInvalid(await postSwitchEvents(relay, organization, seen(callId), { key: 'wrong' }));
  signatureInvalid(
    await postSwitchEvents(relay, organization, seen(callId), { key: 'other-orgs-switch-key' }),
  );
  signatureInvalid(await postSwitchEvents(relay, quietOrganization, seen(callId), { key: '' }));
  const body = JSON.stringify({ orgId: '00D000000000009AAA', witness: 'switch', events: seen(callId) });
  const headers = { [SWITCH_SIGNATURE_HEADER]: switchSignature('newest-switch-key', now, body) };
  signatureInvalid(await relay.post('/v1/switch/events', body, headers));
});

test('signatureInvalid: missing, garbled, of another time, of another body', async () => {
  const callId = await openedCall();
  const now = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({ orgId: ORG_ID, witness: 'switch', events: seen(callId) });
  const good = switchSignature('newest-switch-key', now, body);
  signatureInvalid(await relay.post('/v1/switch/events', body));
  for (const header of [
    '',
    't=1',
    good.slice(0, -1),
    `${good},v1=0`,
    good.toUpperCase(),
    good.replace('t=', 't=0x'),
  ])
    signatureInvalid(await relay.post('/v1/switch/events', body, { [SWITCH_SIGNATURE_HEADER]: header }));
  const otherBody = body.replace('"rep"', '"prospect"');
  signatureInvalid(await relay.post('/v1/switch/events', otherBody, { [SWITCH_SIGNATURE_HEADER]: good }));
  for (const epochSeconds of [now - 400, now + 400])
    signatureInvalid(await postSwitchEvents(relay, organization, seen(callId), { epochSeconds }));
  const rows = await relay.ledger.database.query('select from call_event where call_id = $1', [callId]);
  assert.equal(rows.length, 0);
});

test('a signed report is still checked: witness, fields, conflict', async () => {
  const callId = await openedCall();
  const asSoftphone = await postSwitchEvents(relay, organization, seen(callId), { witness: 'softphone' });
  assert.equal(errorOf(asSoftphone).path, 'witness');
  await postSwitchEvents(relay, organization, seen(callId));
  const conflict = await postSwitchEvents(relay, organization, seen(callId, answeredCall(99_000)));
  assert.equal(conflict.status, 409);
  assert.equal(errorOf(conflict).name, 'eventConflict');
});
