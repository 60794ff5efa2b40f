import { createPlayer, voicemailPrompt } from './audio/prompts.ts';
import { FRAME_MS, SAMPLE_RATE_HZ } from './audio/pcmu.ts';
import type { Participant } from './audio/room.ts';
import type { CallerBehaviour } from './callers.ts';
import type { SwitchCall } from './switchCall.ts';

const LONGEST_MESSAGE_SECONDS = 120;

/** Keeps a message as PCMU; resolves once it can be played. */
export type KeepMessage = (callId: string, codes: Uint8Array) => Promise<void>;

/**
 * The switch's voicemail answers a caller whom nobody answered: a greeting, a beep, then it records. A caller who
 * leaves no message hangs up as it answers.
 */
export function takeMessage(call: SwitchCall, behaviour: CallerBehaviour, keep: KeepMessage): void {
  if (behaviour.kind !== 'voicemail') {
    call.end('prospect', 'noAnswer');
    return;
  }
  const machine = new AnsweringMachine(
    Math.min(behaviour.messageSeconds, LONGEST_MESSAGE_SECONDS),
    () => call.far.say('talk'),
    (codes) => {
      call.room.leave(machine);
      const seconds = Math.round(codes.length / SAMPLE_RATE_HZ);
      keep(call.identity.callId, codes)
        .then(() => call.progress.leaveMessage(seconds))
        .catch(() => undefined)
        .finally(() => call.end('prospect', 'noAnswer'));
    },
  );
  call.room.enter(machine);
  call.untilEnd(() => call.room.leave(machine));
}

class AnsweringMachine implements Participant {
  readonly #greet = createPlayer(voicemailPrompt());
  readonly #frames: Uint8Array[] = [];
  readonly #framesWanted: number;
  readonly #onBeep: () => void;
  readonly #onFull: (codes: Uint8Array) => void;
  #records = false;

  constructor(messageSeconds: number, onBeep: () => void, onFull: (codes: Uint8Array) => void) {
    this.#framesWanted = Math.max(1, Math.ceil((messageSeconds * 1_000) / FRAME_MS));
    this.#onBeep = onBeep;
    this.#onFull = onFull;
  }

  speak(): Uint8Array | undefined {
    const frame = this.#greet();
    if (frame === undefined && !this.#records) {
      this.#records = true;
      this.#onBeep();
    }
    return frame;
  }

  hear(frame: Uint8Array): void {
    if (!this.#records || this.#frames.length >= this.#framesWanted) return;
    this.#frames.push(frame);
    if (this.#frames.length === this.#framesWanted) this.#onFull(Buffer.concat(this.#frames));
  }
}
