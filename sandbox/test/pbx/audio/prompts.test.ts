import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FRAME_SAMPLES, pcmuEnergy, SAMPLE_RATE_HZ } from '../../../src/pbx/audio/pcmu.ts';
import { talkPrompt, voicemailPrompt } from '../../../src/pbx/audio/prompts.ts';

function frameLevels(codes: Uint8Array): number[] {
  return Array.from({ length: Math.floor(codes.length / FRAME_SAMPLES) }, (_, frame) =>
    Math.sqrt(pcmuEnergy(codes.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES)) / FRAME_SAMPLES),
  );
}

test('a prospect talks in syllables with pauses, as loud as a voice, the same each time', () => {
  const { codes, repeats } = talkPrompt();
  const levels = frameLevels(codes);
  const quietShare = levels.filter((level) => level < 0.005).length / levels.length;
  assert.ok(repeats);
  assert.ok(Math.max(...levels) > 0.05);
  assert.ok(quietShare > 0.1 && quietShare < 0.5, `${quietShare} of it is pauses`);
  assert.deepEqual(talkPrompt().codes, codes);
});

test('a voicemail ends with half a second of 1 kHz and plays once', () => {
  const { codes, repeats } = voicemailPrompt();
  const beep = codes.subarray(codes.length - SAMPLE_RATE_HZ / 2);
  // At 8 kHz a 1 kHz tone repeats every eight samples.
  assert.deepEqual(beep.subarray(8), beep.subarray(0, beep.length - 8));
  assert.ok(Math.sqrt(pcmuEnergy(beep) / beep.length) > 0.1);
  assert.equal(repeats, false);
});
