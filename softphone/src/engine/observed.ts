import type { ReportFault } from '../ports/reportFault.ts';

/** A value that is replaced as a whole, and those who follow it. */
export interface Observed<Value> {
  get(): Value;
  set(value: Value): void;
  /** Calls the listener now and at every change; returns what ends that. */
  subscribe(listener: (value: Value) => void): () => void;
}

/** A listener that throws is reported and keeps the others, and the phone, running. */
export function createObserved<Value>(initial: Value, reportFault: ReportFault): Observed<Value> {
  let current = initial;
  const listeners = new Set<(value: Value) => void>();

  function tell(listener: (value: Value) => void): void {
    try {
      listener(current);
    } catch (error) {
      reportFault(error);
    }
  }

  return {
    get: () => current,
    set(value) {
      current = value;
      for (const listener of [...listeners]) tell(listener);
    },
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is told twice and ended separately.
      const own = (value: Value): void => listener(value);
      listeners.add(own);
      tell(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
