import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audioDirection,
  iceUsername,
  offersUsableAudio,
  withoutForeignTelephoneEvents,
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

test('telephone events of another clock than 8 kHz are left out, with all that is said of them', () => {
  const kept = ['a=rtpmap:0 PCMU/8000', 'a=rtpmap:126 telephone-event/8000', 'a=fmtp:126 0-16'];
  const offer = lines(...kept, 'a=rtpmap:110 telephone-event/48000', 'a=fmtp:110 0-16', 'a=rtcp-fb:110 nack');
  const withForeign = offer.replace(
    'audio 9 UDP/TLS/RTP/SAVPF 111 0 126',
    'audio 110 RTP/SAVPF 111 0 110 126',
  );
  assert.equal(
    withoutForeignTelephoneEvents(withForeign),
    lines(...kept).replace('audio 9 UDP/TLS/RTP/SAVPF', 'audio 110 RTP/SAVPF'),
  );
  assert.equal(
    withoutForeignTelephoneEvents(withForeign.replaceAll('\r\n', '\n')),
    withoutForeignTelephoneEvents(withForeign).replaceAll('\r\n', '\n'),
  );
});

test('a description without foreign telephone events stays as written', () => {
  for (const sdp of ['', usable, lines('a=rtpmap:126 telephone-event/8000', 'a=fmtp:126 0-16')])
    assert.equal(withoutForeignTelephoneEvents(sdp), sdp);
});

test('a payload type means something else in another section', () => {
  const video = 'm=video 9 UDP/TLS/RTP/SAVPF 110\r\na=rtpmap:110 VP8/90000\r\na=rtcp-fb:110 nack\r\n';
  const sdp = lines('a=rtpmap:110 telephone-event/48000') + video;
  assert.equal(withoutForeignTelephoneEvents(sdp), lines() + video);
});
