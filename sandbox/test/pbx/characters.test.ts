import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../until.ts';
import { startSwitch } from './switchUnderTest.ts';

const AUDIBLE_RMS = 0.02;

test('early media: an announcement is heard before the answer', async (t) => {
  const { phone, relay } = await startSwitch(t, { timeScale: 3 });
  const call = (await phone()).dial('+442079460200', { earlyMedia: true });
  const heardEarly = call.answered.then(() => call.media.receivedRms);
  assert.equal((await call.answered).statusCode, 200);
  assert.ok(call.progress.includes(183));
  assert.ok((await heardEarly) > AUDIBLE_RMS, `${await heardEarly}`);
  call.media.forget();
  await call.media.heard(60);
  assert.ok(call.media.receivedRms > AUDIBLE_RMS);
  await call.inviter.bye();
  await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'answered', 'ended']);
});

test('early media: an announcement is heard before the refusal', async (t) => {
  const { phone, relay } = await startSwitch(t, { timeScale: 3 });
  const call = (await phone()).dial('+442079460210', { earlyMedia: true });
  await until(() => call.progress.includes(183));
  const { media } = call;
  assert.equal((await call.answered).statusCode, 404);
  assert.ok(media.receivedRms > AUDIBLE_RMS, `${media.receivedRms}`);
  await relay.received(call.callId, 'ended');
  assert.deepEqual(relay.kindsOf(call.callId), ['dialed', 'ended']);
});

test('an announcement is no obstacle for a phone without early media', async (t) => {
  const { phone } = await startSwitch(t);
  const call = (await phone()).dial('+442079460200');
  assert.equal((await call.answered).statusCode, 200);
  await call.media.heard(5);
});

test('a menu follows the keys, by RTP and by INFO', async (t) => {
  const { phone, view } = await startSwitch(t);
  const call = (await phone()).dial('+442079460220');
  await call.answered;
  await call.media.heard(5);
  const voice = (): string | undefined => view(call.callId).farEnds[0]?.voice;
  assert.equal(voice(), 'menu');
  await call.media.pressKey(1);
  await until(() => voice() === 'firstChoice');
  await call.media.heard(3);
  await call.media.pressKey(10);
  await until(() => voice() === 'menu');
  await call.inviter.info({
    requestOptions: {
      body: {
        contentDisposition: 'render',
        contentType: 'application/dtmf-relay',
        content: 'Signal=2\r\nDuration=160\r\n',
      },
    },
  });
  await until(() => voice() === 'secondChoice');
  assert.equal(view(call.callId).receivedKeys, '1*2');
});

test('one-way sound: the far end hears the rep, the rep hears nothing', async (t) => {
  const { phone, view } = await startSwitch(t);
  const call = (await phone()).dial('+442079460230');
  await call.answered;
  await until(() => (view(call.callId).farEnds[0]?.recentHeardRms ?? 0) > AUDIBLE_RMS);
  await until(() => view(call.callId).sentPackets > 50);
  assert.equal(call.media.receivedPackets, 0);
});

test('a lossy line loses its share of the packets', async (t) => {
  const { phone, view } = await startSwitch(t);
  const call = (await phone()).dial('+442079460244');
  await call.answered;
  await call.media.heard(160);
  const { sentPackets } = view(call.callId);
  const lostShare = 1 - call.media.receivedPackets / sentPackets;
  assert.ok(lostShare > 0.17 && lostShare < 0.25, `${lostShare}`);
});

test('a prospect hands the rep to a colleague', async (t) => {
  const { phone, view } = await startSwitch(t, { timeScale: 0.1 });
  const call = (await phone()).dial('+442079460250');
  await call.answered;
  const voices = new Set<string>();
  await until(() => {
    voices.add(view(call.callId).farEnds[0]?.voice ?? '');
    return voices.has('colleague');
  });
  assert.deepEqual(
    [...voices].filter((voice) => voice !== 'silence'),
    ['talk', 'music', 'colleague'],
  );
});
