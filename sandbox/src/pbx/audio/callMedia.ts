import type { BodyAndContentType, SessionDescriptionHandler } from 'sip.js';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
  type RTCRtpTransceiver,
} from 'werift';
import {
  audioDirection,
  iceUsername,
  offersUsableAudio,
  withoutForeignTelephoneEvents,
} from '../signalling/sessionDescription.ts';
import { createJitterBuffer } from './jitterBuffer.ts';
import { FRAME_SAMPLES } from './pcmu.ts';
import { createSoundMeter, type SoundMeter } from './soundMeter.ts';
import { createKeyReader } from './telephoneEvents.ts';

const SDP = 'application/sdp';
/** The static payload type of PCMU (RFC 3551); any other that arrives here is a telephone event. */
const PCMU_PAYLOAD = 0;
const TELEPHONE_EVENT_PAYLOAD = 126;

/**
 * One phone's sound: a WebRTC peer that speaks PCMU in 20 ms packets, measures what it hears and reads the keys
 * pressed. It is SIP.js's session description handler, so offers and answers pass through it.
 */
export class CallMedia implements SessionDescriptionHandler {
  readonly received: SoundMeter = createSoundMeter();
  /** How many of the packets sent are lost on their way to the phone, 0 to 100, spread evenly. */
  lossPercent = 0;
  onKey: ((key: string) => void) | undefined;
  readonly #peer: RTCPeerConnection;
  readonly #heard = createJitterBuffer();
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #readKey = createKeyReader();
  readonly #heardTracks = new Set<string>();
  #transceiver: RTCRtpTransceiver | undefined;
  #remoteIceUsername: string | undefined;
  #iceRestarts = false;
  #phoneListens = true;
  #frames = 0;
  #sentPackets = 0;
  #lossDue = 0;
  #lastReceivedAtMs: number | undefined;

  constructor() {
    this.#peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv6: false,
      // werift leaves the loopback out; a phone on the same computer may offer nothing else.
      iceAdditionalHostAddresses: ['127.0.0.1'],
      codecs: {
        audio: [
          audioCodec('PCMU', PCMU_PAYLOAD),
          audioCodec('telephone-event', TELEPHONE_EVENT_PAYLOAD, '0-16'),
        ],
      },
    });
    this.#peer.onTrack.subscribe((track) => this.#listenTo(track));
  }

  get sentPackets(): number {
    return this.#sentPackets;
  }

  /** When sound last arrived, in milliseconds of the monotonic clock. */
  get lastReceivedAtMs(): number | undefined {
    return this.#lastReceivedAtMs;
  }

  /** The next 20 ms of what the phone says; undefined when nothing came. */
  takeFrame(): Uint8Array | undefined {
    return this.#heard.take();
  }

  /** Sends 20 ms; nothing is sent before the phone is reached, nor while it holds. */
  send(frame: Uint8Array): void {
    this.#frames += 1;
    if (!this.#phoneListens || this.#peer.connectionState !== 'connected') return;
    const header = new RtpHeader({
      payloadType: PCMU_PAYLOAD,
      sequenceNumber: this.#sentPackets & 0xffff,
      timestamp: (this.#frames * FRAME_SAMPLES) >>> 0,
      marker: this.#sentPackets === 0,
    });
    this.#sentPackets += 1;
    this.#lossDue += this.lossPercent;
    if (this.#lossDue >= 100) this.#lossDue -= 100;
    else this.#track.writeRtp(new RtpPacket(header, Buffer.from(frame)));
  }

  /** @throws when the offer has no sound the switch can answer; what was agreed before stays as it is. */
  async setDescription(sdp: string): Promise<void> {
    if (this.#peer.signalingState === 'have-local-offer') {
      this.#remoteIceUsername = iceUsername(sdp);
      await this.#peer.setRemoteDescription({ type: 'answer', sdp });
      this.#listenAs(sdp);
      return;
    }
    if (!offersUsableAudio(sdp)) throw new Error('No usable audio is offered.');
    const username = iceUsername(sdp);
    this.#iceRestarts = this.#remoteIceUsername !== undefined && this.#remoteIceUsername !== username;
    this.#remoteIceUsername = username;
    // werift compares codecs by name alone, so it would agree to events of another clock, at which keys last longer.
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: withoutForeignTelephoneEvents(sdp) });
    this.#listenAs(sdp);
  }

  async getDescription(): Promise<BodyAndContentType> {
    await this.#attachTrack();
    const answers = this.#peer.signalingState === 'have-remote-offer';
    await this.#peer.setLocalDescription(
      answers ? await this.#peer.createAnswer() : await this.#peer.createOffer(),
    );
    if (this.#iceRestarts) this.#restartIce();
    return { body: this.#peer.localDescription?.sdp ?? '', contentType: SDP };
  }

  hasDescription(contentType: string): boolean {
    return contentType === SDP;
  }

  async rollbackDescription(): Promise<void> {
    if (this.#peer.signalingState === 'have-remote-offer')
      await this.#peer.setRemoteDescription({ type: 'rollback', sdp: '' });
    else if (this.#peer.signalingState === 'have-local-offer')
      await this.#peer.setLocalDescription({ type: 'rollback' });
  }

  /** The switch presses no keys. */
  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    // Its sockets are released whether or not the peer ends in good order.
    this.#peer.close().catch(() => undefined);
  }

  async #attachTrack(): Promise<void> {
    if (this.#transceiver !== undefined) return;
    const offered = this.#peer.getTransceivers()[0];
    this.#transceiver = offered ?? this.#peer.addTransceiver(this.#track, { direction: 'sendrecv' });
    if (offered === undefined) return;
    await offered.sender.replaceTrack(this.#track);
    offered.setDirection('sendrecv');
  }

  /** werift takes new credentials but checks no pair again while DTLS is up, so sound would stop for good. */
  #restartIce(): void {
    this.#iceRestarts = false;
    for (const transport of this.#peer.iceTransports) transport.start().catch(() => undefined);
  }

  #listenTo(track: MediaStreamTrack): void {
    // werift announces the same track again at every re-INVITE.
    if (this.#heardTracks.has(track.uuid)) return;
    this.#heardTracks.add(track.uuid);
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      this.#lastReceivedAtMs = performance.now();
      if (header.payloadType === PCMU_PAYLOAD) {
        this.received.receive(payload);
        this.#heard.put(payload);
        return;
      }
      const key = this.#readKey(payload, header.timestamp);
      if (key !== undefined) this.onKey?.(key);
    });
  }

  #listenAs(sdp: string): void {
    const direction = audioDirection(sdp);
    this.#phoneListens = direction === 'sendrecv' || direction === 'recvonly';
  }
}

function audioCodec(name: string, payloadType: number, parameters?: string): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: `audio/${name}`,
    clockRate: 8_000,
    channels: 1,
    payloadType,
    ...(parameters === undefined ? {} : { parameters }),
  });
}
