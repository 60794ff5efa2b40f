import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../until.ts';
import { startSwitch } from './switchUnderTest.ts';

const TALKS = '+13035550101';
const HANGS_UP = '+13035550185';
const VOICEMAIL = '+13035550190';

test('the rep and a prospect hear each other until the rep hangs up', async (t) => {
  const { phone: newPhone, relay, view } = await startSwitch(t);
  const phone = await newPhone();
  const call = phone.dial(TALKS);
  await call.ringing;
  assert.equal((await call.answered).statusCode, 200);
  await relay.received(call.callId, 'answered');

  await call.media.heard(60);
  assert.ok(call.media.receivedRms > 0.02, `the rep hears the prospect (${call.media.receivedRms})`);
  // The prospect gets sound.
  await until(() => view(call.callId).receivedPackets > 20);
  const talking = view(call.callId);
  assert.equal(talking.state, 'talking');
  // A sine of amplitude 8,000 of 32,768.
  assert.ok(
    Math.abs(talking.receivedRms - 0.1726) < 0.01,
    `and hears the rep's tone (${talking.receivedRms})`,
  );

  await call.inviter.bye();
  const ended = await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered', 'ended']);
  assert.deepEqual(
    relay.events.map(({ event }) => event.sequence),
    [1, 2, 3, 4],
  );
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'rep completed');
  assert.ok(ended.elapsedMs >= 1_000, 'it lasted the 60 packets of 20 ms');
  assert.equal(view(call.callId).state, 'ended');
});

test('a prospect who hangs up ends the call with BYE', async (t) => {
  const { phone: newPhone, relay } = await startSwitch(t, { timeScale: 0.1 });
  const call = (await newPhone()).dial(HANGS_UP);
  assert.equal((await call.answered).statusCode, 200);
  await call.ended;
  const ended = await relay.received(call.callId, 'ended');
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'prospect completed');
});

for (const [numberE164, statusCode, rings, end] of [
  ['+13035550150', 486, false, 'network busy'],
  ['+442079460060', 480, true, 'network noAnswer'],
  ['+13035550165', 408, true, 'network noAnswer'],
  ['+493023125070', 603, true, 'prospect declined'],
  ['+13035550180', 404, false, 'network unallocated'],
] as const)
  test(`a call to a number that ends in ${numberE164.slice(-2)} is refused with ${statusCode}`, async (t) => {
    const { phone: newPhone, relay } = await startSwitch(t);
    const call = (await newPhone()).dial(numberE164);
    assert.equal((await call.answered).statusCode, statusCode);
    const ended = await relay.received(call.callId, 'ended');
    assert.ok(ended.kind === 'ended');
    assert.equal(`${ended.endedBy} ${ended.cause}`, end);
    assert.equal(ended.sipStatus, statusCode);
    assert.equal(call.progress.includes(180), rings);
    assert.deepEqual(relay.kindsOf(call.callId), ['dialed', ...(rings ? ['ringing'] : []), 'ended']);
  });

test('a call cancelled while it rings ends with 487', async (t) => {
  const { phone: newPhone, relay } = await startSwitch(t, { timeScale: 1 });
  const call = (await newPhone()).dial(TALKS);
  await call.ringing;
  await call.inviter.cancel();
  assert.equal((await call.answered).statusCode, 487);
  const ended = await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'ended']);
  assert.ok(ended.kind === 'ended');
  assert.equal(`${ended.endedBy} ${ended.cause} ${ended.sipStatus}`, 'rep cancelled 487');
});

test('the keys a rep presses are read', async (t) => {
  const { phone: newPhone, view } = await startSwitch(t);
  const call = (await newPhone()).dial(VOICEMAIL);
  await call.answered;
  await call.media.heard(5);
  for (const code of [1, 10, 11]) {
    await call.media.pressKey(code);
    await call.media.heard(3);
  }
  assert.equal(view(call.callId).receivedKeys, '1*#');
});

test('INFO within a call is accepted', async (t) => {
  const { phone: newPhone } = await startSwitch(t);
  const call = (await newPhone()).dial(TALKS);
  await call.answered;
  await call.media.heard(2);
  const accepted = Promise.withResolvers<number | undefined>();
  await call.inviter.info({
    requestDelegate: {
      onAccept: ({ message }) => accepted.resolve(message.statusCode),
      onReject: ({ message }) => accepted.resolve(message.statusCode),
    },
  });
  assert.equal(await accepted.promise, 200);
});

test('closing the switch ends its calls with BYE and reports their end', async (t) => {
  const { localSwitch, phone: newPhone, relay } = await startSwitch(t);
  const phone = await newPhone();
  const call = phone.dial(TALKS);
  await call.answered;
  await call.media.heard(2);
  await phone.unregister();
  await localSwitch.close();
  await call.ended;
  assert.equal(localSwitch.unsentEvents, 0);
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ringing', 'answered', 'ended']);
});
