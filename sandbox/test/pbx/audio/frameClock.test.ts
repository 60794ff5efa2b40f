import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFrameClock } from '../../../src/pbx/audio/frameClock.ts';

test('a clock gives a frame every 20 ms and none after the listener left', async () => {
  const clock = createFrameClock();
  const startedAtMs = performance.now();
  let frames = 0;
  await new Promise<void>((resolve) => {
    const stop = clock.onFrame(() => {
      frames += 1;
      if (frames < 25) return;
      stop();
      resolve();
    });
  });
  const elapsedMs = performance.now() - startedAtMs;
  assert.ok(elapsedMs >= 24 * 20 - 1, `25 frames took ${elapsedMs} ms`);
  assert.equal(frames, 25);
});

test('two listeners hear the same beat', async () => {
  const clock = createFrameClock();
  const heard = [0, 0];
  await new Promise<void>((resolve) => {
    const stops = heard.map((_, index) =>
      clock.onFrame(() => {
        heard[index] = (heard[index] ?? 0) + 1;
        if (index === 0 || heard[1] !== 10) return;
        stops.forEach((stop) => stop());
        resolve();
      }),
    );
  });
  assert.deepEqual(heard, [10, 10]);
});
