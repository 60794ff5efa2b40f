import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { voicemailClaimText } from '@scoreline/contract';
import { inboundRequestSchema } from '../../src/pbx/callers.ts';
import { inSeconds, MAYA, newCallId, PERMIT_SECRET } from './repPhone.ts';
import { startSwitch, type SwitchUnderTest } from './switchUnderTest.ts';

const WAV_HEADER_BYTES = 44;
const SAMPLES_A_SECOND = 8_000;

function messageUrl({ localSwitch }: SwitchUnderTest, callId: string, expires = inSeconds(60)): string {
  const mac = createHmac('sha256', PERMIT_SECRET)
    .update(voicemailClaimText(callId, expires))
    .digest('base64url');
  return `http://127.0.0.1:${localSwitch.port}/voicemails/${callId}?expires=${expires}&mac=${mac}`;
}

const caller = inboundRequestSchema.parse({
  userId: MAYA,
  from: '+442079460103',
  behaviour: { kind: 'voicemail', messageSeconds: 1 },
});

test('a caller whom nobody answers leaves a message that the relay can have played', async (t) => {
  const underTest = await startSwitch(t);
  const { localSwitch, phone, relay, view } = underTest;
  const next = (await phone()).nextCall();
  const callId = localSwitch.callIn({ ...caller, ringSeconds: 0.5 });
  await (
    await next
  ).ended;
  const left = await relay.received(callId, 'voicemail');
  assert.equal(left.kind === 'voicemail' && left.seconds, 1);
  const ended = await relay.received(callId, 'ended');
  assert.equal(ended.kind === 'ended' && `${ended.endedBy} ${ended.cause}`, 'prospect noAnswer');
  assert.deepEqual(relay.kindsOf(callId), ['offered', 'ringing', 'voicemail', 'ended']);
  assert.equal(view(callId).voicemailSeconds, 1);

  const response = await fetch(messageUrl(underTest, callId));
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^audio\/(?:x-|vnd\.)?wave?$/u);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  const wav = Buffer.from(await response.arrayBuffer());
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
  assert.equal(wav.length, WAV_HEADER_BYTES + 2 * SAMPLES_A_SECOND);
  let energy = 0;
  for (let at = WAV_HEADER_BYTES; at < wav.length; at += 2) energy += (wav.readInt16LE(at) / 32_768) ** 2;
  const rms = Math.sqrt(energy / SAMPLES_A_SECOND);
  assert.ok(rms > 0.02, `the caller is heard on it (${rms})`);

  const part = await fetch(messageUrl(underTest, callId), { headers: { range: 'bytes=44-143' } });
  assert.equal(part.status, 206);
  assert.equal((await part.arrayBuffer()).byteLength, 100);
});

test('a rep who is not registered: the voicemail answers at once', async (t) => {
  const { localSwitch, relay } = await startSwitch(t, { timeScale: 1 });
  const callId = localSwitch.callIn(caller);
  await relay.received(callId, 'ended');
  assert.deepEqual(relay.kindsOf(callId), ['offered', 'voicemail', 'ended']);
});

test('a message is played to nobody without a current signature for it', async (t) => {
  const underTest = await startSwitch(t);
  const { localSwitch, relay } = underTest;
  const callId = localSwitch.callIn(caller);
  await relay.received(callId, 'voicemail');
  const good = messageUrl(underTest, callId);
  const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
  assert.equal(await statusOf(good.replace(/mac=./u, 'mac=')), 403);
  assert.equal(await statusOf(good.replace(/&mac=.*/u, '')), 403);
  assert.equal(await statusOf(good.replace(/expires=\d+/u, `expires=${inSeconds(600)}`)), 403);
  assert.equal(await statusOf(messageUrl(underTest, callId, inSeconds(-1))), 403);
  assert.equal(await statusOf(messageUrl(underTest, '..%2Fsecrets')), 403);
  assert.equal(await statusOf(messageUrl(underTest, newCallId())), 404);
  assert.equal(await statusOf(good), 200);
});

test('a hundred messages are kept, the newest', async (t) => {
  const { localSwitch, relay, voicemailDirectory } = await startSwitch(t);
  await mkdir(voicemailDirectory, { recursive: true });
  const old = Array.from({ length: 105 }, (_, index) => `00000000-${String(1_000 + index)}.wav`);
  await Promise.all(old.map((name) => writeFile(join(voicemailDirectory, name), '')));
  const callId = localSwitch.callIn(caller);
  await relay.received(callId, 'voicemail');
  const kept = (await readdir(voicemailDirectory)).sort();
  assert.equal(kept.length, 100);
  assert.equal(kept.at(-1), `${callId}.wav`);
  assert.equal(kept.at(0), old.at(6));
});
