import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodePcmu, encodePcmu, PCMU_SILENCE, pcmuEnergy } from '../../../src/pbx/audio/pcmu.ts';

test('a sample comes back within the step of its segment', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_635, max: 32_635 }), (sample) => {
      const error = Math.abs(decodePcmu(encodePcmu(sample)) - sample);
      // G.711 has 16 steps in each segment, the segments double in size.
      assert.ok(error <= Math.max(4, (Math.abs(sample) + 132) / 32), `${sample} is off by ${error}`);
    }),
  );
});

test('every code is its own decoding, but for the two zeros', () => {
  for (let code = 0; code < 256; code += 1)
    if (code !== 0x7f) assert.equal(encodePcmu(decodePcmu(code)), code);
});

test('codes of ITU-T G.711, table 2a', () => {
  assert.equal(encodePcmu(0), 0xff);
  assert.equal(encodePcmu(32_635), 0x80);
  assert.equal(encodePcmu(-32_635), 0x00);
  assert.equal(decodePcmu(0x80), 32_124);
});

test('silence has no energy', () => {
  assert.equal(pcmuEnergy(new Uint8Array(160).fill(PCMU_SILENCE)), 0);
});
