import type { FrameClock } from './frameClock.ts';
import { decodePcmu, encodePcmu, FRAME_SAMPLES, PCMU_SILENCE } from './pcmu.ts';

/** Who can be in a room: a rep's phone, a far end, a machine. A frame is 20 ms of PCMU. */
export interface Participant {
  /** Its next 20 ms; undefined for silence. */
  speak(): Uint8Array | undefined;
  /** What the others say in the same 20 ms. */
  hear(frame: Uint8Array): void;
}

/** Where everybody hears everybody else. */
export interface Room {
  enter(participant: Participant): void;
  leave(participant: Participant): void;
}

export const SILENT_FRAME = new Uint8Array(FRAME_SAMPLES).fill(PCMU_SILENCE);

/** A room takes part in the clock only while somebody is in it. */
export function createRoom(clock: FrameClock): Room {
  const participants = new Set<Participant>();
  let stop: (() => void) | undefined;

  const passOn = (): void => {
    const present = [...participants];
    const heard = mixMinus(present.map((participant) => participant.speak()));
    present.forEach((participant, index) => participant.hear(heard[index] ?? SILENT_FRAME));
  };

  return {
    enter(participant) {
      participants.add(participant);
      stop ??= clock.onFrame(passOn);
    },
    leave(participant) {
      participants.delete(participant);
      if (participants.size > 0) return;
      stop?.();
      stop = undefined;
    },
  };
}

/** For each of the frames the sum of all others, so that nobody hears themselves. */
export function mixMinus(frames: readonly (Uint8Array | undefined)[]): readonly Uint8Array[] {
  return frames.map((_, self) =>
    mix(frames.filter((frame, index) => frame !== undefined && index !== self) as readonly Uint8Array[]),
  );
}

function mix(frames: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = frames;
  if (first === undefined) return SILENT_FRAME;
  if (others.length === 0) return first;
  return Uint8Array.from({ length: FRAME_SAMPLES }, (_, index) =>
    encodePcmu(frames.reduce((sum, frame) => sum + decodePcmu(frame[index] ?? PCMU_SILENCE), 0)),
  );
}
