import { randomBytes } from 'node:crypto';
import { type RemoteInfo, type Socket, createSocket } from 'node:dgram';
import {
  FRAME_MS,
  FRAME_SAMPLES,
  SAMPLE_RATE_HZ,
  encodePcmu,
  pcmuEnergy,
} from '../../../sandbox/src/pbx/audio/pcmu.ts';
import { eventually } from '../../faults/support/eventually.ts';

const RTP_HEADER_BYTES = 12;
const PCMU_PAYLOAD_TYPE = 0;
const TONE_HZ = 440;
/** 0.6 s of sound: Chromium's own microphone beeps for 20 ms twice a second. */
const HEARD_PACKETS = 30;

/**
 * A far end's sound as it is on the wire: plain RTP with PCMU. It says a tone of 440 Hz to whoever speaks to it, without
 * a pause, and knows how loud what it is sent is. baresip 1.0 writes down nothing more once it was held: it then takes its
 * recorder off and never puts it back.
 */
export class RtpEar {
  readonly port: number;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #ssrc = randomBytes(4);
  #meanSquares: number[] = [];
  #peer: RemoteInfo | undefined;
  #sent = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet, peer) => this.#hear(packet, peer));
    this.#timer = setInterval(() => this.#say(), FRAME_MS);
  }

  static async open(address: string): Promise<RtpEar> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, address, resolve));
    return new RtpEar(socket);
  }

  /** How loud the next 0.6 s of what arrives are, RMS from 0 to 1; 0 when nothing arrives for 2 s. */
  async heardRms(): Promise<number> {
    this.#meanSquares = [];
    return await eventually(
      'sound arrives',
      () =>
        this.#meanSquares.length >= HEARD_PACKETS &&
        Math.sqrt(this.#meanSquares.reduce((sum, square) => sum + square) / this.#meanSquares.length),
      2_000,
    ).catch(() => 0);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #hear(packet: Buffer, peer: RemoteInfo): void {
    this.#peer = peer;
    if (((packet[1] ?? 0) & 0x7f) !== PCMU_PAYLOAD_TYPE) return;
    const sound = packet.subarray(RTP_HEADER_BYTES);
    this.#meanSquares.push(pcmuEnergy(sound) / sound.length);
  }

  #say(): void {
    if (this.#peer === undefined) return;
    const first = this.#sent * FRAME_SAMPLES;
    const header = Buffer.alloc(RTP_HEADER_BYTES);
    header.writeUInt8(0x80, 0);
    header.writeUInt8(PCMU_PAYLOAD_TYPE, 1);
    header.writeUInt16BE(this.#sent & 0xffff, 2);
    header.writeUInt32BE(first, 4);
    this.#ssrc.copy(header, 8);
    const tone = Buffer.from(
      Array.from({ length: FRAME_SAMPLES }, (_none, index) =>
        encodePcmu(10_000 * Math.sin((2 * Math.PI * TONE_HZ * (first + index)) / SAMPLE_RATE_HZ)),
      ),
    );
    this.#sent += 1;
    this.#socket.send(Buffer.concat([header, tone]), this.#peer.port, this.#peer.address);
  }
}
