import { createVoiceActivity, FRAME_MS } from './voiceActivity.ts';

/** Who spoke how long; nothing but numbers. */
export interface TalkFigures {
  /** The rep's speech as a share of all speech, 0 to 1; absent when nobody spoke. */
  readonly talkRatio?: number;
  readonly longestMonologueSeconds: number;
  readonly deadAirSeconds: number;
  readonly crosstalkSeconds: number;
}

export interface TalkMeter {
  /** Takes the mean squares of frames of {@link FRAME_MS}: rep, prospect, rep, prospect … of the same moments. */
  hear(meanSquares: ArrayLike<number>): void;
  /** The call is held: what follows belongs to no stretch that began before. */
  pause(): void;
  /** The figures so far, rounded to whole seconds and two decimals; undefined before any sound was measured. */
  figures(): TalkFigures | undefined;
}

/** A silence that lasts is dead air, all of it; a shorter one is a pause within the conversation. */
const DEAD_AIR_FRAMES = 2_000 / FRAME_MS;
/** "Mhm" and "right" while the rep goes on do not end a monologue. */
const LONGEST_BACK_CHANNEL_FRAMES = 1_000 / FRAME_MS;

/** Counts both sides' voices in a call. */
export function createTalkMeter(): TalkMeter {
  const rep = { voice: createVoiceActivity(), decided: [] as boolean[] };
  const prospect = { voice: createVoiceActivity(), decided: [] as boolean[] };
  const count = createCounts();

  function countDecided(): void {
    const frames = Math.min(rep.decided.length, prospect.decided.length);
    const prospectSpeaks = prospect.decided.splice(0, frames);
    rep.decided.splice(0, frames).forEach((repSpeaks, index) => {
      count.frame(repSpeaks, prospectSpeaks[index] === true);
    });
  }

  return {
    hear(meanSquares) {
      for (let index = 0; index + 1 < meanSquares.length; index += 2) {
        rep.decided.push(...rep.voice.hear(meanSquares[index] ?? 0));
        prospect.decided.push(...prospect.voice.hear(meanSquares[index + 1] ?? 0));
      }
      countDecided();
    },
    pause() {
      rep.decided.push(...rep.voice.finish());
      prospect.decided.push(...prospect.voice.finish());
      countDecided();
      count.endStretches();
    },
    figures: count.figures,
  };
}

interface Counts {
  frame(repSpeaks: boolean, prospectSpeaks: boolean): void;
  endStretches(): void;
  figures(): TalkFigures | undefined;
}

/** The sums and the running stretches, in frames. */
function createCounts(): Counts {
  let frames = 0;
  let repFrames = 0;
  let prospectFrames = 0;
  let crosstalkFrames = 0;
  let deadAirFrames = 0;
  let longestMonologueFrames = 0;
  let silentFrames = 0;
  /** The rep's monologue from its first to its last frame of speech, and what has passed since that. */
  let monologueFrames = 0;
  let framesSinceRep = 0;
  let prospectRunFrames = 0;

  function endMonologue(): void {
    monologueFrames = 0;
    framesSinceRep = 0;
  }

  function followMonologue(repSpeaks: boolean, prospectSpeaks: boolean): void {
    prospectRunFrames = prospectSpeaks ? prospectRunFrames + 1 : 0;
    if (prospectRunFrames > LONGEST_BACK_CHANNEL_FRAMES) endMonologue();
    if (repSpeaks) {
      monologueFrames += framesSinceRep + 1;
      framesSinceRep = 0;
      longestMonologueFrames = Math.max(longestMonologueFrames, monologueFrames);
    } else if (monologueFrames > 0) {
      framesSinceRep += 1;
      if (framesSinceRep >= DEAD_AIR_FRAMES) endMonologue();
    }
  }

  function followSilence(isSilent: boolean): void {
    silentFrames = isSilent ? silentFrames + 1 : 0;
    if (silentFrames === DEAD_AIR_FRAMES) deadAirFrames += silentFrames;
    else if (silentFrames > DEAD_AIR_FRAMES) deadAirFrames += 1;
  }

  return {
    frame(repSpeaks, prospectSpeaks) {
      frames += 1;
      if (repSpeaks) repFrames += 1;
      if (prospectSpeaks) prospectFrames += 1;
      if (repSpeaks && prospectSpeaks) crosstalkFrames += 1;
      followSilence(!repSpeaks && !prospectSpeaks);
      followMonologue(repSpeaks, prospectSpeaks);
    },
    endStretches() {
      silentFrames = 0;
      prospectRunFrames = 0;
      endMonologue();
    },
    figures() {
      if (frames === 0) return undefined;
      const speech = repFrames + prospectFrames;
      return {
        ...(speech === 0 ? {} : { talkRatio: Math.round((100 * repFrames) / speech) / 100 }),
        longestMonologueSeconds: seconds(longestMonologueFrames),
        deadAirSeconds: seconds(deadAirFrames),
        crosstalkSeconds: seconds(crosstalkFrames),
      };
    },
  };
}

function seconds(frames: number): number {
  return Math.round((frames * FRAME_MS) / 1_000);
}
