import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callIdSchema } from '@scoreline/contract/wire';
import { type InboundRequest, inboundRequestSchema } from '../../src/pbx/callers.ts';
import type { RelayReceiver } from './relayReceiver.ts';
import { DOMAIN, MAYA, TOMAS } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

const CALLER = '+442079460103';
const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"';

const caller = (request: object = {}): InboundRequest =>
  inboundRequestSchema.parse({ userId: MAYA, from: CALLER, ...request });

async function endOf(relay: RelayReceiver, callId: string): Promise<string> {
  const ended = await relay.received(callId, 'ended');
  return ended.kind === 'ended' ? `${ended.endedBy} ${ended.cause} ${ended.sipStatus ?? ''}`.trim() : '';
}

test('a caller rings the phone, both hear each other, and the ledger can open the call by any event', async (t) => {
  const { localSwitch, phone, relay, view } = await startSwitch(t, { timeScale: 1 });
  const rep = await phone();
  const next = rep.nextCall();
  const callId = localSwitch.callIn(caller());
  const call = await next;
  assert.ok(callIdSchema.safeParse(callId).success);
  assert.equal(call.callId, callId);
  assert.equal(call.invitation.remoteIdentity.uri.toString(), `sip:${CALLER}@${DOMAIN}`);
  await relay.received(callId, 'ringing');

  await call.invitation.accept();
  await call.media.heard(60);
  assert.ok(call.media.receivedRms > 0.02, 'the rep hears the caller');
  const { direction, farEnds, state } = view(callId);
  assert.deepEqual([direction, state], ['inbound', 'talking']);
  const heard = farEnds[0]?.recentHeardRms ?? 0;
  assert.ok(heard > 0.1, `the caller hears the rep (${heard})`);

  assert.equal(await call.renegotiate({ hold: true }), 200);
  assert.equal(await call.renegotiate({ hold: false }), 200);
  await call.invitation.bye();
  assert.equal(await endOf(relay, callId), 'rep completed');
  assert.deepEqual(relay.kindsOf(callId), ['offered', 'ringing', 'answered', 'held', 'resumed', 'ended']);
  for (const { inbound, userId } of relay.events) {
    assert.deepEqual(inbound, { numberE164: CALLER });
    assert.equal(userId, MAYA);
  }
});

test('a caller who withholds the number is anonymous', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn(caller({ from: undefined }));
  const call = await next;
  assert.equal(call.invitation.remoteIdentity.uri.toString(), `sip:anonymous@${DOMAIN}`);
  await call.invitation.reject({ statusCode: 603 });
  assert.equal(await endOf(relay, callId), 'rep declined 603');
  assert.deepEqual(relay.events.at(0)?.inbound, {});
});

test('a missed-call notice in every tab: the phones that did not answer learn that another did', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const phones = [await phone(), await phone()];
  const rings = phones.map((each) => each.nextCall());
  const callId = localSwitch.callIn(caller());
  const [first, second] = await Promise.all(rings);
  assert.ok(first && second);
  await second.invitation.accept();
  await first.ended;
  assert.equal(first.reason, ELSEWHERE);
  await second.media.heard(5);
  await second.invitation.bye();
  assert.equal(await endOf(relay, callId), 'rep completed');
});

test('a call that one phone rejects rings nowhere else and is no missed call', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const phones = [await phone(), await phone()];
  const rings = phones.map((each) => each.nextCall());
  const callId = localSwitch.callIn(caller());
  const [first, second] = await Promise.all(rings);
  assert.ok(first && second);
  await first.invitation.reject({ statusCode: 603 });
  await second.ended;
  assert.equal(second.reason, ELSEWHERE);
  assert.equal(await endOf(relay, callId), 'rep declined 603');
});

test('a caller who gives up while it rings is missed', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn(caller({ behaviour: { kind: 'givesUp', afterSeconds: 0.2 } }));
  const call = await next;
  await call.ended;
  assert.equal(call.reason, undefined);
  assert.equal(await endOf(relay, callId), 'prospect cancelled 487');
  assert.deepEqual(relay.kindsOf(callId), ['offered', 'ringing', 'ended']);
});

test('a caller hangs up after their time', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn(caller({ behaviour: { kind: 'hangsUp', afterSeconds: 0.3 } }));
  const call = await next;
  await call.invitation.accept();
  await call.ended;
  assert.equal(await endOf(relay, callId), 'prospect completed');
});

test('nobody answers within the time: the phones stop ringing', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn(caller({ ringSeconds: 0.5 }));
  const call = await next;
  await call.ended;
  assert.equal(call.reason, undefined);
  assert.equal(await endOf(relay, callId), 'prospect noAnswer');
});

test('a rep whose phone is not registered, or busy, does not ring', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const absent = localSwitch.callIn(caller({ userId: TOMAS }));
  assert.equal(await endOf(relay, absent), 'prospect noAnswer');
  assert.deepEqual(relay.kindsOf(absent), ['offered', 'ended']);
  const next = (await phone()).nextCall();
  const busy = localSwitch.callIn(caller());
  await (await next).invitation.reject({ statusCode: 486 });
  assert.equal(await endOf(relay, busy), 'prospect noAnswer');
});

test('a phone that registers while it rings rings too', async (t) => {
  const { connect, localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn(caller());
  await next;
  const late = await connect();
  const lateCall = late.nextCall();
  await late.register();
  const call = await lateCall;
  assert.equal(call.callId, callId);
  await call.invitation.accept();
  await call.media.heard(5);
  await call.invitation.bye();
  assert.equal(await endOf(relay, callId), 'rep completed');
});

test('two callers at once ring side by side, and either can be talked to', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t, { timeScale: 1 });
  const rep = await phone();
  const firstRing = rep.nextCall();
  localSwitch.callIn(caller());
  const first = await firstRing;
  const secondRing = rep.nextCall();
  localSwitch.callIn(caller({ from: '+13035550142' }));
  const second = await secondRing;
  await first.invitation.accept();
  await second.invitation.accept();
  await first.media.heard(5);
  await second.media.heard(5);
  await first.invitation.bye();
  await second.invitation.bye();
  assert.equal(await endOf(relay, first.callId), 'rep completed');
  assert.equal(await endOf(relay, second.callId), 'rep completed');
});
