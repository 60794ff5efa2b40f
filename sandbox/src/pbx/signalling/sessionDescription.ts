/** Which way the sound may flow, as the side that wrote the description sees it. */
export type AudioDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The direction of the first audio section; `sendrecv` where none is written (RFC 8866, section 6.7). */
export function audioDirection(sdp: string): AudioDirection {
  const found = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/mu.exec(audioSection(sdp) ?? '')?.[1];
  switch (found) {
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      return found;
    default:
      return 'sendrecv';
  }
}

/** The ICE user name fragment; a new one in a later offer asks for an ICE restart. */
export function iceUsername(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/mu.exec(sdp)?.[1];
}

/** Whether the switch can answer the offer: audio in PCMU over DTLS-SRTP. */
export function offersUsableAudio(sdp: string): boolean {
  const [, port, protocol, payloads] = /^m=audio (\d+) (\S+) ([\d ]+)/mu.exec(audioSection(sdp) ?? '') ?? [];
  return (
    port !== undefined &&
    port !== '0' &&
    protocol?.endsWith('RTP/SAVPF') === true &&
    payloads?.split(' ').includes('0') === true &&
    /^a=fingerprint:/mu.test(sdp) &&
    iceUsername(sdp) !== undefined
  );
}

function audioSection(sdp: string): string | undefined {
  return sdp.split(/^(?=m=)/mu).find((section) => section.startsWith('m=audio '));
}
