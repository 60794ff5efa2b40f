import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createVoiceActivity, FRAME_MS } from '../../src/domain/voiceActivity.ts';
import type { Interval, Side } from '../support/frames.ts';
import { framesOf, meanSquareOf } from '../support/frames.ts';

function decide(meanSquares: readonly number[]): boolean[] {
  const voice = createVoiceActivity();
  return [...meanSquares.flatMap((meanSquare) => voice.hear(meanSquare)), ...voice.finish()];
}

function speechSeconds(decided: readonly boolean[], from = 0, to = Infinity): number {
  const part = decided.slice((from * 1_000) / FRAME_MS, (to * 1_000) / FRAME_MS);
  return (part.filter(Boolean).length * FRAME_MS) / 1_000;
}

const TALK: readonly Interval[] = [
  [1, 4],
  [4.6, 7],
  [9, 15.5],
  [16.1, 19],
];
const TALK_SECONDS = 14.8;

const ROOMS: readonly (readonly [string, Omit<Side, 'speech'>])[] = [
  ['a quiet room', { noiseDb: -75 }],
  ['an office', { noiseDb: -52 }],
  ['a loud hall', { noiseDb: -42, speechDb: -18 }],
  ['a soft voice', { noiseDb: -68, speechDb: -38 }],
  ['a voice that nearly clips', { noiseDb: -60, speechDb: -6 }],
];

for (const [room, side] of ROOMS)
  test(`speech in ${room} is found within 5 %`, () => {
    const found = speechSeconds(decide(framesOf(20, { ...side, speech: TALK })));
    assert.ok(Math.abs(found - TALK_SECONDS) / TALK_SECONDS < 0.05, `${found} s of ${TALK_SECONDS} s`);
  });

test('silence and steady noise are no speech', () => {
  assert.equal(speechSeconds(decide(framesOf(30, { speech: [], noiseDb: -100 }))), 0);
  assert.equal(speechSeconds(decide(framesOf(30, { speech: [], noiseDb: -56 }))), 0);
  assert.equal(speechSeconds(decide(Array.from({ length: 500 }, () => 0))), 0);
});

test('a fan that is switched on is taken for a voice for some seconds only', () => {
  const fan = [...framesOf(10, { speech: [], noiseDb: -70 }), ...framesOf(30, { speech: [], noiseDb: -45 })];
  assert.ok(speechSeconds(decide(fan)) < 8);
  assert.equal(speechSeconds(decide(fan), 20, 40), 0);
});

test('clicks and knocks are no speech', () => {
  const frames = framesOf(20, { speech: [], noiseDb: -65 });
  for (let at = 25; at < frames.length; at += 50) frames[at] = frames[at + 1] = meanSquareOf(-10);
  assert.equal(speechSeconds(decide(frames)), 0);
});

test('a stop within a word is speech, a pause is none and counts from its beginning', () => {
  const stop = decide(
    framesOf(4, {
      speech: [
        [1, 2],
        [2.15, 3],
      ],
    }),
  );
  assert.ok(Math.abs(speechSeconds(stop) - 2) < 0.15, String(speechSeconds(stop)));
  const pause = decide(
    framesOf(4, {
      speech: [
        [1, 2],
        [2.5, 3],
      ],
    }),
  );
  assert.ok(Math.abs(speechSeconds(pause) - 1.5) < 0.15, String(speechSeconds(pause)));
});

test('a voice without a pause for a minute does not become its own noise', () => {
  const found = speechSeconds(decide(framesOf(62, { speech: [[1, 61]] })));
  assert.ok(Math.abs(found - 60) < 1.5, String(found));
});

test('every frame is decided once, whatever is heard', () => {
  const level = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(level, { maxLength: 400 }), (meanSquares) => {
      assert.equal(decide(meanSquares).length, meanSquares.length);
    }),
  );
});
