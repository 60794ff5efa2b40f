import type { Logger } from 'sip.js/lib/core/index.js';
import { SessionDescriptionHandler } from 'sip.js/lib/platform/web/session-description-handler/session-description-handler.js';
import type { SessionDescriptionHandlerOptions } from 'sip.js/lib/platform/web/session-description-handler/session-description-handler-options.js';
import type { PreparedOffer, SipAccount } from '../ports/callGateway.ts';
import type { LineMicrophone } from './lineMicrophone.ts';

/** An unreachable STUN server must not hold up the call: what was found by then is offered. */
const ICE_GATHERING_TIMEOUT_MS = 500;

type IceServers = SipAccount['iceServers'];

/**
 * SIP.js's media negotiation with what it lacks: a rollback after a refused offer, an early end of gathering,
 * and digits that queue instead of replacing each other.
 */
export class PhoneDescriptionHandler extends SessionDescriptionHandler implements PreparedOffer {
  readonly microphone: LineMicrophone;
  private readonly usableCandidateTypes: readonly string[];
  private hasUsableCandidate = false;
  /** Before the latest offer or answer. */
  private formerDirections: readonly (readonly [RTCRtpTransceiver, RTCRtpTransceiverDirection])[] = [];
  private takesMicrophoneLater = false;
  private prepared: ReturnType<SessionDescriptionHandler['getDescription']> | undefined;

  constructor(
    logger: Logger,
    microphone: LineMicrophone,
    iceServers: IceServers,
    onIceState: (state: RTCIceConnectionState) => void,
  ) {
    super(logger, () => microphone.open(), {
      iceGatheringTimeout: ICE_GATHERING_TIMEOUT_MS,
      // rtpengine 10 answers without a=group:BUNDLE, which "max-bundle" would not accept.
      peerConnectionConfiguration: { bundlePolicy: 'balanced', iceServers: iceServers.map(toRtcIceServer) },
    });
    this.microphone = microphone;
    // Without servers of its own the switch is near, and an address of this computer is enough.
    this.usableCandidateTypes = iceServers.length === 0 ? ['host', 'srflx', 'relay'] : ['srflx', 'relay'];
    this.peerConnectionDelegate = {
      onicecandidate: (event) => {
        if (event instanceof Object && 'candidate' in event) this.noticeCandidate(event);
      },
      oniceconnectionstatechange: () => {
        if (this.peerConnection !== undefined) onIceState(this.peerConnection.iceConnectionState);
      },
    };
  }

  /**
   * Takes back an offer that the far end refused; without it every later offer fails. SIP.js calls it if it exists.
   * Chromium falls silent with the offer of a hold and stays so after its rollback: what was agreed is offered, to
   * nobody, and taken back as well.
   */
  async rollbackDescription(): Promise<void> {
    const connection = this.peerConnection;
    if (connection?.signalingState !== 'have-local-offer') return;
    await connection.setLocalDescription({ type: 'rollback' });
    for (const [transceiver, direction] of this.formerDirections) transceiver.direction = direction;
    await connection.setLocalDescription(await connection.createOffer());
    await connection.setLocalDescription({ type: 'rollback' });
  }

  /** Begins the first offer before there is a session to ask for it, and before the microphone is open if need be. */
  prepare(microphone: 'open' | 'later'): void {
    if (microphone === 'later') this.offerSilence();
    this.prepared = super.getDescription();
    // Whoever takes the offer is told; of one that is discarded nobody needs to know.
    this.prepared.catch(() => undefined);
  }

  discard(): void {
    if (this.prepared !== undefined) this.close();
  }

  override getDescription(
    ...[options, modifiers]: Parameters<SessionDescriptionHandler['getDescription']>
  ): ReturnType<SessionDescriptionHandler['getDescription']> {
    const { prepared } = this;
    this.prepared = undefined;
    if (prepared !== undefined) return prepared;
    if (wantsIceRestart(options)) this.hasUsableCandidate = false;
    this.formerDirections = (this.peerConnection?.getTransceivers() ?? []).map((transceiver) => [
      transceiver,
      transceiver.direction,
    ]);
    return super.getDescription(options, modifiers);
  }

  /** Sends what the open microphone hears, in place of silence or of a former one. The far end sees no new offer. */
  async takeMicrophone(): Promise<void> {
    // Before the first offer there is nothing to exchange.
    if (this.peerConnection?.getSenders()[0] === undefined) return;
    const stream = await this.microphone.open();
    const [track] = stream.getAudioTracks();
    const sender = this.peerConnection?.getSenders()[0];
    if (sender === undefined) return track?.stop();
    if (sender.track !== null) return this.setLocalMediaStream(stream);
    if (track === undefined) return;
    await sender.replaceTrack(track);
    this.localMediaStream.addTrack(track);
  }

  override sendDtmf(tones: string, options?: { duration: number; interToneGap: number }): boolean {
    const queued = this.peerConnection?.getSenders()[0]?.dtmf?.toneBuffer ?? '';
    return super.sendDtmf(queued + tones, options);
  }

  protected override waitForIceGatheringComplete(restart?: boolean, timeout?: number): Promise<void> {
    if (this.hasUsableCandidate) return Promise.resolve();
    return super.waitForIceGatheringComplete(restart, timeout);
  }

  protected override getLocalMediaStream(options?: SessionDescriptionHandlerOptions): Promise<void> {
    return this.takesMicrophoneLater ? Promise.resolve() : super.getLocalMediaStream(options);
  }

  /** The offer is to speak and to hear, as with a microphone. */
  private offerSilence(): void {
    this.takesMicrophoneLater = true;
    this.peerConnection?.addTransceiver('audio', {
      direction: 'sendrecv',
      streams: [this.localMediaStream],
    });
  }

  private noticeCandidate({ candidate }: Pick<RTCPeerConnectionIceEvent, 'candidate'>): void {
    if (candidate?.type == null || !this.usableCandidateTypes.includes(candidate.type)) return;
    this.hasUsableCandidate = true;
    this.iceGatheringComplete();
  }
}

function wantsIceRestart(options: SessionDescriptionHandlerOptions | undefined): boolean {
  return options?.offerOptions?.iceRestart === true;
}

export function toRtcIceServer({ urls, username, credential }: IceServers[number]): RTCIceServer {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
