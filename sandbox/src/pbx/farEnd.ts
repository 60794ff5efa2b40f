import { createPlayer, type Prompt, type Voice } from './audio/prompts.ts';
import type { Participant } from './audio/room.ts';
import { createSoundMeter } from './audio/soundMeter.ts';

/** A far end as the switch sees it. Levels are root mean squares, 0 to 1. */
export interface FarEndView {
  /** Absent where it is withheld. */
  readonly numberE164?: string;
  readonly voice: Voice;
  /** What it has heard: in all, and in the last second. */
  readonly heardRms: number;
  readonly recentHeardRms: number;
}

/** What the keys do while the menu, or what was chosen from it, is heard. */
const MENU_KEYS: Readonly<Record<string, Voice>> = {
  '1': 'firstChoice',
  '2': 'secondChoice',
  '0': 'colleague',
  '*': 'menu',
};

/** A simulated person or machine at the other end: it says what its voice says, and measures what it hears. */
export class FarEnd implements Participant {
  readonly numberE164: string | undefined;
  /** How many of the packets to the rep are lost, 0 to 100. */
  lossPercent = 0;
  readonly #voices: Readonly<Record<Voice, Prompt>>;
  readonly #meter = createSoundMeter();
  #voice: Voice = 'silence';
  #play: () => Uint8Array | undefined;
  #followsKeys = false;

  constructor(numberE164: string | undefined, voices: Readonly<Record<Voice, Prompt>>) {
    this.numberE164 = numberE164;
    this.#voices = voices;
    this.#play = createPlayer(voices.silence);
  }

  get view(): FarEndView {
    const { recentRms, rms } = this.#meter;
    return {
      ...(this.numberE164 === undefined ? {} : { numberE164: this.numberE164 }),
      voice: this.#voice,
      heardRms: rms,
      recentHeardRms: recentRms,
    };
  }

  /** Begins to say this. A menu follows the keys from now on. */
  say(voice: Voice): void {
    this.#voice = voice;
    this.#play = createPlayer(this.#voices[voice]);
    this.#followsKeys ||= voice === 'menu';
  }

  pressKey(key: string): void {
    const chosen = this.#followsKeys ? MENU_KEYS[key] : undefined;
    if (chosen !== undefined) this.say(chosen);
  }

  speak(): Uint8Array | undefined {
    return this.#play();
  }

  hear(frame: Uint8Array): void {
    this.#meter.receive(frame);
  }
}
