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

/**
 * The description without the telephone events (RFC 4733) of any clock but the 8 kHz of PCMU, each audio section by
 * itself: their payload types and every attribute of these. The rest stays as written.
 */
export function withoutForeignTelephoneEvents(sdp: string): string {
  return sdp
    .split(/^(?=m=)/mu)
    .map((section) => (section.startsWith('m=audio ') ? withoutForeignEventsOf(section) : section))
    .join('');
}

function withoutForeignEventsOf(section: string): string {
  const foreign = new Set(
    [...section.matchAll(/^a=rtpmap:(\d+) +telephone-event\/(\d+)/gimu)]
      .filter(([, , clockRate]) => Number(clockRate) !== 8_000)
      .map(([, payload]) => payload),
  );
  if (foreign.size === 0) return section;
  const keep = (payload: string): boolean => !foreign.has(payload);
  return section
    .replace(/^(m=audio \S+ \S+)(.*)$/mu, (_line, start: string, payloads: string) =>
      [start, ...payloads.trim().split(/ +/u).filter(keep)].join(' '),
    )
    .replace(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) .*\r?\n?/gmu, (line, payload: string) =>
      keep(payload) ? line : '',
    );
}

function audioSection(sdp: string): string | undefined {
  return sdp.split(/^(?=m=)/mu).find((section) => section.startsWith('m=audio '));
}
