import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ErrorName, NetworkEvent } from '@scoreline/contract';
import type { SwitchEventsResponse } from '@scoreline/contract/wire';
import { findCalls, hashNumber, type CallDetail } from '../../src/calls/index.ts';
import type { Configuration } from '../../src/config.ts';
import {
  endedEvent,
  inboundCall,
  measuredEvent,
  missedCall,
  newCallId,
  outcomeEvent,
  voicemailEvent,
} from '../callEvents.ts';
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
import {
  errorOf,
  makeRules,
  postSwitchEvents,
  signIn,
  startTestRelay,
  type Answer,
  type TestRelay,
} from '../testRelay.ts';

const CALLER = '+13035550142';
const organization = makeOrganization(ORG_ID, ORIGIN, ['switch-key-of-the-test']);
const otherOrganization = makeOrganization(OTHER_ORG_ID, OTHER_ORIGIN, ['other-orgs-switch-key']);
const logLines: string[] = [];
let database: TestDatabase;
let configuration: Configuration;
let relay: TestRelay;
let rep: Record<string, string>;
let otherRep: Record<string, string>;

before(async () => {
  database = await startTestDatabase();
  configuration = makeConfiguration(database.url, [organization, otherOrganization]);
  relay = await startTestRelay(configuration, makeRules(), { logLines });
  rep = await signIn(relay, organization, REP_ID);
  otherRep = await signIn(relay, organization, OTHER_REP_ID);
});
after(async () => {
  await relay.stop();
  await database.stop();
});

type Inbound = { numberE164?: string };
const byPhone = (callId: string, events: NetworkEvent[], inbound?: Inbound, headers = rep): Promise<Answer> =>
  relay.post(`/v1/calls/${callId}/events`, { events, ...(inbound && { inbound }) }, headers);
async function bySwitch(
  callId: string,
  events: NetworkEvent[],
  inbound?: Inbound,
  userId = REP_ID,
): Promise<SwitchEventsResponse> {
  const report = events.map((event) => ({ callId, userId, event, inbound }));
  const answer = await postSwitchEvents(relay, organization, report);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as SwitchEventsResponse;
}
const stored = (answer: Answer): void => assert.equal(answer.status, 200, JSON.stringify(answer.body));
const refused = (answer: Answer, status: number, name: ErrorName): void =>
  assert.deepEqual([errorOf(answer).name, answer.status], [name, status]);
async function callOf(callId: string): Promise<CallDetail> {
  const [call] = await findCalls(relay.ledger.database, ORG_ID, [callId]);
  assert.ok(call);
  return call;
}

for (const first of ['phone', 'switch'] as const)
  test(`a call that came in is opened by whichever witness reports first: the ${first}`, async () => {
    const callId = newCallId();
    const inbound = { numberE164: CALLER };
    const phone = async () => stored(await byPhone(callId, inboundCall(66_000), inbound));
    const network = async () =>
      assert.equal((await bySwitch(callId, inboundCall(65_000), inbound)).stored, 4);
    if (first === 'phone') await phone();
    await network();
    if (first === 'switch') await phone();
    const call = await callOf(callId);
    assert.deepEqual(
      [call.direction, call.purpose, call.userId, call.numberE164, call.recordId],
      ['inbound', 'prospect', REP_ID, CALLER, null],
    );
    assert.deepEqual([call.evidence, call.talkSeconds, call.isMissed], ['verified', 65, false]);
    stored(await byPhone(callId, inboundCall(66_000), inbound));
    assert.equal((await callOf(callId)).version, call.version);
    stored(await relay.post(`/v1/calls/${callId}/outcome`, outcomeEvent(5, 80_000), rep));
    assert.equal((await callOf(callId)).outcome, 'meeting');
  });

test('both witnesses at once, many times, make one call and lose nothing', async () => {
  const callId = newCallId();
  const inbound = { numberE164: CALLER };
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      await Promise.all([
        byPhone(callId, inboundCall(66_000), inbound).then(stored),
        bySwitch(callId, inboundCall(65_000), inbound),
      ]);
    }),
  );
  const call = await callOf(callId);
  assert.deepEqual([call.evidence, call.talkSeconds, call.version], ['verified', 65, 2]);
});

test('reports of the same new calls in opposite orders do not wait for each other', async () => {
  const callIds = Array.from({ length: 30 }, newCallId);
  const report = (ids: readonly string[], index: number) =>
    postSwitchEvents(
      relay,
      organization,
      ids.flatMap((callId) =>
        inboundCall(1_000)
          .slice(0, 3)
          .map((event) => ({ callId, userId: index % 2 ? REP_ID : OTHER_REP_ID, event, inbound: {} })),
      ),
    );
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_none, index) =>
      report(index % 4 < 2 ? callIds : callIds.toReversed(), Math.floor(index / 4)),
    ),
  );
  for (const answer of answers) stored(answer);
  const known = await findCalls(relay.ledger.database, ORG_ID, callIds);
  assert.equal(known.length, callIds.length);
});

test('a withheld number is none: nothing stands for it', async () => {
  const callId = newCallId();
  stored(await byPhone(callId, inboundCall(20_000), {}));
  await bySwitch(callId, inboundCall(20_000), {});
  const call = await callOf(callId);
  assert.deepEqual([call.numberE164, call.direction, call.evidence], ['', 'inbound', 'verified']);
  const [row] = await relay.ledger.database.query<{ numberHash: string | null }>(
    'select number_hash as "numberHash" from call where call_id = $1',
    [callId],
  );
  assert.equal(row?.numberHash, null);
});

test('a number that one witness was not told is entered when the other tells it', async () => {
  const callId = newCallId();
  stored(await byPhone(callId, inboundCall(20_000).slice(0, 2), {}));
  await bySwitch(callId, inboundCall(20_000), { numberE164: CALLER });
  stored(await byPhone(callId, inboundCall(20_000).slice(2), {}));
  assert.equal((await callOf(callId)).numberE164, CALLER);
});

test('the number lies in the erasable table alone, elsewhere its keyed hash', async () => {
  const callId = newCallId();
  stored(await byPhone(callId, missedCall(), { numberE164: CALLER }));
  const [row] = await relay.ledger.database.query<{ found: boolean; numberHash: string }>(
    `select (to_jsonb(call_event)::text || to_jsonb(call)::text) like '%3035550142%' as found,
       call.number_hash as "numberHash"
     from call_event join call using (org_id, call_id) where call_id = $1`,
    [callId],
  );
  assert.deepEqual(row, {
    found: false,
    numberHash: hashNumber(configuration.personalDataKey, ORG_ID, CALLER),
  });
  await relay.ledger.database.query('delete from call_personal where call_id = $1', [callId]);
  await bySwitch(callId, missedCall(), { numberE164: CALLER });
  assert.deepEqual([(await callOf(callId)).numberE164, (await callOf(callId)).evidence], ['', 'verified']);
  assert.doesNotMatch(logLines.join('\n'), /303555/u);
});

test('callIdReused: another number, another rep, a call that was placed, another org', async () => {
  const callId = newCallId();
  const events = inboundCall(1_000);
  stored(await byPhone(callId, events.slice(0, 2), { numberE164: CALLER }));
  refused(await byPhone(callId, events, { numberE164: '+13035550143' }), 409, 'callIdReused');
  refused(await byPhone(callId, events, { numberE164: CALLER }, otherRep), 409, 'callIdReused');
  const wish = { callId, number: CALLER };
  refused(await relay.post('/v1/calls', wish, rep), 409, 'callIdReused');
  const placedId = newCallId();
  await relay.post('/v1/calls', { callId: placedId, number: CALLER }, rep);
  refused(await byPhone(placedId, events, { numberE164: CALLER }), 409, 'callIdReused');
  const foreigner = await signIn(relay, otherOrganization, REP_ID);
  refused(await byPhone(callId, events, { numberE164: CALLER }, foreigner), 409, 'callIdReused');
  const rows = await relay.ledger.database.query('select from call_event where call_id = any($1::uuid[])', [
    [callId, placedId],
  ]);
  assert.equal(rows.length, 2);
});

test('a switch’s claim of another number or rep is unknown, and holds up no other call', async () => {
  const callId = newCallId();
  const events = inboundCall(1_000);
  await bySwitch(callId, events.slice(0, 2), { numberE164: CALLER });
  const other = newCallId();
  const report = [
    { callId, userId: REP_ID, event: events[2], inbound: { numberE164: '+13035550143' } },
    { callId: other, userId: REP_ID, event: events[0], inbound: {} },
    { callId, userId: OTHER_REP_ID, event: events[2], inbound: { numberE164: CALLER } },
  ].flatMap(({ event, ...rest }) => (event === undefined ? [] : [{ ...rest, event }]));
  const answer = await postSwitchEvents(relay, organization, report);
  stored(answer);
  assert.deepEqual(answer.body, { stored: 1, duplicates: 0, unknownCallIds: [callId] });
});

test('without a word of coming in, an unknown call stays unknown', async () => {
  const callId = newCallId();
  refused(await byPhone(callId, inboundCall(1_000)), 404, 'callNotFound');
  assert.deepEqual((await bySwitch(callId, inboundCall(1_000))).unknownCallIds, [callId]);
  assert.deepEqual(await findCalls(relay.ledger.database, ORG_ID, [callId]), []);
});

test('missed: nobody answered, the rep did not refuse it, and no other phone took it', async () => {
  const missed = async (events: NetworkEvent[]): Promise<boolean> => {
    const callId = newCallId();
    await bySwitch(callId, events, { numberE164: CALLER });
    return (await callOf(callId)).isMissed;
  };
  const rang = missedCall().slice(0, 2);
  assert.equal(await missed(rang), false);
  assert.equal(await missed(missedCall()), true);
  assert.equal(await missed([...rang, endedEvent(3, 9_000, 'cancelled')]), true);
  assert.equal(await missed([...rang, endedEvent(3, 9_000, 'declined')]), false);
  assert.equal(await missed([...rang, endedEvent(3, 9_000, 'completed')]), false);
  assert.equal(await missed(inboundCall(1_000)), false);
  const refusedWithMessage = [...rang, endedEvent(3, 9_000, 'declined'), voicemailEvent(4, 30_000, 12)];
  assert.equal(await missed(refusedWithMessage), true);
});

test('message and measurements come late and amend the same call', async () => {
  const missedId = newCallId();
  await bySwitch(missedId, missedCall(), { numberE164: CALLER });
  await bySwitch(missedId, [voicemailEvent(4, 50_000, 17)], { numberE164: CALLER });
  assert.equal((await callOf(missedId)).voicemailSeconds, 17);
  const callId = newCallId();
  const figures = { mos: 4.2, rttMs: 70, jitterMs: 4, lossPercent: 0.5, talkRatio: 0.4, deadAirSeconds: 6 };
  stored(await byPhone(callId, inboundCall(65_000), { numberE164: CALLER }));
  stored(await byPhone(callId, [measuredEvent(9, 71_000, figures)], { numberE164: CALLER }));
  stored(await byPhone(callId, [measuredEvent(9, 71_000, figures)]));
  const call = await callOf(callId);
  assert.deepEqual([call.measured, call.talkSeconds, call.version], [figures, 65, 2]);
});
