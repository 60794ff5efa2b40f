import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallMedia } from '../../../src/pbx/audio/callMedia.ts';

/** As Chromium writes it, but for the candidates. */
const CHROMIUM_OFFER = [
  'v=0',
  'o=- 5183470613105562432 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS 0d1f6a8e',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:Vh2o',
  'a=ice-pwd:q0kVhWm5TzN1yJ8sC3xRbE7d',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'A1').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=msid:0d1f6a8e 5b7c9e2d',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:1834901234 cname:k3J9xQ',
  '',
].join('\r\n');

test('telephone-event/48000 is never agreed beside PCMU/8000, where each key lasts a second', async (t) => {
  const media = new CallMedia();
  t.after(() => media.close());
  // The second offer is a re-INVITE, as for a hold.
  for (const offer of [CHROMIUM_OFFER, CHROMIUM_OFFER.replace('a=sendrecv', 'a=sendonly')]) {
    await media.setDescription(offer);
    const { body } = await media.getDescription();
    assert.match(body, /^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 126\r$/mu);
    assert.deepEqual(body.match(/^a=rtpmap:.*/gmu), [
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:126 telephone-event/8000',
    ]);
  }
});
