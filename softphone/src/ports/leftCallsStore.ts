import type { LeftCalls } from '../domain/runningCall.ts';

/** Where this user's calls are written down while they last, for the page or tab that comes after this one. */
export interface LeftCallsStore {
  /** Undefined when an earlier page left nothing. */
  read(): Promise<LeftCalls | undefined>;
  /** Replaces what was written down before. */
  write(left: LeftCalls): Promise<void>;
}
