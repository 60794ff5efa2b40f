const RANDOM_HEX = /^[0-9a-f]{32}$/u;
const LARGEST_EPOCH_MS = 2 ** 48 - 1;

/**
 * A UUIDv7 (RFC 9562, section 5.7): 48 bits of epoch milliseconds, then version, variant and 74 random bits.
 *
 * `randomHex` is 32 hexadecimal digits. Digits 12 and 16 are not used, because a source that
 * makes them from a UUIDv4 has its version and variant there.
 */
export function uuidV7(epochMs: number, randomHex: string): string {
  if (!Number.isInteger(epochMs) || epochMs < 0 || epochMs > LARGEST_EPOCH_MS)
    throw new RangeError('A UUIDv7 needs whole epoch milliseconds of 48 bits');
  if (!RANDOM_HEX.test(randomHex)) throw new RangeError('A UUIDv7 needs 32 hexadecimal digits of randomness');
  const time = epochMs.toString(16).padStart(12, '0');
  const variant = (8 + (Number.parseInt(randomHex.slice(3, 4), 16) % 4)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${randomHex.slice(0, 3)}`,
    variant + randomHex.slice(17, 20),
    randomHex.slice(20, 32),
  ].join('-');
}
