/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Monotonic milliseconds: unaffected when the wall clock is set. */
  elapsed(): number;
  /** Runs the action once after the delay; returns what prevents that. */
  after(delayMs: number, action: () => void): () => void;
  /** Runs the action at every interval until what it returns is called. */
  every(intervalMs: number, action: () => void): () => void;
}
