import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePcmu, PCMU_SILENCE } from '../../../src/pbx/audio/pcmu.ts';
import { createSoundMeter } from '../../../src/pbx/audio/soundMeter.ts';

const loud = new Uint8Array(160).fill(encodePcmu(16_384));
const silent = new Uint8Array(160).fill(PCMU_SILENCE);

test('the level of the whole call and of the last second', () => {
  const meter = createSoundMeter();
  assert.equal(meter.rms, 0);
  for (let packet = 0; packet < 50; packet += 1) meter.receive(loud);
  assert.ok(Math.abs(meter.rms - 0.5) < 0.02);
  for (let packet = 0; packet < 50; packet += 1) meter.receive(silent);
  assert.equal(meter.packets, 100);
  assert.ok(Math.abs(meter.rms - 0.5 * Math.SQRT1_2) < 0.02);
  assert.equal(meter.recentRms, 0);
});
