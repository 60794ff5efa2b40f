import type { PhoneSnapshot } from '@scoreline/contract';
import type { PhoneChange } from '../domain/phoneReducer.ts';
import { INITIAL_PHONE, reducePhone } from '../domain/phoneReducer.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { createObserved } from './observed.ts';

/** The one place where the phone's snapshot is kept and replaced. */
export interface SnapshotStore {
  get(): PhoneSnapshot;
  /** Applies a change; returns whether anything altered. */
  dispatch(change: PhoneChange): boolean;
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
}

export function createSnapshotStore(reportFault: ReportFault): SnapshotStore {
  const { get, set, subscribe } = createObserved(INITIAL_PHONE, reportFault);
  return {
    get,
    dispatch(change) {
      const before = get();
      const next = reducePhone(before, change);
      if (next === before) return false;
      set(next);
      return true;
    },
    subscribe,
  };
}
