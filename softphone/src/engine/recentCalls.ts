import type { RecentCallsResponse } from '@scoreline/contract/wire';
import { PhoneError } from '../domain/phoneError.ts';
import type { Clock } from '../ports/clock.ts';
import type { Relay } from '../ports/relay.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { Connection } from './connection.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** When a missed call may have a message by: after a greeting and a short one, and after a long one. */
const VOICEMAIL_AFTER_MS = [30_000, 90_000, 180_000];

export interface RecentCallsParts {
  readonly screen: SnapshotStore;
  readonly connection: Connection;
  readonly relay: Relay;
  readonly clock: Clock;
  readonly reportFault: ReportFault;
}

/** The rep's last calls, as the ledger has them. */
export interface RecentCalls {
  refresh(): void;
  /** A call was missed: read now, and again when its caller may have left a message. */
  missed(): void;
  markMissedSeen(): void;
  close(): void;
}

export function createRecentCalls(parts: RecentCallsParts): RecentCalls {
  const { screen, connection, relay, clock } = parts;
  const timers = new Set<() => void>();
  let isReading = false;
  let readAgain = false;

  /** A list that can't be read stays as it was: the next call, or the next connection, reads it again. */
  function report(error: unknown): void {
    if (!(error instanceof PhoneError)) parts.reportFault(error);
  }

  async function read(): Promise<void> {
    readAgain = isReading;
    if (isReading) return;
    isReading = true;
    try {
      const answer = await connection.withToken((token) => relay.readRecent(token));
      screen.dispatch({ kind: 'recentRead', ...recentOf(answer) });
    } finally {
      isReading = false;
    }
    if (readAgain) await read();
  }

  function refresh(): void {
    read().catch(report);
  }

  return {
    refresh,
    missed() {
      refresh();
      for (const delayMs of VOICEMAIL_AFTER_MS) {
        const stop = clock.after(delayMs, () => {
          timers.delete(stop);
          refresh();
        });
        timers.add(stop);
      }
    },
    markMissedSeen() {
      if (!screen.dispatch({ kind: 'missedSeen' })) return;
      // A list that was asked for before the relay knew of this still counts them.
      connection.withToken((token) => relay.markMissedSeen(token)).then(refresh, report);
    },
    close() {
      for (const stop of timers) stop();
    },
  };
}

function recentOf({ calls, missedUnseen }: RecentCallsResponse) {
  const recent = calls.map(({ numberE164, startedAt, ...call }) => ({
    ...call,
    number: numberE164,
    startedAtMs: Date.parse(startedAt),
  }));
  return { recent, missedUnseen };
}
