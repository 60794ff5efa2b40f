const TIME_BYTES = 6;

/** A UUIDv7 (RFC 9562, 5.7), as the relay wants a list named. */
export function newListId(nowMs = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < TIME_BYTES; place += 1)
    bytes[place] = Math.floor(nowMs / 256 ** (TIME_BYTES - 1 - place)) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
