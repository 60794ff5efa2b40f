import { readLeftCalls } from '../../src/browser/indexedDbLeftCalls.ts';
import type { LeftCalls } from '../../src/domain/runningCall.ts';
import type { LeftCallsStore } from '../../src/ports/leftCallsStore.ts';

export interface MemoryLeftCalls extends LeftCallsStore {
  /** What the next page would find. */
  left(): LeftCalls | undefined;
}

/** Keeps the text of what was written, and reads it as the browser's store does. */
export function createMemoryLeftCalls(): MemoryLeftCalls {
  let text = 'null';
  const left = (): LeftCalls | undefined => {
    const row = JSON.parse(text) as Record<string, unknown> | null;
    return row === null ? undefined : readLeftCalls(row);
  };
  return {
    left,
    read: () => Promise.resolve(left()),
    write(calls) {
      text = JSON.stringify(calls);
      return Promise.resolve();
    },
  };
}
