import type { PhoneSnapshot } from '@scoreline/contract';
import type { PhoneChange } from '../domain/phoneReducer.ts';
import { INITIAL_PHONE, reducePhone } from '../domain/phoneReducer.ts';
import type { ReportFault } from '../ports/reportFault.ts';

/** The one place where the phone's snapshot is kept and replaced. */
export interface SnapshotStore {
  get(): PhoneSnapshot;
  /** Applies a change; returns whether anything altered. */
  dispatch(change: PhoneChange): boolean;
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
}

/** A listener that throws is reported and keeps the others, and the phone, running. */
export function createSnapshotStore(reportFault: ReportFault): SnapshotStore {
  let snapshot = INITIAL_PHONE;
  const listeners = new Set<(snapshot: PhoneSnapshot) => void>();

  function tell(listener: (snapshot: PhoneSnapshot) => void): void {
    try {
      listener(snapshot);
    } catch (error) {
      reportFault(error);
    }
  }

  return {
    get: () => snapshot,
    dispatch(change) {
      const next = reducePhone(snapshot, change);
      if (next === snapshot) return false;
      snapshot = next;
      for (const listener of [...listeners]) tell(listener);
      return true;
    },
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is told twice and ended separately.
      const own = (current: PhoneSnapshot): void => listener(current);
      listeners.add(own);
      tell(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
