import { writeFile } from 'node:fs/promises';

/** A stretch of speech, in seconds from the beginning of the sound. */
export interface SpokenStretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

const SAMPLE_RATE_HZ = 48_000;
const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = 44;
const SYLLABLES_A_SECOND = 4;
const PITCH_HZ = 140;
/** Of full scale: as loud as a person near a headset. */
const LOUDNESS = 0.4;
/** A quiet room, some 66 dB under full scale: no microphone gives zeros. */
const ROOM_NOISE = 0.0005;

/** Writes a WAV file (16 bits, mono) of a voice that speaks in these stretches, in a quiet room. */
export async function writeSpokenWav(
  path: string,
  stretches: readonly SpokenStretch[],
  seconds: number,
): Promise<void> {
  const dataBytes = Math.round(seconds * SAMPLE_RATE_HZ) * BYTES_PER_SAMPLE;
  const file = Buffer.alloc(HEADER_BYTES + dataBytes);
  writeHeader(file, dataBytes);
  for (let offset = 0; offset < dataBytes; offset += BYTES_PER_SAMPLE) {
    const at = offset / BYTES_PER_SAMPLE / SAMPLE_RATE_HZ;
    const stretch = stretches.find(({ fromSeconds, toSeconds }) => at >= fromSeconds && at < toSeconds);
    const voice = stretch === undefined ? 0 : LOUDNESS * voiceAt(at, at - stretch.fromSeconds);
    file.writeInt16LE(Math.round(32_767 * (voice + noiseAt(offset))), HEADER_BYTES + offset);
  }
  await writeFile(path, file);
}

/** A buzz of eight harmonics under an envelope that swells once a syllable, and never quite ends within a stretch. */
function voiceAt(seconds: number, withinStretch: number): number {
  const envelope = 0.15 + 0.85 * Math.sin(Math.PI * SYLLABLES_A_SECOND * withinStretch) ** 2;
  // A voice is never on one pitch: a steady tone is noise to a browser that takes noise away.
  const phase = 2 * Math.PI * PITCH_HZ * seconds + 3 * Math.sin(2 * Math.PI * 2.3 * seconds);
  let buzz = 0;
  for (let harmonic = 1; harmonic <= 8; harmonic += 1) buzz += Math.sin(harmonic * phase) / harmonic;
  return (envelope * buzz) / 2;
}

/** The same at every run: a hash of the place, spread evenly. */
function noiseAt(place: number): number {
  const hash = Math.imul(place ^ (place >>> 15), 0x2c1b3c6d);
  return ROOM_NOISE * (((hash >>> 8) & 0xffff) / 32_768 - 1);
}

/** RIFF, format 1 (PCM). */
function writeHeader(file: Buffer, dataBytes: number): void {
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
}
