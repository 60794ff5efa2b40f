import type { LeftCalls, RunningCallRecord } from '../domain/runningCall.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeftCallsStore } from '../ports/leftCallsStore.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface CallKeeperParts {
  readonly screen: SnapshotStore;
  readonly records: () => readonly RunningCallRecord[];
  readonly store: LeftCallsStore;
  readonly clock: Clock;
  readonly reportFault: ReportFault;
}

/** How often a page with a call says that it is alive: by this its successor knows when a call was lost. */
const ALIVE_EVERY_MS = 5_000;

/** Writes the calls down at each of their changes, for the page or tab that comes after this one. Returns what ends that. */
export function keepCalls({ screen, records, store, clock, reportFault }: CallKeeperParts): () => void {
  let written = '[]';
  let shown: unknown[] = [];

  function write(isDue: (text: string) => boolean): void {
    const now = records();
    const text = JSON.stringify(now);
    if (!isDue(text)) return;
    written = text;
    const left: LeftCalls = { aliveAtMs: clock.now(), records: now };
    store.write(left).catch(reportFault);
  }

  const stopFollowing = screen.subscribe(({ call, otherCalls }) => {
    // The level meter changes the snapshot five times a second, and no call.
    if (call === shown[0] && otherCalls === shown[1]) return;
    shown = [call, otherCalls];
    write((text) => text !== written);
  });
  const stopAlive = clock.every(ALIVE_EVERY_MS, () => write((text) => text !== '[]'));
  return () => {
    stopFollowing();
    stopAlive();
  };
}
