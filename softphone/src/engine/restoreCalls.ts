import { REJOIN_WITHIN_SECONDS } from '@scoreline/contract';
import type { PhoneCall } from '@scoreline/contract';
import { isPlaced, needsOutcome, ringsHere } from '../domain/callReducer.ts';
import type { LeftCalls, RunningCallRecord } from '../domain/runningCall.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallRun } from './callRun.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface RestoreParts {
  readonly screen: SnapshotStore;
  readonly clock: Clock;
  /** Shows the call as its record has it, and numbers its events on. */
  readonly take: (record: RunningCallRecord, call: PhoneCall) => CallRun;
  readonly rejoin: (run: CallRun) => void;
}

/**
 * Takes over what an earlier page or another tab has left. A call that owes its outcome goes on owing it. One that is up
 * or on its way is joined again, unless its phone has been gone for longer than the switch waits: then it ended when its
 * phone was last alive. What had not left yet is dialed now. A call that rang here rings again by the switch's own doing.
 */
export function restoreCalls(parts: RestoreParts, { aliveAtMs, records }: LeftCalls): void {
  const { clock, screen, take } = parts;
  const isFresh = clock.now() - aliveAtMs <= REJOIN_WITHIN_SECONDS * 1_000;
  for (const record of records) {
    const { call } = record;
    if (call.state === 'ended') take(record, call);
    else if (ringsHere(call)) continue;
    else if (!isPlaced(call)) {
      if (isFresh && call.consultsFor === undefined)
        screen.dispatch({ kind: 'dialWaits', request: call.request });
    } else {
      const run = take(record, {
        ...call,
        holdPending: false,
        holdRefused: false,
        isRejoining: true,
        transfer: call.transfer === 'asked' ? undefined : call.transfer,
      });
      if (isFresh) parts.rejoin(run);
      else lose(screen, run, aliveAtMs);
    }
  }
}

function lose(screen: SnapshotStore, run: CallRun, atMs: number): void {
  const { callId } = run;
  const ended = { kind: 'ended', cause: 'failed', endedBy: 'network' } as const;
  run.change({ ...ended, atMs, error: 'callLost' });
  run.record(ended, atMs);
  const call = run.call();
  if (call !== undefined && !needsOutcome(call)) screen.dispatch({ kind: 'callCleared', callId });
}
