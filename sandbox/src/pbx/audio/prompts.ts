import { encodePcmu, FRAME_SAMPLES, PCMU_SILENCE, SAMPLE_RATE_HZ } from './pcmu.ts';

/** A length of PCMU to play: once, or over and over. */
export interface Prompt {
  readonly codes: Uint8Array;
  readonly repeats: boolean;
}

/** About four syllables a second, as in conversation. */
const SYLLABLE_SECONDS = 0.24;
const PEAK = 12_000;
/** Resonances of five vowels in hertz (first and second formant, rounded from Peterson and Barney, 1952). */
const VOWELS = [
  [730, 1090],
  [270, 2290],
  [530, 1840],
  [570, 840],
  [300, 870],
] as const;

/** A prospect who talks: ten seconds of phrases with pauses between them, repeated. The same at every start. */
export function talkPrompt(): Prompt {
  return {
    codes: join([speech(11, 125), silence(0.6), speech(7, 118), silence(0.9), speech(14, 130)]),
    repeats: true,
  };
}

/** A voicemail: its greeting, a beep of 1 kHz, then silence while it records. */
export function voicemailPrompt(): Prompt {
  return { codes: join([speech(12, 195), silence(0.4), tone(1_000, 0.5)]), repeats: false };
}

/** What a far end can be heard saying. */
export type Voice =
  | 'silence'
  | 'talk'
  | 'voicemail'
  | 'announcement'
  | 'menu'
  | 'firstChoice'
  | 'secondChoice'
  | 'music'
  | 'colleague'
  | 'statement';

/** Each voice, made once: they differ in pitch, so that a listener can tell them apart. */
export function createVoices(): Readonly<Record<Voice, Prompt>> {
  const repeating = (...parts: readonly Float64Array[]): Prompt => ({ codes: join(parts), repeats: true });
  return {
    silence: repeating(silence(0.02)),
    talk: talkPrompt(),
    voicemail: voicemailPrompt(),
    announcement: repeating(
      tone(950, 0.33),
      tone(1_400, 0.33),
      tone(1_800, 0.33),
      speech(9, 200),
      silence(0.3),
    ),
    menu: repeating(speech(16, 205), silence(0.8)),
    firstChoice: repeating(speech(10, 150), silence(0.4)),
    secondChoice: repeating(speech(10, 95), silence(0.4)),
    music: repeating(tone(392, 0.4), silence(0.1), tone(523, 0.4), silence(0.1)),
    colleague: repeating(speech(12, 225), silence(0.7)),
    statement: { codes: join([silence(1.5), speech(60, 120)]), repeats: false },
  };
}

/** What a far end hears while the rep holds it or the phone is gone: two soft pulses every two seconds. */
export function holdTone(): Prompt {
  const soft = (durationSeconds: number): Float64Array =>
    tone(425, durationSeconds).map((sample) => sample / 4);
  return { codes: join([soft(0.2), silence(0.2), soft(0.2), silence(1.4)]), repeats: true };
}

/** A prompt's frames of 20 ms, one after the other, and silence after its end. */
export function createPlayer({ codes, repeats }: Prompt): () => Uint8Array | undefined {
  let position = 0;
  return () => {
    if (!repeats && position >= codes.length) return undefined;
    const from = position;
    position += FRAME_SAMPLES;
    return Uint8Array.from({ length: FRAME_SAMPLES }, (_, index) => {
      const at = from + index;
      return codes[repeats ? at % codes.length : at] ?? PCMU_SILENCE;
    });
  };
}

/** Vowel-like sounds that swell and fade once a syllable; `pitchHz` is the voice's fundamental. */
function speech(syllables: number, pitchHz: number): Float64Array {
  return samples(syllables * SYLLABLE_SECONDS, (seconds) => {
    const syllable = Math.floor(seconds / SYLLABLE_SECONDS);
    const within = seconds / SYLLABLE_SECONDS - syllable;
    const [first, second] = VOWELS[(syllable * 3 + syllables) % VOWELS.length] ?? VOWELS[0];
    const glottis = 0.6 + 0.4 * Math.sin(2 * Math.PI * pitchHz * seconds);
    const vowel =
      0.65 * Math.sin(2 * Math.PI * first * seconds) + 0.35 * Math.sin(2 * Math.PI * second * seconds);
    return Math.sin(Math.PI * within) ** 2 * glottis * vowel;
  });
}

function tone(frequencyHz: number, durationSeconds: number): Float64Array {
  return samples(durationSeconds, (seconds) => 0.6 * Math.sin(2 * Math.PI * frequencyHz * seconds));
}

function silence(durationSeconds: number): Float64Array {
  return samples(durationSeconds, () => 0);
}

function samples(durationSeconds: number, at: (seconds: number) => number): Float64Array {
  return Float64Array.from({ length: Math.round(durationSeconds * SAMPLE_RATE_HZ) }, (_, index) =>
    at(index / SAMPLE_RATE_HZ),
  );
}

function join(parts: readonly Float64Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part, (sample) => encodePcmu(sample * PEAK))));
}
