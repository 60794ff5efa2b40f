/** Frames kept back before sound begins, so that a packet that is late by less than this leaves no gap. */
const FRAMES_AHEAD = 2;
/** More than this waits for nobody: the oldest are dropped, or the delay would grow with the sender's clock. */
const MOST_FRAMES = 8;

/** Evens out how packets arrive: one frame goes out every 20 ms. */
export interface JitterBuffer {
  put(frame: Uint8Array): void;
  /** The next frame; undefined while there is none, which is silence. */
  take(): Uint8Array | undefined;
}

export function createJitterBuffer(): JitterBuffer {
  const frames: Uint8Array[] = [];
  let isFilling = true;
  return {
    put(frame) {
      frames.push(frame);
      if (frames.length > MOST_FRAMES) frames.shift();
      if (frames.length >= FRAMES_AHEAD) isFilling = false;
    },
    take() {
      if (isFilling) return undefined;
      const frame = frames.shift();
      if (frame === undefined) isFilling = true;
      return frame;
    },
  };
}
