import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingOf } from '../../src/sip/lineStats.ts';

const INBOUND = {
  type: 'inbound-rtp',
  packetsReceived: 500,
  packetsLost: 3,
  jitter: 0.004,
  jitterBufferDelay: 3_200,
  jitterBufferEmittedCount: 80_000,
  totalAudioEnergy: 0.25,
};

test('seconds become milliseconds, and the round trip is that of the sound’s own reports', () => {
  const reports = [
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.1 },
    INBOUND,
    { type: 'remote-inbound-rtp', roundTripTime: 0.04 },
  ];
  assert.deepEqual(readingOf(reports, 7_000), {
    atMs: 7_000,
    packetsReceived: 500,
    packetsLost: 3,
    jitterMs: 4,
    rttMs: 40,
    bufferedSeconds: 3_200,
    bufferedSamples: 80_000,
    energy: 0.25,
  });
});

test('without such a report it is that of the pair of addresses in use', () => {
  const reports = [
    { type: 'candidate-pair', nominated: false, currentRoundTripTime: 0.5 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.1 },
    { type: 'remote-inbound-rtp' },
  ];
  assert.equal(readingOf(reports, 0).rttMs, 100);
});

test('a connection on which nothing came yet has counted nothing', () => {
  assert.deepEqual(readingOf([], 1), {
    atMs: 1,
    packetsReceived: 0,
    packetsLost: 0,
    jitterMs: 0,
    bufferedSeconds: 0,
    bufferedSamples: 0,
    energy: 0,
  });
});
