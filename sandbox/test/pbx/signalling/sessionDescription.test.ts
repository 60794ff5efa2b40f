import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audioDirection,
  iceUsername,
  offersUsableAudio,
} from '../../../src/pbx/signalling/sessionDescription.ts';

const lines = (...attributes: string[]): string =>
  ['v=0', 's=-', 'a=sendonly', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0 126', ...attributes, ''].join('\r\n');
const usable = lines('a=ice-ufrag:abcd', 'a=ice-pwd:x', 'a=fingerprint:sha-256 AA', 'a=recvonly');

test('the direction is that of the audio section', () => {
  assert.equal(audioDirection(usable), 'recvonly');
  assert.equal(audioDirection(lines()), 'sendrecv');
  assert.equal(audioDirection(lines('a=inactive')), 'inactive');
  assert.equal(audioDirection(`${lines('a=inactive')}m=video 9 X 1\r\na=sendonly\r\n`), 'inactive');
});

test('usable is PCMU over DTLS-SRTP with ICE', () => {
  assert.equal(iceUsername(usable), 'abcd');
  assert.ok(offersUsableAudio(usable));
  assert.ok(!offersUsableAudio(usable.replace('111 0 126', '111 8')));
  assert.ok(!offersUsableAudio(usable.replace('audio 9', 'audio 0')));
  assert.ok(!offersUsableAudio(usable.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')));
  assert.ok(!offersUsableAudio(usable.replace('a=fingerprint', 'a=other')));
  assert.ok(!offersUsableAudio(''));
});
