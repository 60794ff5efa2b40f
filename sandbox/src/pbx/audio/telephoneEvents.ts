/** The keys of RFC 4733, section 3.2, by event code. */
const KEYS = '0123456789*#ABCD';

/**
 * Reads the keys a phone sends as RTP telephone events (RFC 4733). A key is many packets with one RTP timestamp,
 * the last of them repeated, so it counts once per timestamp.
 * @returns the key when the packet begins a new one
 */
export function createKeyReader(): (payload: Uint8Array, timestamp: number) => string | undefined {
  let lastTimestamp: number | undefined;
  return (payload, timestamp) => {
    const code = payload[0];
    if (payload.length < 4 || code === undefined || timestamp === lastTimestamp) return undefined;
    lastTimestamp = timestamp;
    return KEYS[code];
  };
}
