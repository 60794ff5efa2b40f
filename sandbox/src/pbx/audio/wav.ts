import { decodePcmu, SAMPLE_RATE_HZ } from './pcmu.ts';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** PCMU as a WAV file of 16-bit samples, mono, which every browser plays. */
export function wavOf(codes: Uint8Array): Buffer {
  const dataBytes = codes.length * BYTES_PER_SAMPLE;
  const file = Buffer.alloc(HEADER_BYTES + dataBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  file.writeUInt32LE(SAMPLE_RATE_HZ * BYTES_PER_SAMPLE, 28);
  file.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  file.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
  codes.forEach((code, index) => {
    file.writeInt16LE(decodePcmu(code), HEADER_BYTES + index * BYTES_PER_SAMPLE);
  });
  return file;
}
