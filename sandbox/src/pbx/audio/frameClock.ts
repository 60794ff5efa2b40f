import { FRAME_MS } from './pcmu.ts';

/** Calls each listener once for every 20 ms that pass, by the monotonic clock: a late timer is made up for. */
export interface FrameClock {
  /** Returns what ends the calls. */
  onFrame(listener: () => void): () => void;
}

/** More than this late (a suspended computer, say), the missed frames are skipped: nobody wants a burst of old sound. */
const MOST_FRAMES_AT_ONCE = 10;

/** One clock paces every call of a switch; it runs only while someone listens. */
export function createFrameClock(): FrameClock {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = 0;

  const tick = (): void => {
    const nowMs = performance.now();
    if (nowMs - dueAtMs > MOST_FRAMES_AT_ONCE * FRAME_MS) dueAtMs = nowMs;
    for (; dueAtMs <= nowMs; dueAtMs += FRAME_MS) for (const listener of listeners) listener();
    timer = listeners.size > 0 ? setTimeout(tick, Math.max(1, dueAtMs - performance.now())) : undefined;
  };

  return {
    onFrame(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        dueAtMs = performance.now();
        timer = setTimeout(tick, 0);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
