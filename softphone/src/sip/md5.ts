const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/**
 * MD5 (RFC 1321), which SIP's digest authentication asks for and no browser offers. Not for anything that must be safe
 * by itself: the credentials end within minutes.
 */
export const Md5 = {
  /** The digest of the text's UTF-8 bytes, 32 hexadecimal digits. */
  hashStr(text: string): string {
    const words = paddedWords(new TextEncoder().encode(text));
    const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
    for (let at = 0; at < words.length; at += 16) addBlock(state, words.subarray(at, at + 16));
    return Array.from(new Uint8Array(state.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

/** The message, a one bit, zeros, and its length in bits (sections 3.1 and 3.2). Typed arrays are little-endian here. */
function paddedWords(message: Uint8Array): Int32Array {
  const bytes = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const words = new Int32Array(bytes.buffer);
  words[words.length - 2] = message.length << 3;
  words[words.length - 1] = message.length >>> 29;
  return words;
}

/** Section 3.4: 64 steps in four rounds. */
function addBlock(state: Int32Array, block: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step += 1) {
    const round = step >> 4;
    const [mixed, word] = [
      [(b & c) | (~b & d), step],
      [(d & b) | (~d & c), 5 * step + 1],
      [b ^ c ^ d, 3 * step + 5],
      [c ^ (b | ~d), 7 * step],
    ][round] as [number, number];
    const sine = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
    const sum = (a + mixed + sine + (block[word & 15] ?? 0)) | 0;
    const shift = ROTATIONS[round]?.[step & 3] ?? 0;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  for (const [index, value] of [a, b, c, d].entries()) state[index] = (state[index] ?? 0) + value;
}
