import type { DialRequest, OutcomeChoice, PhoneCall } from '@scoreline/contract';
import type { PermitRequest, PermitResponse } from '@scoreline/contract/wire';
import type { CallChange } from '../domain/callReducer.ts';
import { isPlaced, isUp } from '../domain/callReducer.ts';
import type { OutboxItem } from '../domain/outbox.ts';
import { errorNameOf, isMicrophoneFault, PhoneError } from '../domain/phoneError.ts';
import type { RunningCallRecord } from '../domain/runningCall.ts';
import { findCall } from '../domain/shownCalls.ts';
import type { CallGateway, Line, LineEvent, PreparedOffer } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { CallAudio } from './callAudio.ts';
import type { CallJournal, NetworkFact } from './callJournal.ts';
import { changeOf, factOf } from './lineEvents.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface CallRunParts {
  readonly screen: SnapshotStore;
  readonly gateway: CallGateway;
  readonly audio: CallAudio;
  readonly clock: Clock;
  readonly requestPermit: (request: PermitRequest) => Promise<PermitResponse>;
  /** Keeps an event for the relay; resolves when it is durable. */
  readonly keep: (item: OutboxItem) => Promise<void>;
  /** Starts sending what is kept. */
  readonly send: () => void;
  readonly reportFault: ReportFault;
  /** Told of a call that is up, and of which the switch has forgotten this leg. */
  readonly onGone: (run: CallRun) => void;
  /** Told of every event of the line that altered the call, with the call as it was before. */
  readonly onAltered: (run: CallRun, event: LineEvent, before: PhoneCall) => void;
}

/** What makes a call this rep's: its id, who owns it, and where the numbering of its events stands. */
export interface CallSeed {
  readonly callId: string;
  readonly owner: string;
  readonly journal: CallJournal;
  readonly inbound?: RunningCallRecord['inbound'];
}

/** One call: its permit, its line, the events it leaves, its outcome. */
export interface CallRun extends CallSeed {
  line: Line | undefined;
  isAnswering: boolean;
  /** The call as the screen has it; undefined once it is cleared. */
  call(): PhoneCall | undefined;
  change(change: CallChange): boolean;
  /** Places it once there is a permit, the microphone is open and nothing else stands in the way. */
  place(request: DialRequest, isFree: Promise<boolean>): Promise<void>;
  onLineEvent(event: LineEvent): void;
  /** `atMs` of what was noticed only later, in epoch milliseconds. */
  record(fact: NetworkFact, atMs?: number): void;
  /** Ends the call, whatever it is doing. */
  hangUp(): void;
  /** Resolves with whether the call now is as asked. */
  setHeld(held: boolean): Promise<boolean>;
  /** Keeps the outcome; resolves when that is durable. */
  keepOutcome(choice: OutcomeChoice): Promise<void>;
}

/** Older than this when the microphone opens at last, a permit may end before the INVITE arrives: it is asked for anew. */
const PERMIT_FRESH_MS = 45_000;
const CALL_GONE = 481;

export function createCallRun(parts: CallRunParts, seed: CallSeed): CallRun {
  const { screen, clock, audio } = parts;
  const { callId, owner, journal, inbound } = seed;
  let settleHold: (() => void) | undefined;

  const call = (): PhoneCall | undefined => findCall(screen.get(), callId);

  function change(callChange: CallChange): boolean {
    const isAltered = screen.dispatch({ kind: 'callChanged', callId, change: callChange });
    if (isAltered) audio.follow();
    return isAltered;
  }

  function item(event: OutboxItem['event'], recordId?: string): OutboxItem {
    return {
      callId,
      owner,
      event,
      ...(recordId === undefined ? {} : { recordId }),
      ...(inbound === undefined ? {} : { inbound }),
    };
  }

  /** The permit, once the offer is under way too: who answers meanwhile must find the microphone open. */
  async function permitted(
    { number, recordId }: DialRequest,
    preparing: Promise<PreparedOffer>,
    askedAtMs: number,
  ): Promise<PermitResponse> {
    const consultsFor = call()?.consultsFor;
    const wish = {
      callId,
      number,
      ...(recordId === undefined ? {} : { recordId }),
      ...(consultsFor === undefined ? {} : { consultsFor }),
    };
    const [permit] = await Promise.all([parts.requestPermit(wish), preparing]);
    return clock.elapsed() - askedAtMs < PERMIT_FRESH_MS ? permit : await parts.requestPermit(wish);
  }

  const run: CallRun = {
    ...seed,
    line: undefined,
    isAnswering: false,
    call,
    change,
    async place(request, isFree) {
      const askedAtMs = clock.elapsed();
      const microphone = audio.opensUnasked() ? 'later' : 'open';
      const opening = microphone === 'later' ? Promise.resolve() : audio.open();
      const preparing = opening.then(() => parts.gateway.prepare(microphone));
      try {
        const permit = await permitted(request, preparing, askedAtMs);
        const offer = await preparing;
        if (!(await isFree)) throw new PhoneError('holdRefused');
        if (!run.change({ kind: 'permitted' })) return;
        run.line = parts.gateway.place(permit, run.onLineEvent, offer);
        audio.follow();
        if (microphone === 'open') return;
        // To open it keeps the browser busy: the call leaves first, and the far end takes longer to pick up.
        await audio.open();
        run.line.takeMicrophone();
      } catch (error) {
        if (!(error instanceof PhoneError)) parts.reportFault(error);
        const name = errorNameOf(error, 'callFailed');
        if (call()?.state === 'ended') return;
        run.onLineEvent({ kind: 'ended', cause: 'failed', endedBy: 'network', error: name });
        run.line?.hangUp();
        tellMicrophoneFault(screen, name);
      } finally {
        preparing.then(
          (offer) => offer.discard(),
          // What kept it from being made is why the call failed, and was told.
          () => undefined,
        );
      }
    },
    onLineEvent(reported) {
      const before = call();
      if (before !== undefined && isGone(reported, before)) return parts.onGone(run);
      const event = before === undefined ? reported : inPlaceOf(reported, before);
      audio.hear(callId, event);
      const isAltered = change(changeOf(event, clock.now()));
      if (event.kind === 'held' || event.kind === 'resumed' || event.kind === 'holdRefused') settleHold?.();
      if (!isAltered || before === undefined) return;
      // The new line of a call that was on hold is not, until it is asked for again.
      if (event.kind === 'answered' && before.state === 'held') run.line?.setHeld(true);
      const fact = factOf(event);
      const hasLeft = isPlaced(before) || event.kind !== 'ended';
      if (fact !== undefined && hasLeft && !(event.kind === 'answered' && isUp(before))) run.record(fact);
      if (event.kind === 'ended') {
        settleHold?.();
        const figures = before.answeredAtMs === undefined ? undefined : audio.figures(callId);
        if (figures !== undefined) run.record({ kind: 'measured', ...figures });
      }
      parts.onAltered(run, event, before);
    },
    record(fact, atMs) {
      parts
        .keep(item(journal.network(fact, atMs)))
        .catch(parts.reportFault)
        .finally(parts.send);
    },
    hangUp() {
      if (run.line === undefined) run.onLineEvent({ kind: 'ended', cause: 'cancelled', endedBy: 'rep' });
      else run.line.hangUp();
    },
    async setHeld(held) {
      const current = call();
      if (run.line === undefined || current === undefined || current.isRejoining) return false;
      if ((current.state === 'held') === held && !current.holdPending) return isUp(current);
      if (!change({ kind: 'holdAsked' })) return false;
      const settled = new Promise<void>((resolve) => {
        settleHold = resolve;
      });
      run.line.setHeld(held);
      await settled;
      const after = call();
      return after !== undefined && isUp(after) && (after.state === 'held') === held;
    },
    async keepOutcome({ outcome, note, followUpOn }) {
      const said = { outcome, note, ...(followUpOn === undefined ? {} : { followUpOn }) };
      await parts.keep(item(journal.outcome({ kind: 'outcome', ...said }), call()?.request.recordId));
    },
  };
  return run;
}

/** The switch, after a restart of its own, knows nothing of a call that is up here. */
function isGone(event: LineEvent, call: PhoneCall): boolean {
  return event.kind === 'ended' && event.sipStatus === CALL_GONE && isUp(call) && !call.isRejoining;
}

/** What an event of the line means for a call that had been up before the line began. */
function inPlaceOf(event: LineEvent, before: PhoneCall): LineEvent {
  if (event.kind === 'holdRefused' && before.state === 'held' && !before.holdPending)
    return { kind: 'resumed' };
  if (event.kind === 'ended' && event.cause === 'cancelled' && isUp(before))
    return { ...event, cause: 'completed' };
  return event;
}

/** A microphone that can't be opened stands in the way of every call, until the rep has mended it. */
export function tellMicrophoneFault(screen: SnapshotStore, error: ReturnType<typeof errorNameOf>): void {
  if (isMicrophoneFault(error)) screen.dispatch({ kind: 'microphoneFailed', error });
}
