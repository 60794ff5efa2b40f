import type { DialAnswer, DialRequest, PhoneCall } from '@scoreline/contract';
import type { PermitResponse } from '@scoreline/contract/wire';
import { isInProgress, isUp } from '../domain/callReducer.ts';
import { errorNameOf } from '../domain/phoneError.ts';
import { answerAddCall } from '../domain/phoneReducer.ts';
import { allCalls } from '../domain/shownCalls.ts';
import type { LineEvent } from '../ports/callGateway.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { CallRun } from './callRun.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface CallMovesParts {
  readonly screen: SnapshotStore;
  readonly runs: ReadonlyMap<string, CallRun>;
  readonly isOutcomeOptional: boolean;
  readonly requestTransfer: (callId: string, number: string) => Promise<PermitResponse>;
  /** Begins a call that is placed as soon as nothing stands in its way. */
  readonly begin: (request: DialRequest, isFree: Promise<boolean>, consultsFor?: string) => void;
  readonly reportFault: ReportFault;
}

/** What the rep does with two calls at once. At most one is spoken to; the other is on hold. */
export interface CallMoves {
  addCall(request: DialRequest, purpose: 'call' | 'consultation'): DialAnswer;
  switchTo(callId: string): void;
  transfer(number: string): void;
  completeTransfer(): void;
  cancelConsultation(): void;
  startConference(): void;
}

interface OwnMoves extends CallMoves {
  /** Holds what is spoken to and gives up what is not answered yet; resolves with whether the line is free. */
  makeRoom(forCallId: string): Promise<boolean>;
  /** Resumes the held call when it is the only one left. */
  resumeOnly(): void;
  /** What an event of one call means for the other. */
  settle(run: CallRun, event: LineEvent, before: PhoneCall): void;
}

export function createCallMoves(parts: CallMovesParts): OwnMoves {
  const { screen, runs, reportFault } = parts;
  /** Asked for, and not answered by the switch yet. */
  const joining = new WeakSet<CallRun>();

  function inProgress(): CallRun[] {
    return allCalls(screen.get()).flatMap((call) =>
      isInProgress(call) ? (runs.get(call.callId) ?? []) : [],
    );
  }

  /** The calls that are up, the one shown first. */
  function upRuns(): CallRun[] {
    const { call, otherCalls } = screen.get();
    return [call, ...otherCalls].flatMap((one) =>
      one !== undefined && isUp(one) ? (runs.get(one.callId) ?? []) : [],
    );
  }

  function consultation(): { asked: CallRun; consult: CallRun; consultCall: PhoneCall } | undefined {
    for (const consult of inProgress()) {
      const consultCall = consult.call();
      const asked = runs.get(consultCall?.consultsFor ?? '');
      if (consultCall !== undefined && asked !== undefined) return { asked, consult, consultCall };
    }
    return undefined;
  }

  async function makeRoom(forCallId: string): Promise<boolean> {
    for (const run of inProgress()) {
      const call = run.call();
      if (run.callId === forCallId || call === undefined) continue;
      if (!isUp(call)) run.hangUp();
      else if (!(await run.setHeld(true)) && run.call()?.state !== 'ended') return false;
    }
    return true;
  }

  function resume(run: CallRun): void {
    if (run.call()?.state === 'held') run.setHeld(false).catch(reportFault);
  }

  function resumeOnly(): void {
    const [only, second] = inProgress();
    if (only !== undefined && second === undefined) resume(only);
  }

  async function switchTo(target: CallRun): Promise<void> {
    const calls = inProgress().map((run) => run.call());
    // One move at a time, and nobody is taken out of a conference.
    if (calls.some((call) => call === undefined || call.holdPending || call.isInConference)) return;
    if (await makeRoom(target.callId)) await target.setHeld(false);
  }

  async function transfer(run: CallRun, number: string): Promise<void> {
    try {
      const order = await parts.requestTransfer(run.callId, number);
      run.line?.transfer(order);
    } catch (error) {
      run.onLineEvent({ kind: 'transferRefused', error: errorNameOf(error, 'transferRefused') });
    }
  }

  function settle(run: CallRun, event: LineEvent, before: PhoneCall): void {
    if (event.kind === 'joined' || event.kind === 'joinRefused') joining.delete(run);
    if (event.kind === 'joined')
      for (const other of upRuns()) if (other !== run) other.change({ kind: 'joined' });
    if (event.kind !== 'ended') return;
    const asked = runs.get(before.consultsFor ?? '');
    asked?.change({ kind: 'consultationOver' });
    if (!before.isInConference) return;
    for (const other of upRuns()) other.change({ kind: 'left' });
    // The other far end was heard on this leg; it still waits on its own.
    resumeOnly();
  }

  return {
    makeRoom,
    resumeOnly,
    settle,
    addCall(request, purpose) {
      const answer = answerAddCall(screen.get(), purpose, parts.isOutcomeOptional);
      const [current] = inProgress();
      if (answer !== 'dialing') return answer;
      if (current === undefined) parts.begin(request, Promise.resolve(true));
      else {
        const isConsultation = purpose === 'consultation';
        const isHeld = current.setHeld(true);
        if (isConsultation) current.change({ kind: 'consulting' });
        parts.begin(request, isHeld, isConsultation ? current.callId : undefined);
      }
      return answer;
    },
    switchTo(callId) {
      const target = upRuns().find((run) => run.callId === callId);
      if (target !== undefined) switchTo(target).catch(reportFault);
    },
    transfer(number) {
      const [run] = upRuns();
      const call = run?.call();
      if (run === undefined || call === undefined || call.transfer === 'asked') return;
      if (consultation() !== undefined || !run.change({ kind: 'transferAsked' })) return;
      transfer(run, number).catch(reportFault);
    },
    completeTransfer() {
      const found = consultation();
      if (found === undefined || !isUp(found.consultCall)) return;
      const { asked, consult } = found;
      if (asked.call()?.transfer !== 'asked' && asked.change({ kind: 'transferAsked' }))
        asked.line?.transferTo(consult.callId);
    },
    cancelConsultation() {
      const found = consultation();
      if (found === undefined || found.asked.call()?.transfer === 'asked') return;
      found.consult.hangUp();
      resume(found.asked);
    },
    startConference() {
      const [run, other, third] = upRuns();
      const call = run?.call();
      if (call?.state !== 'talking' || call.isInConference || other === undefined || third !== undefined)
        return;
      if (run === undefined || joining.has(run)) return;
      joining.add(run);
      run.line?.join(other.callId);
    },
  };
}
