import type { BodyAndContentType, SessionDescriptionHandler, SessionDescriptionHandlerOptions } from 'sip.js';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { decodePcmu, encodePcmu } from '../../src/pbx/audio/pcmu.ts';

export interface PhoneMediaOptions extends SessionDescriptionHandlerOptions {
  readonly hold?: boolean;
  readonly iceRestart?: boolean;
}

const FRAME_SAMPLES = 160;
const FRAME_MS = 20;
const TELEPHONE_EVENT_PAYLOAD = 126;

/** The rep's microphone and loudspeaker: a WebRTC peer that sends a 440 Hz tone and measures what it hears. */
export class PhoneMedia implements SessionDescriptionHandler {
  readonly peer = new RTCPeerConnection({
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, channels: 1, payloadType: 0 }),
        new RTCRtpCodecParameters({
          mimeType: 'audio/telephone-event',
          clockRate: 8_000,
          channels: 1,
          payloadType: TELEPHONE_EVENT_PAYLOAD,
          parameters: '0-16',
        }),
      ],
    },
  });
  receivedPackets = 0;
  #energy = 0;
  #samples = 0;
  #sentPackets = 0;
  readonly #track = new MediaStreamTrack({ kind: 'audio' });
  readonly #transceiver = this.peer.addTransceiver(this.#track, { direction: 'sendrecv' });
  readonly #listeners = new Set<() => void>();
  readonly #timer = setInterval(() => this.#sendTone(), FRAME_MS);
  #restarts = false;

  constructor() {
    const heard = new Set<string>();
    this.peer.onTrack.subscribe((track) => {
      if (heard.has(track.uuid)) return;
      heard.add(track.uuid);
      track.onReceiveRtp.subscribe(({ payload }) => this.#receive(payload));
    });
  }

  get receivedRms(): number {
    return this.#samples === 0 ? 0 : Math.sqrt(this.#energy / this.#samples);
  }

  /** Measures from here on. */
  forget(): void {
    this.#energy = 0;
    this.#samples = 0;
  }

  /** Resolves once this many more packets were heard. */
  async heard(packets: number): Promise<void> {
    const enough = this.receivedPackets + packets;
    await this.#until(() => this.receivedPackets >= enough);
  }

  /** Resolves once this many more packets were sent. */
  async said(packets: number): Promise<void> {
    const enough = this.#sentPackets + packets;
    await this.#until(() => this.#sentPackets >= enough);
  }

  async #until(isSo: () => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const listener = (): void => {
        if (!isSo()) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  /** Presses a key as RFC 4733 has it: three packets while it is down, three that end it. */
  async pressKey(code: number): Promise<void> {
    const timestamp = (this.#sentPackets * FRAME_SAMPLES) >>> 0;
    for (let packet = 1; packet <= 6; packet += 1) {
      const duration = Math.min(packet, 4) * FRAME_SAMPLES;
      const payload = Buffer.from([code, (packet > 3 ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
      const header = new RtpHeader({
        payloadType: TELEPHONE_EVENT_PAYLOAD,
        sequenceNumber: (this.#sentPackets + packet) & 0xffff,
        timestamp,
        ssrc: this.#transceiver.sender.ssrc,
        marker: packet === 1,
      });
      await this.#transceiver.sender.dtlsTransport.sendRtp(payload, header);
    }
    this.#sentPackets += 6;
  }

  async getDescription(options: PhoneMediaOptions = {}): Promise<BodyAndContentType> {
    this.#transceiver.setDirection(options.hold === true ? 'sendonly' : 'sendrecv');
    this.#restarts = options.iceRestart === true;
    const answers = this.peer.signalingState === 'have-remote-offer';
    await this.peer.setLocalDescription(
      answers ? await this.peer.createAnswer() : await this.peer.createOffer({ iceRestart: this.#restarts }),
    );
    return { body: this.peer.localDescription?.sdp ?? '', contentType: 'application/sdp' };
  }

  async setDescription(sdp: string): Promise<void> {
    const type = this.peer.signalingState === 'have-local-offer' ? 'answer' : 'offer';
    await this.peer.setRemoteDescription({ type, sdp });
    // werift itself does not check the pairs again while DTLS is up.
    if (this.#restarts) await Promise.all(this.peer.iceTransports.map((transport) => transport.start()));
  }

  hasDescription(contentType: string): boolean {
    return contentType === 'application/sdp';
  }

  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    clearInterval(this.#timer);
    void this.peer.close();
  }

  #sendTone(): void {
    const first = this.#sentPackets * FRAME_SAMPLES;
    const payload = Buffer.from(
      Uint8Array.from({ length: FRAME_SAMPLES }, (_, index) =>
        encodePcmu(8_000 * Math.sin((2 * Math.PI * 440 * (first + index)) / 8_000)),
      ),
    );
    const header = new RtpHeader({
      payloadType: 0,
      sequenceNumber: this.#sentPackets & 0xffff,
      timestamp: first >>> 0,
    });
    this.#sentPackets += 1;
    this.#track.writeRtp(new RtpPacket(header, payload));
    for (const listener of this.#listeners) listener();
  }

  #receive(payload: Uint8Array): void {
    this.receivedPackets += 1;
    for (const code of payload) this.#energy += (decodePcmu(code) / 32_768) ** 2;
    this.#samples += payload.length;
    for (const listener of this.#listeners) listener();
  }
}
