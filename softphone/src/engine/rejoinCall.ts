import { REJOIN_WITHIN_SECONDS } from '@scoreline/contract';
import type { ErrorName } from '@scoreline/contract';
import type { PermitResponse } from '@scoreline/contract/wire';
import { errorNameOf } from '../domain/phoneError.ts';
import type { CallGateway, LineEvent } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallAudio } from './callAudio.ts';
import type { CallRun } from './callRun.ts';
import { tellMicrophoneFault } from './callRun.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface RejoinParts {
  readonly screen: SnapshotStore;
  readonly gateway: CallGateway;
  readonly audio: CallAudio;
  readonly clock: Clock;
  readonly requestRejoin: (callId: string) => Promise<PermitResponse>;
  /** Resolves when the switch can be asked. */
  readonly whenRegistered: () => Promise<void>;
}

const CALL_GONE = 481;
const RETRY_MS = 500;
/** What the relay says of a call that nobody keeps any more. */
const OVER: readonly ErrorName[] = ['callNotFound', 'callEnded'];

/**
 * Joins a call again whose far end the switch still keeps, on a line of its own; tries until the switch no longer
 * keeps it. A call that can't be joined ends as `callLost`.
 */
export async function rejoinCall(parts: RejoinParts, run: CallRun): Promise<void> {
  const { clock, audio } = parts;
  const untilMs = clock.elapsed() + REJOIN_WITHIN_SECONDS * 1_000;
  const stopDeadline = clock.after(REJOIN_WITHIN_SECONDS * 1_000, () => lose('callLost'));
  run.line = undefined;
  run.change({ kind: 'rejoining' });

  const isWanted = (): boolean => run.call()?.isRejoining === true;

  function lose(error: ErrorName): void {
    if (!isWanted()) return;
    const { line } = run;
    run.onLineEvent({ kind: 'ended', cause: 'failed', endedBy: 'network', error });
    // An answer that comes later would be a call that nobody sees.
    line?.hangUp();
  }

  async function failed(isFinal: boolean): Promise<void> {
    run.line = undefined;
    if (isFinal || clock.elapsed() + RETRY_MS >= untilMs) return lose('callLost');
    await new Promise<void>((resolve) => {
      clock.after(RETRY_MS, resolve);
    });
    if (isWanted()) await attempt();
  }

  function onLineEvent(event: LineEvent): void {
    if (event.kind === 'answered') stopDeadline();
    if (event.kind !== 'ended' || event.endedBy === 'rep' || !isWanted()) return run.onLineEvent(event);
    failed(event.sipStatus === CALL_GONE).catch(() => lose('callLost'));
  }

  async function attempt(): Promise<void> {
    try {
      const [order] = await Promise.all([
        parts.requestRejoin(run.callId),
        audio.open(),
        parts.whenRegistered(),
      ]);
      if (!isWanted()) return;
      run.line = parts.gateway.place(order, onLineEvent);
      audio.follow();
    } catch (error) {
      const name = errorNameOf(error, 'callLost');
      tellMicrophoneFault(parts.screen, name);
      await failed(OVER.includes(name));
    }
  }

  await attempt();
}
