import type { MediaChecks } from '../ports/mediaChecks.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { toRtcIceServer } from './phoneDescriptionHandler.ts';

/** Longer than any TURN server takes that still is of use: four round trips of its two-step allocation. */
const TURN_TIMEOUT_MS = 6_000;
const SHARED_CODEC = /^a=rtpmap:\d+ (?:pcmu\/8000|opus\/48000)/imu;

/** Asks WebRTC itself, by an offer that is never sent. */
export function createMediaChecks(reportFault: ReportFault): MediaChecks {
  return {
    async reachesTurn(iceServers) {
      const connection = new RTCPeerConnection({
        iceServers: iceServers.map(toRtcIceServer),
        iceTransportPolicy: 'relay',
      });
      try {
        const found = firstCandidate(connection);
        await offerSound(connection);
        return await found;
      } finally {
        connection.close();
      }
    },
    async offersCodec() {
      const connection = new RTCPeerConnection();
      try {
        return SHARED_CODEC.test((await offerSound(connection)).sdp ?? '');
      } catch (error) {
        reportFault(error);
        return false;
      } finally {
        connection.close();
      }
    },
  };
}

async function offerSound(connection: RTCPeerConnection): Promise<RTCSessionDescriptionInit> {
  connection.addTransceiver('audio');
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  return offer;
}

/** Under `iceTransportPolicy: "relay"` the only candidates are addresses that a media server lends. */
function firstCandidate(connection: RTCPeerConnection): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), TURN_TIMEOUT_MS);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '') resolve(true);
    };
    connection.onicegatheringstatechange = () => {
      // The candidates found come before this event.
      if (connection.iceGatheringState === 'complete') resolve(false);
    };
  });
}
