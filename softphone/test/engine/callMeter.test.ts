import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineReading } from '../../src/domain/lineQuality.ts';
import { framesOf, interleaved } from '../support/frames.ts';
import { callIdOf } from '../support/samples.ts';
import { dialAndAnswer, PROSPECT_ENDS, startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 20_000 };

function reading(seconds: number): LineReading {
  return {
    atMs: seconds * 1_000,
    packetsReceived: seconds * 50,
    packetsLost: 0,
    jitterMs: 3,
    rttMs: 60,
    bufferedSeconds: 0,
    bufferedSamples: 0,
    energy: seconds,
  };
}

/** Lets what was asked of the line be answered. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test(
  'a call in which both talk shows its quality, and leaves its figures behind once',
  LIMIT,
  async (context) => {
    const started = await startPhone(context);
    const { phone, clock, audio, relay } = started;
    const call = await dialAndAnswer(started);
    for (let second = 0; second <= 10; second += 1) {
      call.reading = reading(second);
      clock.advance(1_000);
      await settle();
    }
    const speech = interleaved(framesOf(20, { speech: [[0, 15]] }), framesOf(20, { speech: [[15, 20]] }));
    audio.talk?.(Float32Array.from(speech));
    assert.equal(phone.snapshot.call?.quality?.rttMs, 60);
    assert.deepEqual(phone.snapshot.call?.quality?.warnings, []);

    const stored = relay.whenAnswered(`/v1/calls/${call.order.callId}/events`);
    call.report(PROSPECT_ENDS);
    await stored;
    assert.equal(audio.talk, undefined);
    const measured = relay.received
      .flatMap(({ body }) => (body as { events?: { kind: string }[] } | undefined)?.events ?? [])
      .filter(({ kind }) => kind === 'measured');
    assert.equal(measured.length, 1);
    const [figures] = measured as unknown as Record<string, number>[];
    assert.partialDeepStrictEqual(figures, {
      kind: 'measured',
      rttMs: 60,
      jitterMs: 3,
      lossPercent: 0,
      talkRatio: 0.75,
      longestMonologueSeconds: 15,
      deadAirSeconds: 0,
      crosstalkSeconds: 0,
    });
    assert.ok((figures?.['mos'] ?? 0) > 4.3);
  },
);

test('what is heard and counted while the call is held is left out', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { phone, clock, audio } = started;
  const call = await dialAndAnswer(started);
  const talk = interleaved(framesOf(10, { speech: [[0, 10]] }), framesOf(10, { speech: [] }));
  audio.talk?.(Float32Array.from(talk));
  phone.setHeld(true);
  call.report({ kind: 'held' });
  audio.talk?.(
    Float32Array.from(interleaved(framesOf(30, { speech: [] }), framesOf(30, { speech: [[0, 30]] }))),
  );
  clock.advance(5_000);
  await settle();
  assert.equal(phone.snapshot.call?.quality, undefined);
  phone.setHeld(false);
  call.report({ kind: 'resumed' });
  audio.talk?.(Float32Array.from(talk));
  call.report(PROSPECT_ENDS);
  await started.until(({ unsent }) => unsent === 0);
  const measured = started.relay.received
    .flatMap(({ body }) => (body as { events?: { kind: string }[] } | undefined)?.events ?? [])
    .find(({ kind }) => kind === 'measured');
  assert.equal((measured as { talkRatio?: number } | undefined)?.talkRatio, 1);
  assert.equal((measured as { deadAirSeconds?: number } | undefined)?.deadAirSeconds, 0);
});

test('a call of which nothing could be measured leaves no figures', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { clock, relay } = started;
  const call = await dialAndAnswer(started);
  call.report(PROSPECT_ENDS);
  await started.phone.saveOutcome({ outcome: 'meeting', note: '' });
  clock.advance(1);
  assert.deepEqual(
    relay.storedKinds(call.order.callId).filter((kind) => kind === 'measured'),
    [],
  );
});

test('a call that comes in rings, beside another one it only knocks', LIMIT, async (context) => {
  const started = await startPhone(context);
  const { gateway, audio, until } = started;
  await until(({ phoneState }) => phoneState === 'ready');
  const first = gateway.offer(callIdOf(1), '+13035550100');
  assert.equal(audio.tone, 'ringing');
  first?.report({ kind: 'ended', cause: 'noAnswer', endedBy: 'prospect' });
  assert.equal(audio.tone, undefined);
  await dialAndAnswer(started);
  gateway.offer(callIdOf(2), '+13035550101');
  assert.equal(audio.tone, 'waiting');
});
