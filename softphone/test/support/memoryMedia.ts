import type { AudioStreams } from '../../src/ports/audioDevices.ts';

type Handler = ((event: unknown) => void) | undefined;

/** Digits sent as telephone events; `isNegotiated` false is a call whose sound cannot carry them. */
export const tones = { sent: '', isNegotiated: true };

class MemoryStream {
  readonly tracks: object[];
  constructor(tracks: object[] = []) {
    this.tracks = [...tracks];
  }
  addTrack(track: object): void {
    this.tracks.push(track);
  }
  removeTrack(): void {
    this.tracks.length = 0;
  }
  getTracks(): object[] {
    return this.tracks;
  }
  getAudioTracks(): object[] {
    return this.tracks;
  }
  getVideoTracks(): object[] {
    return [];
  }
  getTrackById(): undefined {
    return undefined;
  }
  dispatchEvent(): boolean {
    return true;
  }
}

/**
 * The part of a browser's peer connection that SIP.js's negotiation rests on: the signaling states of WebRTC 1.0,
 * section 4.3.1, with their errors. Node has none. It makes no sound.
 */
export class MemoryPeerConnection {
  static readonly all: MemoryPeerConnection[] = [];
  /** Whether a usable candidate turns up by itself. */
  static offersCandidate = true;

  readonly configuration: unknown;
  readonly offerOptions: (RTCOfferOptions | undefined)[] = [];
  readonly transceiver = { direction: 'sendrecv' };
  signalingState = 'stable';
  iceGatheringState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  onicecandidate: Handler;
  private readonly senders: MemorySender[] = [];

  constructor(configuration: unknown) {
    this.configuration = configuration;
    MemoryPeerConnection.all.push(this);
  }
  /** The tracks that were given to this connection, as the far end would get them. */
  sentTracks(): MemorySender['track'][] {
    return this.senders.map(({ track }) => track);
  }
  getSenders(): object[] {
    return this.senders;
  }
  getReceivers(): object[] {
    return [];
  }
  getTransceivers(): object[] {
    return [this.transceiver];
  }
  addTrack(track: MemorySender['track']): void {
    const sender: MemorySender = {
      track,
      dtmf: { toneBuffer: '', insertDTMF: insertTones },
      replaceTrack(other) {
        sender.track = other;
        return Promise.resolve();
      },
    };
    this.senders.push(sender);
  }
  addTransceiver(): void {
    this.addTrack(null);
  }
  createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    this.offerOptions.push(options);
    const sdp = `v=0\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=${this.transceiver.direction}\r\n`;
    return Promise.resolve({ type: 'offer', sdp });
  }
  createAnswer(): Promise<RTCSessionDescriptionInit> {
    return Promise.resolve({ type: 'answer', sdp: 'v=0\r\na=sendrecv\r\n' });
  }
  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const isOffered = this.signalingState === 'have-local-offer';
    if (description.type === 'rollback' ? !isOffered : isOffered) throw new Error('InvalidStateError');
    if (description.type === 'answer' && this.signalingState !== 'have-remote-offer')
      throw new Error('InvalidStateError');
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    if (description.type === 'rollback') return;
    this.localDescription = description;
    if (MemoryPeerConnection.offersCandidate) setImmediate(() => this.findCandidate('host'));
    await Promise.resolve();
  }
  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const { type } = description;
    const expected = type === 'offer' ? 'stable' : 'have-local-offer';
    if (this.signalingState !== expected) throw new Error('InvalidStateError');
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    this.remoteDescription = description;
    await Promise.resolve();
  }
  findCandidate(type: string): void {
    this.onicecandidate?.({ candidate: { type } });
  }
  close(): void {
    this.signalingState = 'closed';
  }
}

interface MemorySender {
  track: { enabled: boolean } | null;
  readonly dtmf: object;
  replaceTrack(track: MemorySender['track']): Promise<void>;
}

function insertTones(digits: string): void {
  if (!tones.isNegotiated) throw new Error('InvalidStateError');
  tones.sent += digits;
}

/** Gives Node the browser's media classes, for this process. */
export function installMemoryMedia(): void {
  Object.assign(globalThis, {
    MediaStream: MemoryStream,
    MediaStreamTrackEvent: class {},
    RTCPeerConnection: MemoryPeerConnection,
  });
}

function memoryTrack(): object {
  return { kind: 'audio', enabled: true, stop: () => undefined, clone: memoryTrack };
}

export interface MemoryStreams extends AudioStreams {
  /** The stream that is played now. */
  playing: MediaStream | undefined;
}

/** A microphone with one track, and a loudspeaker that remembers what it plays. */
export function createMemoryStreams(): MemoryStreams {
  const streams: MemoryStreams = {
    playing: undefined,
    microphone() {
      const stream = new MediaStream();
      stream.addTrack(memoryTrack() as unknown as MediaStreamTrack);
      return Promise.resolve(stream);
    },
    play(stream) {
      streams.playing = stream;
    },
    onMicrophoneReplaced: () => undefined,
  };
  return streams;
}
