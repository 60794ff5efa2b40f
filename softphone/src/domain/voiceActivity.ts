/** The length of sound that is judged at once. */
export const FRAME_MS = 20;

/** Tells frame by frame whether a side speaks. A frame is decided late, when it is clear what comes after it. */
export interface VoiceActivity {
  /** Takes the mean square of a frame's samples, each between -1 and 1; returns the frames decided by it, oldest first. */
  hear(meanSquare: number): readonly boolean[];
  /** Decides what is still open. */
  finish(): readonly boolean[];
}

/** Louder than the noise by so much is a voice; within speech a little less will do, so that soft ends count. */
const ABOVE_NOISE_DB = 9;
const STILL_ABOVE_NOISE_DB = 6;
/** Softer than this is nobody, however quiet the room: telephone lines and resting microphones are below it. */
const SOFTEST_VOICE_DB = -52;
/** The noise may be taken for no louder than this, or a voice without a pause would become its own noise. */
const LOUDEST_NOISE_DB = -38;
/** Below this the noise does not matter: the softest voice is far above it. */
const QUIETEST_NOISE_DB = SOFTEST_VOICE_DB - ABOVE_NOISE_DB;
/** Exact or nearly exact zeros: a muted microphone, a switch that suppresses silence. They tell nothing of the room. */
const NO_SOUND_DB = -90;
/** The noise rises in the estimate by 3 dB a second, so that a fan that is switched on is forgotten within seconds. */
const NOISE_RISE_DB = 3 * (FRAME_MS / 1_000);
/** A single soft frame is no measure of the noise. */
const NOISE_WINDOW_FRAMES = 3;
/** Shorter gaps are stops between sounds and syllables, not pauses. */
const SHORTEST_PAUSE_FRAMES = 280 / FRAME_MS;
/** Shorter bursts are clicks and knocks. */
const SHORTEST_VOICE_FRAMES = 80 / FRAME_MS;

/**
 * Voice activity by energy over a noise floor that adapts: falls at once to what the last frames have in
 * common, rises slowly. A pause counts from its very beginning once it is long enough to be one, so nothing is added to speech.
 */
export function createVoiceActivity(): VoiceActivity {
  const recentDb: number[] = [];
  let noiseDb: number | undefined;
  /** What the newest decided frame was. */
  let speaks = false;
  /** Frames not decided yet: they differ from `speaks`, and may be too few to matter. */
  let openFrames = 0;

  function isLoud(levelDb: number): boolean {
    const margin = speaks ? STILL_ABOVE_NOISE_DB : ABOVE_NOISE_DB;
    return levelDb > Math.max(SOFTEST_VOICE_DB, (noiseDb ?? NO_SOUND_DB) + margin);
  }

  function followNoise(levelDb: number): void {
    if (levelDb <= NO_SOUND_DB) return;
    recentDb.push(levelDb);
    if (recentDb.length > NOISE_WINDOW_FRAMES) recentDb.shift();
    const risenDb =
      noiseDb === undefined ? LOUDEST_NOISE_DB : Math.max(noiseDb, QUIETEST_NOISE_DB) + NOISE_RISE_DB;
    noiseDb = Math.min(LOUDEST_NOISE_DB, risenDb, Math.max(...recentDb));
  }

  function decide(count: number, value: boolean): readonly boolean[] {
    return Array.from({ length: count }, () => value);
  }

  return {
    hear(meanSquare) {
      const levelDb = meanSquare > 0 ? 10 * Math.log10(meanSquare) : NO_SOUND_DB;
      const isVoice = isLoud(levelDb);
      followNoise(levelDb);
      if (isVoice === speaks) {
        const decided = decide(openFrames + 1, speaks);
        openFrames = 0;
        return decided;
      }
      openFrames += 1;
      if (openFrames < (speaks ? SHORTEST_PAUSE_FRAMES : SHORTEST_VOICE_FRAMES)) return [];
      speaks = isVoice;
      const decided = decide(openFrames, speaks);
      openFrames = 0;
      return decided;
    },
    finish() {
      const decided = decide(openFrames, false);
      openFrames = 0;
      speaks = false;
      return decided;
    },
  };
}
