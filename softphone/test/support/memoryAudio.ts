import type { ErrorName } from '@scoreline/contract';
import { PhoneError } from '../../src/domain/phoneError.ts';
import type { AudioDevices } from '../../src/ports/audioDevices.ts';

export interface MemoryAudio extends AudioDevices {
  isOpen: boolean;
  isTransmitting: boolean;
  isRinging: boolean;
  /** How often the user was asked. */
  asked: number;
  level: number;
  refusal: ErrorName | undefined;
}

/** A microphone in memory. */
export function createMemoryAudio(): MemoryAudio {
  const audio: MemoryAudio = {
    isOpen: false,
    isTransmitting: true,
    isRinging: false,
    asked: 0,
    level: 0,
    refusal: undefined,
    open() {
      audio.asked += 1;
      if (audio.refusal !== undefined) return Promise.reject(new PhoneError(audio.refusal));
      audio.isOpen = true;
      return Promise.resolve();
    },
    setTransmitting(transmitting) {
      audio.isTransmitting = transmitting;
    },
    setRinging(ringing) {
      audio.isRinging = ringing;
    },
    inputLevel: () => audio.level,
    close() {
      audio.isOpen = false;
    },
  };
  return audio;
}
