import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createFrameClock } from '../../../src/pbx/audio/frameClock.ts';
import { decodePcmu, encodePcmu, FRAME_SAMPLES, PCMU_SILENCE } from '../../../src/pbx/audio/pcmu.ts';
import { createRoom, mixMinus, type Participant } from '../../../src/pbx/audio/room.ts';

const level = (sample: number): Uint8Array => new Uint8Array(FRAME_SAMPLES).fill(encodePcmu(sample));

test('nobody hears themselves: each hears the sum of the others', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -8_000, max: 8_000 }), { minLength: 1, maxLength: 4 }), (said) => {
      const heard = mixMinus(said.map(level));
      said.forEach((_, self) => {
        const others = said.filter((__, index) => index !== self).reduce((sum, sample) => sum + sample, 0);
        const error = Math.abs(decodePcmu(heard[self]?.[0] ?? 0) - others);
        assert.ok(error <= said.length * (Math.max(...said.map(Math.abs), Math.abs(others)) / 32 + 8));
      });
    }),
  );
});

test('one voice passes unchanged, and silence where nobody speaks', () => {
  const voice = level(5_000);
  assert.deepEqual(mixMinus([voice, undefined, undefined]), [
    new Uint8Array(FRAME_SAMPLES).fill(PCMU_SILENCE),
    voice,
    voice,
  ]);
});

test('who has left is neither heard nor told', async () => {
  const room = createRoom(createFrameClock());
  const said = (sample: number): Participant & { heard: number[] } => ({
    heard: [],
    speak: () => level(sample),
    hear(frame) {
      this.heard.push(Math.round(decodePcmu(frame[0] ?? 0) / 1_000));
    },
  });
  const [first, second, third] = [said(1_000), said(2_000), said(4_000)];
  const all = [first, second, third];
  all.forEach(room.enter);
  const heardTwice = (participant: { heard: number[] }): Promise<void> =>
    new Promise((resolve) => {
      const seen = participant.heard.length;
      const timer = setInterval(() => {
        if (participant.heard.length < seen + 2) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
  await heardTwice(first);
  assert.deepEqual([first.heard.at(-1), second.heard.at(-1), third.heard.at(-1)], [6, 5, 3]);
  room.leave(third);
  const told = third.heard.length;
  await heardTwice(first);
  assert.deepEqual([first.heard.at(-1), second.heard.at(-1)], [2, 1]);
  assert.equal(third.heard.length, told);
  all.forEach(room.leave);
});
