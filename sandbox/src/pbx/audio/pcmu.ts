/** Samples a second of PCMU, the telephone network's own codec. */
export const SAMPLE_RATE_HZ = 8_000;
/** One RTP packet carries 20 ms. */
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLE_RATE_HZ * FRAME_MS) / 1_000;
/** The code of a zero sample. */
export const PCMU_SILENCE = 0xff;

const BIAS = 0x84;
const CLIP = 32_635;

/** One 16-bit sample as its 8-bit µ-law code (ITU-T G.711). */
export function encodePcmu(sample: number): number {
  const rounded = Math.round(sample);
  const sign = rounded < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(rounded)) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** An 8-bit µ-law code as its 16-bit sample (ITU-T G.711). */
export function decodePcmu(code: number): number {
  const inverted = ~code & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = (((inverted & 0x0f) << 3) + BIAS) << exponent;
  const sample = magnitude - BIAS;
  return inverted & 0x80 ? -sample : sample;
}

const SQUARES = Float64Array.from({ length: 256 }, (_, code) => (decodePcmu(code) / 32_768) ** 2);

/** The sum of the squared samples of a packet, each sample between -1 and 1. */
export function pcmuEnergy(payload: Uint8Array): number {
  let energy = 0;
  for (const code of payload) energy += SQUARES[code] ?? 0;
  return energy;
}
