import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { inboundRequestSchema } from '../../src/pbx/callers.ts';
import { until } from '../until.ts';
import { startFaultProxy } from './faultProxy.ts';
import { inSeconds, MAYA, newCallId, type PhoneCall, type RepPhone, TOMAS } from './repPhone.ts';
import { startSwitch, type SwitchUnderTest } from './switchUnderTest.ts';

const TALKS = '+13035550101';
const AUDIBLE_RMS = 0.02;
/** The rep's tone is 0.17; the hold tone is softer. */
const TONE_RMS = 0.1;

/** A phone whose page can be thrown away in mid-call: socket and sound gone at once, no farewell. */
async function pageOf(t: TestContext, { localSwitch, phone }: SwitchUnderTest) {
  const proxy = await startFaultProxy(localSwitch.port);
  t.after(() => proxy.close());
  const rep = await phone({ url: `ws://127.0.0.1:${proxy.port}` });
  return {
    rep,
    throwAway(...calls: readonly PhoneCall[]): void {
      calls.forEach(({ media }) => media.close());
      proxy.cut();
    },
  };
}

async function rejoin(phone: RepPhone, callId: string, destination = TALKS): Promise<PhoneCall> {
  const call = phone.dial(destination, { callId, permitExpiry: inSeconds(59) });
  assert.equal((await call.answered).statusCode, 200);
  return call;
}

test('reload kills the call (Browser-Phone#267), or leaves it running unseen (twilio-voice.js#118)', async (t) => {
  const underTest = await startSwitch(t);
  const { phone, relay, view } = underTest;
  const page = await pageOf(t, underTest);
  const before = page.rep.dial(TALKS);
  await before.answered;
  await before.media.heard(5);
  const { callId } = before;
  page.throwAway(before);
  await until(() => view(callId).isPhoneGone);
  await until(() => {
    const heard = view(callId).farEnds[0]?.recentHeardRms ?? 0;
    return heard > 0 && heard < TONE_RMS;
  });
  assert.equal(view(callId).state, 'talking');

  const after = await rejoin(await phone(), callId);
  await after.media.heard(60);
  assert.ok(after.media.receivedRms > AUDIBLE_RMS, 'the rep hears the prospect again');
  await until(() => (view(callId).farEnds[0]?.recentHeardRms ?? 0) > TONE_RMS);
  assert.deepEqual([view(callId).rejoins, view(callId).isPhoneGone], [1, false]);

  await after.inviter.bye();
  await relay.received(callId, 'ended');
  assert.deepEqual(relay.kindsOf(callId), ['dialed', 'ringing', 'answered', 'ended']);
  assert.deepEqual(
    relay.events.filter((entry) => entry.callId === callId).map(({ event }) => event.sequence),
    [1, 2, 3, 4],
  );
});

test('another tab takes the call over: the first is let go, the far end notices nothing', async (t) => {
  const { phone, relay, view } = await startSwitch(t);
  const first = (await phone()).dial(TALKS);
  await first.answered;
  await first.media.heard(5);
  const second = await rejoin(await phone(), first.callId);
  await first.ended;
  await second.media.heard(5);
  assert.equal(view(first.callId).state, 'talking');
  await second.inviter.bye();
  await relay.received(first.callId, 'ended');
  assert.deepEqual(relay.kindsOf(first.callId), ['dialed', 'ringing', 'answered', 'ended']);
});

test('a held call that is rejoined without a hold is resumed', async (t) => {
  const { phone, relay } = await startSwitch(t);
  const first = (await phone()).dial(TALKS);
  await first.answered;
  await first.media.heard(5);
  assert.equal(await first.renegotiate({ hold: true }), 200);
  await rejoin(await phone(), first.callId);
  await relay.received(first.callId, 'resumed');
});

test('a call that came in, its number withheld, is rejoined as anonymous', async (t) => {
  const { localSwitch, phone, view } = await startSwitch(t, { timeScale: 1 });
  const rep = await phone();
  const next = rep.nextCall();
  const callId = localSwitch.callIn(inboundRequestSchema.parse({ userId: MAYA }));
  const call = await next;
  await call.invitation.accept();
  await call.media.heard(5);
  const again = await rejoin(rep, callId, 'anonymous');
  await again.media.heard(5);
  assert.equal(view(callId).rejoins, 1);
});

test('a call whose page is reloaded while it rings is answered at the new page', async (t) => {
  const underTest = await startSwitch(t, { timeScale: 1 });
  const page = await pageOf(t, underTest);
  const before = page.rep.dial('+13035550195');
  await before.ringing;
  page.throwAway();
  const phone = await underTest.phone();
  const after = await rejoin(phone, before.callId, '+13035550195');
  await after.media.heard(5);
  await after.inviter.bye();
  await underTest.relay.received(before.callId, 'ended');
  assert.deepEqual(underTest.relay.kindsOf(before.callId), ['dialed', 'ringing', 'answered', 'ended']);
});

test('a call that is over is rejoined by nobody', async (t) => {
  const { phone } = await startSwitch(t);
  const rep = await phone();
  const call = rep.dial(TALKS);
  await call.answered;
  await call.media.heard(2);
  await call.inviter.bye();
  const late = rep.dial(TALKS, { callId: call.callId, permitExpiry: inSeconds(59) });
  assert.equal((await late.answered).statusCode, 481);
});

test('a rejoin without a right permit, of another number or another user is refused', async (t) => {
  const { phone, view } = await startSwitch(t);
  const rep = await phone();
  const { answered, callId, media } = await (async () => {
    const call = rep.dial(TALKS);
    await call.answered;
    return call;
  })();
  await answered;
  await media.heard(2);
  const refused = { statusCode: 403, error: 'permitInvalid' };
  assert.deepEqual(await rep.dial(TALKS, { callId, permitExpiry: inSeconds(-1) }).answered, refused);
  assert.deepEqual(await rep.dial('+13035550102', { callId }).answered, refused);
  const tomas = await phone({ userId: TOMAS });
  assert.deepEqual(await tomas.dial(TALKS, { callId }).answered, refused);
  assert.deepEqual([view(callId).state, view(callId).rejoins], ['talking', 0]);
});

test('the echo sends the sound back, needs no permit and is in no ledger', async (t) => {
  const { localSwitch, phone, relay } = await startSwitch(t);
  const call = (await phone()).dial('echo', { permit: null });
  assert.equal((await call.answered).statusCode, 200);
  await call.media.heard(25);
  call.media.forget();
  await call.media.heard(100);
  assert.ok(Math.abs(call.media.receivedRms - 0.1726) < 0.02, `${call.media.receivedRms}`);
  await call.inviter.bye();
  assert.deepEqual(localSwitch.calls(), []);
  assert.equal(relay.requests, 0);
});

test('an echo by a phone that is not registered, or without a call id, is refused', async (t) => {
  const { connect, phone } = await startSwitch(t);
  assert.equal((await (await connect()).dial('echo', { permit: null }).answered).statusCode, 403);
  const call = (await phone()).dial('echo', { permit: null, callId: newCallId().replaceAll('-', '') });
  assert.equal((await call.answered).statusCode, 400);
});
