import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepPhone } from './repPhone.ts';
import { startSwitch } from './switchUnderTest.ts';

const TALKS = '+13035550101';

test('a held call sends no sound, a resumed one does', async (t) => {
  const { phone: newPhone, relay, view } = await startSwitch(t);
  const call = (await newPhone()).dial(TALKS);
  await call.answered;
  await call.media.heard(10);

  assert.equal(await call.renegotiate({ hold: true }), 200);
  await relay.received(call.callId, 'held');
  const { sentPackets } = view(call.callId);
  assert.equal(view(call.callId).state, 'held');
  await call.media.said(25);
  assert.equal(view(call.callId).sentPackets, sentPackets, 'nothing was sent while it was held');

  assert.equal(await call.renegotiate({ hold: false }), 200);
  await relay.received(call.callId, 'resumed');
  await call.media.heard(10);
  await call.inviter.bye();
  await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered', 'held', 'resumed', 'ended']);
});

test('sound goes on after an ICE restart, which is no hold', async (t) => {
  const { phone: newPhone, relay, view } = await startSwitch(t);
  const call = (await newPhone()).dial(TALKS);
  await call.answered;
  await call.media.heard(10);
  assert.equal(await call.renegotiate({ iceRestart: true }), 200);
  const { receivedPackets } = view(call.callId);
  await call.media.heard(20);
  assert.ok(view(call.callId).receivedPackets > receivedPackets, 'in both directions');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered']);
});

/** Changes what the phone sends, on its way. */
function alterSent({ userAgent }: RepPhone, alter: (message: string) => string): void {
  const { transport } = userAgent;
  const send = transport.send.bind(transport);
  transport.send = (message) => send(alter(message));
}

test('a re-INVITE without usable sound is refused with 488, and the call goes on', async (t) => {
  const { phone: newPhone, relay, view } = await startSwitch(t);
  const phone = await newPhone();
  const call = phone.dial(TALKS);
  await call.answered;
  await call.media.heard(5);
  let refuse = true;
  alterSent(phone, (message) => (refuse ? message.replace('SAVPF 0 126', 'SAVPF 8 126') : message));
  assert.equal(await call.renegotiate({ hold: true }), 488);
  assert.equal(view(call.callId).state, 'talking');
  refuse = false;
  await call.media.heard(5);
  assert.equal(await call.renegotiate({ hold: true }), 200);
  assert.deepEqual(relay.kindsOf(call.callId).slice(0, 3), ['dialed', 'ringing', 'answered']);
  await relay.received(call.callId, 'held');
});

test('an offer that passes for sound but is none ends the call and nothing else', async (t) => {
  const { phone: newPhone, relay } = await startSwitch(t);
  const phone = await newPhone();
  alterSent(phone, (message) => message.replace(/a=fingerprint:sha-256/u, 'a=fingerprint:sha-999'));
  const call = phone.dial(TALKS);
  const { statusCode } = await call.answered;
  if (statusCode === 200) await call.inviter.bye();
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind, 'ended');
  assert.equal((await (await newPhone()).dial('+13035550150').answered).statusCode, 486);
});

test('a BYE that overtakes the answer to a re-INVITE ends the call', async (t) => {
  const { phone: newPhone, relay } = await startSwitch(t);
  const phone = await newPhone();
  const call = phone.dial(TALKS);
  await call.answered;
  await call.media.heard(5);
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  alterSent(phone, (message) => {
    if (message.startsWith('INVITE')) resolve();
    return message;
  });
  void call.renegotiate({ iceRestart: true });
  await sent;
  await call.inviter.bye();
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && ended.endedBy, 'rep');
});
