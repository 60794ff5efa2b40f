import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startFaultProxy } from './faultProxy.ts';
import type { PhoneCall, RepPhone } from './repPhone.ts';
import { startSwitch, type SwitchUnderTest } from './switchUnderTest.ts';

const TALKS = '+13035550101';

interface CallThroughProxy extends SwitchUnderTest {
  readonly proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  readonly rep: RepPhone;
  readonly call: PhoneCall;
}

/** A call that is up, over a connection that can be cut. */
async function startCall(t: TestContext): Promise<CallThroughProxy> {
  const underTest = await startSwitch(t);
  const proxy = await startFaultProxy(underTest.localSwitch.port);
  const rep = await underTest.phone({ url: `ws://127.0.0.1:${proxy.port}` });
  const call = rep.dial(TALKS);
  await call.answered;
  await call.media.heard(5);
  t.after(() => proxy.close());
  return { ...underTest, proxy, rep, call };
}

function disconnected({ userAgent }: RepPhone): Promise<void> {
  return new Promise((resolve) => {
    userAgent.delegate = { onDisconnect: () => resolve() };
  });
}

for (const fault of ['cut', 'strand'] as const)
  test(`a call survives a connection that is ${fault === 'cut' ? 'cut' : 'lost without the switch noticing'}`, async (t) => {
    const { call, proxy, relay, rep, view } = await startCall(t);
    const gone = disconnected(rep);
    proxy[fault]();
    await gone;
    await call.media.heard(5);

    await rep.userAgent.reconnect();
    assert.equal((await rep.register()).statusCode, 200);
    assert.equal(await call.renegotiate({ iceRestart: true }), 200);
    await call.media.heard(10);
    assert.equal(view(call.callId).state, 'talking');

    await call.inviter.bye();
    const ended = await relay.received(call.callId, 'ended');
    assert.equal(ended.kind === 'ended' && ended.endedBy, 'rep');
    assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered', 'ended']);
  });

test('a call survives two lost connections, and the far end can still hang up', async (t) => {
  const { call, localSwitch, proxy, rep } = await startCall(t);
  for (let time = 0; time < 2; time += 1) {
    const gone = disconnected(rep);
    proxy.cut();
    await gone;
    await rep.userAgent.reconnect();
    assert.equal((await rep.register()).statusCode, 200);
    assert.equal(await call.renegotiate({ hold: time === 0 }), 200);
  }
  await rep.unregister();
  await localSwitch.close();
  await call.ended;
});

test('a new call can be placed beside one that moved', async (t) => {
  const { call, proxy, relay, rep } = await startCall(t);
  const gone = disconnected(rep);
  proxy.cut();
  await gone;
  await rep.userAgent.reconnect();
  assert.equal((await rep.register()).statusCode, 200);
  const second = rep.dial('+13035550150');
  assert.equal((await second.answered).statusCode, 486);
  await call.inviter.bye();
  await relay.received(call.callId, 'ended');
});

test('a phone that is gone is given up after twenty seconds', async (t) => {
  const { call, proxy, relay, rep } = await startCall(t);
  await rep.unregister();
  proxy.cut();
  call.media.close();
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'network failed');
  assert.ok(ended.elapsedMs > 20_000 && ended.elapsedMs < 28_000, `${ended.elapsedMs}`);
});
