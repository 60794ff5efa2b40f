import { writeFileSync } from 'node:fs';

/** When somebody speaks, in seconds from the beginning. */
export type Interval = readonly [fromSeconds: number, toSeconds: number];

const SAMPLE_RATE = 48_000;
const SYLLABLE_SECONDS = 0.25;
const PITCH_HERTZ = 140;
const LOUDEST = 12_000;
/** First and second resonance of five vowels in hertz (rounded from Peterson and Barney, 1952). */
const VOWELS = [
  [660, 1720],
  [390, 1990],
  [640, 1190],
  [490, 1350],
  [300, 870],
] as const;

/**
 * Writes a WAV file in which somebody speaks exactly in these intervals and a soft noise fills the rest. The speech is
 * the harmonics of a voice, shaped by two resonances that change with every syllable, so that noise suppression and
 * echo cancellation take it for a voice.
 */
export function writeSpeech(path: string, totalSeconds: number, speech: readonly Interval[]): void {
  const samples = new Int16Array(Math.round(totalSeconds * SAMPLE_RATE));
  let noise = 1;
  for (let index = 0; index < samples.length; index += 1) {
    const seconds = index / SAMPLE_RATE;
    const own = speech.find(([from, to]) => seconds >= from && seconds < to);
    noise = (noise * 48_271) % 2_147_483_647;
    const background = (noise / 2_147_483_647 - 0.5) * 12;
    samples[index] = Math.round(background + (own === undefined ? 0 : LOUDEST * voiceAt(seconds - own[0])));
  }
  writeFileSync(path, Buffer.concat([header(samples.byteLength), Buffer.from(samples.buffer)]));
}

function voiceAt(seconds: number): number {
  const syllable = Math.floor(seconds / SYLLABLE_SECONDS);
  const within = seconds / SYLLABLE_SECONDS - syllable;
  const [first, second] = VOWELS[(syllable * 3) % VOWELS.length] ?? VOWELS[0];
  const pitch = PITCH_HERTZ * (1 + 0.08 * Math.sin(2 * Math.PI * 0.7 * seconds));
  let sound = 0;
  for (let harmonic = 1; harmonic * pitch < 3_400; harmonic += 1) {
    const hertz = harmonic * pitch;
    const shape = resonance(hertz, first, 90) + 0.5 * resonance(hertz, second, 130);
    sound += shape * Math.sin(2 * Math.PI * harmonic * PITCH_HERTZ * seconds + harmonic);
  }
  // A syllable begins fast and never dies away quite: 20 dB between its middle and its ends.
  return (0.1 + 0.9 * Math.sin(Math.PI * within) ** 2) * (sound / 6);
}

function resonance(hertz: number, center: number, width: number): number {
  return 1 / (1 + ((hertz - center) / width) ** 2);
}

/** A RIFF header for mono PCM of 16 bits. */
function header(dataBytes: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}
