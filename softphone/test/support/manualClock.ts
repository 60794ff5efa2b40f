import type { Clock } from '../../src/ports/clock.ts';

interface Timer {
  dueMs: number;
  readonly everyMs: number | undefined;
  readonly action: () => void;
}

export interface ManualClock extends Clock {
  /** Lets time pass; timers fire in their order, each at its own time. */
  advance(milliseconds: number): void;
  /** When the next timer fires, in milliseconds from now; undefined when none is set. */
  nextInMs(): number | undefined;
}

/** A clock that stands still until it is told to go. */
export function createManualClock(epochMs = Date.now()): ManualClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;

  function add(delayMs: number, everyMs: number | undefined, action: () => void): () => void {
    const timer = { dueMs: elapsedMs + delayMs, everyMs, action };
    timers.add(timer);
    return () => {
      timers.delete(timer);
    };
  }

  function next(): Timer | undefined {
    return [...timers].sort((one, other) => one.dueMs - other.dueMs)[0];
  }

  return {
    now: () => epochMs + elapsedMs,
    elapsed: () => elapsedMs,
    after: (delayMs, action) => add(delayMs, undefined, action),
    every: (intervalMs, action) => add(intervalMs, intervalMs, action),
    advance(milliseconds) {
      const untilMs = elapsedMs + milliseconds;
      for (;;) {
        const timer = next();
        if (timer === undefined || timer.dueMs > untilMs) break;
        elapsedMs = Math.max(elapsedMs, timer.dueMs);
        if (timer.everyMs === undefined) timers.delete(timer);
        else timer.dueMs += timer.everyMs;
        timer.action();
      }
      elapsedMs = untilMs;
    },
    nextInMs() {
      const timer = next();
      return timer === undefined ? undefined : timer.dueMs - elapsedMs;
    },
  };
}
