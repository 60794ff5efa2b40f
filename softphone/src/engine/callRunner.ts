import type { DialRequest, OutcomeChoice, PhoneCall } from '@scoreline/contract';
import type { PermitRequest, PermitResponse } from '@scoreline/contract/wire';
import type { CallChange } from '../domain/callReducer.ts';
import { isPlaced, isUp, needsOutcome } from '../domain/callReducer.ts';
import type { OutboxItem } from '../domain/outbox.ts';
import { errorNameOf, PhoneError } from '../domain/phoneError.ts';
import { uuidV7 } from '../domain/uuidV7.ts';
import type { AudioDevices } from '../ports/audioDevices.ts';
import type { CallGateway, Line, LineEvent } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { CallAudio } from './callAudio.ts';
import { createCallAudio } from './callAudio.ts';
import type { CallJournal, NetworkFact } from './callJournal.ts';
import { createCallJournal } from './callJournal.ts';
import { changeOf, factOf } from './lineEvents.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface CallRunnerParts {
  readonly screen: SnapshotStore;
  readonly gateway: CallGateway;
  readonly audio: AudioDevices;
  readonly clock: Clock;
  readonly random: Random;
  readonly owner: () => string | undefined;
  readonly requestPermit: (request: PermitRequest) => Promise<PermitResponse>;
  /** Keeps an event for the relay; resolves when it is durable. */
  readonly keep: (item: OutboxItem) => Promise<void>;
  /** Starts sending what is kept. */
  readonly send: () => void;
  readonly reportFault: ReportFault;
}

export interface CallRunner {
  start(request: DialRequest): void;
  hangUp(): void;
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  sendDigit(digit: string): void;
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  /** Releases the microphone and leaves the call itself to another tab. */
  abandon(): void;
}

/** Older than this when the microphone opens at last, a permit may end before the INVITE arrives: it is asked for anew. */
const PERMIT_FRESH_MS = 45_000;

interface RunningCall {
  readonly callId: string;
  readonly owner: string;
  readonly journal: CallJournal;
  line?: Line;
  saving?: Promise<void>;
}

/** Runs the phone's one call: permit and microphone, the line, the events it leaves, the outcome. */
export function createCallRunner(parts: CallRunnerParts): CallRunner {
  const { screen, clock } = parts;
  const audio: CallAudio = createCallAudio(screen, parts.audio, clock);
  let running: RunningCall | undefined;

  function change(callId: string, callChange: CallChange): boolean {
    return screen.dispatch({ kind: 'callChanged', callId, change: callChange });
  }

  function shownCall(run: RunningCall): PhoneCall | undefined {
    const { call } = screen.get();
    return call?.callId === run.callId ? call : undefined;
  }

  function record(run: RunningCall, fact: NetworkFact): void {
    const { callId, owner } = run;
    parts
      .keep({ callId, owner, event: run.journal.network(fact) })
      .catch(parts.reportFault)
      .finally(parts.send);
  }

  async function place(run: RunningCall, request: DialRequest): Promise<void> {
    try {
      const permit = await permitAndMicrophone(run.callId, request);
      if (!change(run.callId, { kind: 'permitted' })) return;
      audio.begin();
      run.line = parts.gateway.place(permit, (event) => onLineEvent(run, event));
    } catch (error) {
      const name = errorNameOf(error, 'callFailed');
      if (!(error instanceof PhoneError)) parts.reportFault(error);
      if (!change(run.callId, { kind: 'refused', error: name, atMs: clock.now() })) return;
      audio.release();
      if (name === 'microphoneBlocked' || name === 'microphoneMissing')
        screen.dispatch({ kind: 'microphoneFailed', error: name });
    }
  }

  async function permitAndMicrophone(
    callId: string,
    { number, recordId }: DialRequest,
  ): Promise<PermitResponse> {
    const wish = { callId, number, ...(recordId === undefined ? {} : { recordId }) };
    const askedAtMs = clock.elapsed();
    const [permit] = await Promise.all([parts.requestPermit(wish), audio.open()]);
    return clock.elapsed() - askedAtMs < PERMIT_FRESH_MS ? permit : await parts.requestPermit(wish);
  }

  function onLineEvent(run: RunningCall, event: LineEvent): void {
    const before = shownCall(run);
    if (!change(run.callId, changeOf(event, clock.now()))) return;
    audio.hear(event);
    audio.follow();
    const fact = factOf(event);
    if (event.kind === 'ended') audio.release();
    if (before !== undefined && !isPlaced(before) && event.kind === 'ended') {
      if (event.error === undefined) screen.dispatch({ kind: 'callCleared', callId: run.callId });
    } else if (fact !== undefined) record(run, fact);
  }

  async function keepOutcome(run: RunningCall, call: PhoneCall, choice: OutcomeChoice): Promise<void> {
    const { callId, owner } = run;
    const { recordId } = call.request;
    const event = run.journal.outcome({
      kind: 'outcome',
      outcome: choice.outcome,
      note: choice.note,
      ...(choice.followUpOn === undefined ? {} : { followUpOn: choice.followUpOn }),
    });
    await parts.keep({ callId, owner, event, ...(recordId === undefined ? {} : { recordId }) });
  }

  return {
    start(request) {
      const callId = uuidV7(clock.now(), parts.random.hex32());
      const run: RunningCall = { callId, owner: parts.owner() ?? '', journal: createCallJournal(clock) };
      running = run;
      const call: PhoneCall = {
        callId,
        direction: 'outbound',
        request,
        state: 'requesting',
        startedAtMs: clock.now(),
        muted: false,
        holdPending: false,
        holdRefused: false,
        isInConference: false,
        isRejoining: false,
      };
      screen.dispatch({ kind: 'callStarted', call });
      place(run, request).catch(parts.reportFault);
    },
    hangUp() {
      if (running === undefined) return;
      if (running.line !== undefined) {
        running.line.hangUp();
        return;
      }
      const { callId } = running;
      const ended = { kind: 'ended', atMs: clock.now(), cause: 'cancelled', endedBy: 'rep' } as const;
      if (!change(callId, ended)) return;
      audio.release();
      screen.dispatch({ kind: 'callCleared', callId });
    },
    setMuted(muted) {
      if (running !== undefined && change(running.callId, { kind: 'muted', muted })) audio.follow();
    },
    setHeld(held) {
      const call = running === undefined ? undefined : shownCall(running);
      if (running?.line === undefined || call === undefined || (call.state === 'held') === held) return;
      if (!change(call.callId, { kind: 'holdAsked' })) return;
      audio.follow();
      running.line.setHeld(held);
    },
    sendDigit(digit) {
      const call = running === undefined ? undefined : shownCall(running);
      if (call !== undefined && isUp(call) && /^[0-9*#]$/u.test(digit)) running?.line?.sendDigit(digit);
    },
    abandon: audio.release,
    saveOutcome(choice) {
      const run = running;
      const call = run === undefined ? undefined : shownCall(run);
      if (run?.saving !== undefined) return run.saving;
      if (run === undefined || call === undefined || !needsOutcome(call))
        return Promise.reject(new Error('No ended call waits for its outcome'));
      run.saving = saveOnce(run, call, choice);
      return run.saving;
    },
  };

  async function saveOnce(run: RunningCall, call: PhoneCall, choice: OutcomeChoice): Promise<void> {
    // A browser without storage must not keep the rep from the next call: the page still holds it and sends it.
    await keepOutcome(run, call, choice).catch(parts.reportFault);
    screen.dispatch({
      kind: 'outcomeKept',
      saved: { callId: run.callId, recordId: call.request.recordId, place: 'outbox', savedAtMs: clock.now() },
    });
    screen.dispatch({ kind: 'callCleared', callId: run.callId });
    parts.send();
  }
}
