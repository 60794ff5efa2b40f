import { FRAME_MS } from '../../src/domain/voiceActivity.ts';

/** Who makes a sound when, in seconds from the beginning. */
export type Interval = readonly [fromSeconds: number, toSeconds: number];

export interface Side {
  readonly speech: readonly Interval[];
  readonly speechDb?: number;
  readonly noiseDb?: number;
}

/**
 * The mean squares of one side's frames. Speech swells and fades four times a second and wavers by some decibels, as
 * syllables do; the noise below it wavers by one. The same at every run.
 */
export function framesOf(totalSeconds: number, { speech, speechDb = -22, noiseDb = -70 }: Side): number[] {
  const random = chanceFrom(totalSeconds * 7 + speech.length);
  return Array.from({ length: Math.round((totalSeconds * 1_000) / FRAME_MS) }, (_, frame) => {
    const atSeconds = ((frame + 0.5) * FRAME_MS) / 1_000;
    const own = speech.find(([from, to]) => atSeconds >= from && atSeconds < to);
    const noise = meanSquareOf(noiseDb + 2 * random() - 1);
    if (own === undefined) return noise;
    const swell = Math.sin(Math.PI * ((4 * (atSeconds - own[0])) % 1)) ** 2;
    return noise + meanSquareOf(speechDb + 6 * random() - 3) * swell ** 2;
  });
}

/** Both sides as the meter takes them. */
export function interleaved(rep: readonly number[], prospect: readonly number[]): number[] {
  return rep.flatMap((meanSquare, frame) => [meanSquare, prospect[frame] ?? 0]);
}

export function meanSquareOf(decibels: number): number {
  return 10 ** (decibels / 10);
}

/** A generator of numbers in [0, 1) (Park and Miller 1988). */
function chanceFrom(seed: number): () => number {
  let state = Math.max(1, Math.round(seed));
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
