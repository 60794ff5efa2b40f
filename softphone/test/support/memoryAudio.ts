import type { AudioChoices, ErrorName } from '@scoreline/contract';
import { PhoneError } from '../../src/domain/phoneError.ts';
import type { AudioDevices, Tone } from '../../src/ports/audioDevices.ts';

export interface MemoryAudio extends AudioDevices {
  isOpen: boolean;
  isTransmitting: boolean;
  tone: Tone | undefined;
  /** Takes the loudness of both sides while somebody measures it. */
  talk: ((meanSquares: Float32Array) => void) | undefined;
  tellChoices: (choices: AudioChoices) => void;
  readonly chosen: string[];
  /** How often the user was asked. */
  asked: number;
  level: number;
  refusal: ErrorName | undefined;
  /** Whether the browser gives it without a question. */
  isAllowed: boolean;
}

/** A microphone in memory. */
export function createMemoryAudio(): MemoryAudio {
  const audio: MemoryAudio = {
    isOpen: false,
    isTransmitting: true,
    tone: undefined,
    talk: undefined,
    tellChoices: () => undefined,
    chosen: [],
    asked: 0,
    level: 0,
    refusal: undefined,
    isAllowed: false,
    opensUnasked: () => audio.isAllowed && !audio.isOpen,
    open() {
      audio.asked += 1;
      if (audio.refusal !== undefined) return Promise.reject(new PhoneError(audio.refusal));
      audio.isOpen = true;
      return Promise.resolve();
    },
    setTransmitting(transmitting) {
      audio.isTransmitting = transmitting;
    },
    setTone(tone) {
      audio.tone = tone;
    },
    measureTalk(onFrames) {
      audio.talk = onFrames;
      return () => {
        audio.talk = undefined;
      };
    },
    choose: (role, deviceId) => audio.chosen.push(`${role} ${deviceId}`),
    onChoices(listener) {
      audio.tellChoices = listener;
    },
    inputLevel: () => audio.level,
    close() {
      audio.isOpen = false;
    },
  };
  return audio;
}
