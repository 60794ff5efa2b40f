import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreflightResult } from '@scoreline/contract';
import type { LineReading } from '../../src/domain/lineQuality.ts';
import type { PlacedCall } from '../support/memoryGateway.ts';
import { startRelayServer } from '../support/relayServer.ts';
import { dialRequest } from '../support/samples.ts';
import type { StartedPhone } from '../support/startedPhone.ts';
import { startPhone } from '../support/startedPhone.ts';

const LIMIT = { timeout: 20_000 };
const REFUSED = { kind: 'ended', cause: 'failed', endedBy: 'network' } as const;

/** A ready phone whose microphone hears something. */
async function readyPhone(...parts: Parameters<typeof startPhone>): Promise<StartedPhone> {
  const started = await startPhone(...parts);
  started.audio.level = 0.3;
  await started.until(({ phoneState }) => phoneState === 'ready');
  return started;
}

/** The echo call, once it is placed. Lets time pass meanwhile, because the checks before it wait for some. */
async function echoCall({ gateway, clock }: StartedPhone): Promise<PlacedCall> {
  for (;;) {
    const call = gateway.placed.at(-1);
    if (call !== undefined) return call;
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets time pass until the check has ended. */
async function resultsOf({ phone, clock }: StartedPhone): Promise<readonly PreflightResult[]> {
  for (;;) {
    const results = phone.snapshot.preflight ?? [];
    if (results.length === 5 && results.every(({ result }) => result !== 'running')) return results;
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function reading(seconds: number, lost = 0): LineReading {
  return {
    atMs: seconds * 1_000,
    packetsReceived: seconds * 50,
    packetsLost: seconds * lost,
    jitterMs: 3,
    rttMs: 60,
    bufferedSeconds: 0,
    bufferedSamples: 0,
    energy: seconds,
  };
}

/** Counts on an answered echo call at every look, a second each. */
function countOn(call: PlacedCall, lost = 0): void {
  let seconds = 0;
  Object.defineProperty(call, 'reading', { get: () => reading((seconds += 1), lost) });
}

function summaryOf(results: readonly PreflightResult[]): string[] {
  return results.map(
    ({ check, result, error }) => `${check} ${result}${error === undefined ? '' : ` ${error}`}`,
  );
}

test('preflight passes one check after the other and estimates the MOS', LIMIT, async (context) => {
  const started = await readyPhone(context);
  const seen: string[] = [];
  started.phone.subscribe(({ preflight = [] }) => {
    const last = preflight.at(-1);
    if (last !== undefined) seen.push(`${last.check} ${last.result}`);
  });
  started.phone.runPreflight();
  const call = await echoCall(started);
  assert.equal(call.order.numberE164, 'echo');
  assert.equal(call.order.permit, undefined);
  countOn(call);
  call.report({ kind: 'answered' });
  const results = await resultsOf(started);
  assert.deepEqual(summaryOf(results), [
    'microphone passed',
    'socket passed',
    'turn skipped',
    'codec passed',
    'mos passed',
  ]);
  assert.ok((results[4]?.mos ?? 0) > 4.2);
  assert.deepEqual(call.asked, ['hangUp']);
  assert.ok(seen.indexOf('microphone running') < seen.indexOf('microphone passed'));
  assert.ok(seen.indexOf('microphone passed') < seen.indexOf('socket running'));
  while (started.audio.isOpen) await new Promise((resolve) => setImmediate(resolve));
});

test('preflight: a blocked microphone leaves nothing to measure', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.audio.refusal = 'microphoneBlocked';
  started.phone.runPreflight();
  const results = summaryOf(await resultsOf(started));
  assert.equal(results[0], 'microphone failed microphoneBlocked');
  assert.equal(results[4], 'mos skipped');
  assert.equal(started.gateway.placed.length, 0);
  // What the check found stands in the way of every call, until the rep has mended it and checks again.
  const { phoneState, error } = await started.until((phone) => phone.phoneState === 'notReady');
  assert.deepEqual([phoneState, error], ['notReady', 'microphoneBlocked']);
  started.audio.refusal = undefined;
  started.phone.checkAgain();
  await started.until((phone) => phone.phoneState === 'ready');
});

test('preflight: a muted microphone is heard to be silent', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.audio.level = 0;
  started.phone.runPreflight();
  assert.equal(summaryOf(await resultsOf(started))[0], 'microphone failed microphoneSilent');
});

test('preflight: without a connection the check says why there is none', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.gateway.refusal = 'registrationRefused';
  started.gateway.lose('switchUnreachable');
  started.phone.runPreflight();
  const results = summaryOf(await resultsOf(started));
  assert.equal(results[1], 'socket failed registrationRefused');
  assert.deepEqual([results[2], results[4]], ['turn skipped', 'mos skipped']);
});

test(
  'preflight: a media server that lends no address fails, one that does passes',
  LIMIT,
  async (context) => {
    const relay = await startRelayServer();
    context.after(() => relay.close());
    relay.iceServers = [{ urls: ['turn:turn.example'], username: 'u', credential: 'c' }];
    const started = await readyPhone(context, { relay });
    for (const hasTurn of [false, true]) {
      started.media.hasTurn = hasTurn;
      started.audio.refusal = 'microphoneMissing';
      started.phone.runPreflight();
      const results = summaryOf(await resultsOf(started));
      assert.equal(results[2], hasTurn ? 'turn passed' : 'turn failed turnUnreachable');
    }
  },
);

test('preflight: without a common sound format there is no line to measure', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.media.hasCodec = false;
  started.phone.runPreflight();
  const results = summaryOf(await resultsOf(started));
  assert.deepEqual(results.slice(3), ['codec failed codecMissing', 'mos skipped']);
});

for (const [status, error] of [
  [488, 'codecMissing'],
  [503, 'echoRefused'],
] as const)
  test(`preflight: an echo refused with ${status} is ${error}`, LIMIT, async (context) => {
    const started = await readyPhone(context);
    started.phone.runPreflight();
    (await echoCall(started)).report({ ...REFUSED, sipStatus: status });
    assert.equal(summaryOf(await resultsOf(started))[4], `mos failed ${error}`);
  });

test('preflight: a lossy line is too poor, and says how poor', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.phone.runPreflight();
  const call = await echoCall(started);
  countOn(call, 10);
  call.report({ kind: 'answered' });
  const results = await resultsOf(started);
  assert.equal(summaryOf(results)[4], 'mos failed linePoor');
  assert.ok((results[4]?.mos ?? 5) < 3.5);
});

test('a call that starts meanwhile ends the check and has the microphone', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.phone.runPreflight();
  const echo = await echoCall(started);
  echo.report({ kind: 'answered' });
  assert.equal(started.phone.dial(dialRequest('meanwhile')), 'dialing');
  await started.until(({ preflight }) => preflight?.at(-1)?.result === 'skipped');
  await started.until(({ call }) => call?.state === 'permitted');
  assert.deepEqual(echo.asked, ['hangUp']);
  assert.equal(started.audio.isOpen, true);
});

test('the echo test connects, runs, and ends when the rep says so', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.phone.setEchoTest(true);
  assert.equal(started.phone.snapshot.echoTest, 'connecting');
  const call = await echoCall(started);
  call.report({ kind: 'answered' });
  await started.until(({ echoTest }) => echoTest === 'running');
  assert.equal(call.isTransmitting, true);
  assert.equal(started.audio.isTransmitting, true);
  started.phone.setEchoTest(false);
  await started.until(({ echoTest }) => echoTest === undefined);
  assert.deepEqual(call.asked, ['hangUp']);
  while (started.audio.isOpen) await new Promise((resolve) => setImmediate(resolve));
});

test('an echo test that ends at the switch, or is refused, is over', LIMIT, async (context) => {
  const started = await readyPhone(context);
  started.phone.setEchoTest(true);
  const call = await echoCall(started);
  call.report({ kind: 'answered' });
  await started.until(({ echoTest }) => echoTest === 'running');
  call.report({ ...REFUSED, cause: 'completed' });
  await started.until(({ echoTest, echoTestError }) => echoTest === undefined && echoTestError === undefined);

  started.phone.setEchoTest(true);
  const refused = await new Promise<PlacedCall>((resolve) => {
    const look = (): void => {
      const second = started.gateway.placed[1];
      if (second === undefined) setImmediate(look);
      else resolve(second);
    };
    look();
  });
  refused.report({ ...REFUSED, sipStatus: 404 });
  await started.until(({ echoTestError }) => echoTestError === 'echoRefused');
});
