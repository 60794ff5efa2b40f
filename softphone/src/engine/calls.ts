import type { DialRequest, OutcomeChoice, PhoneCall } from '@scoreline/contract';
import { isPlaced, isUp, needsOutcome, ringsHere } from '../domain/callReducer.ts';
import { errorNameOf } from '../domain/phoneError.ts';
import type { LeftCalls, RunningCallRecord } from '../domain/runningCall.ts';
import { uuidV7 } from '../domain/uuidV7.ts';
import type { AudioDevices } from '../ports/audioDevices.ts';
import type { InboundOffer, LineEvent } from '../ports/callGateway.ts';
import type { Random } from '../ports/random.ts';
import type { CallAudio } from './callAudio.ts';
import { createCallAudio } from './callAudio.ts';
import { createCallJournal } from './callJournal.ts';
import type { CallMoves, CallMovesParts } from './callMoves.ts';
import { createCallMoves } from './callMoves.ts';
import type { CallRun, CallRunParts, CallSeed } from './callRun.ts';
import { createCallRun, tellMicrophoneFault } from './callRun.ts';
import type { RejoinParts } from './rejoinCall.ts';
import { rejoinCall } from './rejoinCall.ts';
import { restoreCalls } from './restoreCalls.ts';

export interface CallsParts
  extends
    Omit<CallRunParts, 'audio' | 'onAltered' | 'onGone'>,
    Pick<CallMovesParts, 'requestTransfer' | 'isOutcomeOptional'>,
    Pick<RejoinParts, 'requestRejoin' | 'whenRegistered'> {
  readonly devices: AudioDevices;
  readonly random: Random;
  readonly owner: () => string | undefined;
  /** A call that rang here, and whose caller may be asked for. */
  readonly onOffered: (call: PhoneCall) => void;
  /** A call rang here, and nobody took it. */
  readonly onMissed: () => void;
}

/** The phone's calls. Each runs by itself; what concerns several is decided here and in {@link CallMoves}. */
export interface Calls extends CallMoves {
  start(request: DialRequest): void;
  answer(callId: string): void;
  reject(callId: string): void;
  hangUp(): void;
  hangUpAll(): void;
  /** Lends the microphone out between calls; a call does not wait until it is given back. */
  lendMicrophone(): Promise<void>;
  takeMicrophoneBack(): void;
  /** Releases the microphone and leaves the calls themselves to another tab. */
  abandon(): void;
  /** Joins a call that another page or tab has left; nothing happens where it is this phone's already, or another user's. */
  rejoin(record: RunningCallRecord): void;
  /** Takes over all that an earlier page or another tab has left. */
  restore(left: LeftCalls): void;
  /** The calls that are not done with, as another page or tab needs them. */
  running(): RunningCallRecord[];
  setMuted(muted: boolean): void;
  setHeld(held: boolean): void;
  sendDigit(digit: string): void;
  saveOutcome(choice: OutcomeChoice): Promise<void>;
  leaveOutcomeOut(callId: string): void;
}

/** More than these at once are refused as busy. */
const MOST_CALLS = 6;

export function createCalls(parts: CallsParts): Calls {
  const { screen, clock } = parts;
  const runs = new Map<string, CallRun>();
  /** How far the events of calls had come that an earlier page or another tab had: one of them may ring here again. */
  const leftProgress = new Map<string, RunningCallRecord>();
  const saving = new Map<string, Promise<void>>();
  const audio: CallAudio = createCallAudio({ ...parts, calls: runs });
  const moves = createCallMoves({ ...parts, runs, begin });

  function add(seed: CallSeed, call: PhoneCall, kind: 'callStarted' | 'callOffered'): CallRun {
    const run = createCallRun({ ...parts, audio, onAltered, onGone: rejoin }, seed);
    runs.set(seed.callId, run);
    screen.dispatch({ kind, call });
    for (const [callId, other] of runs) if (other.call() === undefined) runs.delete(callId);
    audio.follow();
    return run;
  }

  function seedOf(callId: string, inbound?: CallSeed['inbound']): CallSeed {
    const journal = createCallJournal(clock, leftProgress.get(callId));
    return { callId, owner: parts.owner() ?? '', journal, inbound };
  }

  function take({ owner, inbound, ...progress }: RunningCallRecord, call: PhoneCall): CallRun {
    const { callId } = call;
    return add({ callId, owner, inbound, journal: createCallJournal(clock, progress) }, call, 'callStarted');
  }

  function begin(request: DialRequest, isFree: Promise<boolean>, consultsFor?: string): void {
    // The next person matters now; a question to a colleague belongs to the call before.
    if (consultsFor === undefined) for (const callId of [...runs.keys()]) leaveOutcomeOut(callId);
    const callId = uuidV7(clock.now(), parts.random.hex32());
    const call = { ...newCall(callId, request, clock.now()), consultsFor };
    add(seedOf(callId), call, 'callStarted').place(request, isFree).catch(parts.reportFault);
  }

  function rejoin(run: CallRun): void {
    rejoinCall({ ...parts, audio }, run).catch(parts.reportFault);
  }

  function onAltered(run: CallRun, event: LineEvent, before: PhoneCall): void {
    moves.settle(run, event, before);
    if (event.kind !== 'ended') return;
    const call = run.call();
    const isMeant = call !== undefined && isPlaced(before) && needsOutcome(call);
    if (call?.error === undefined && !isMeant) screen.dispatch({ kind: 'callCleared', callId: run.callId });
    if (ringsHere(before)) parts.onMissed();
  }

  function shown(): CallRun | undefined {
    const { call } = screen.get();
    return call === undefined ? undefined : runs.get(call.callId);
  }

  /** Lets an inbound call ring here. */
  function offered(offer: InboundOffer): void {
    const { callId, numberE164 } = offer;
    if (runs.size >= MOST_CALLS || runs.has(callId)) return offer.refuse();
    const request = { requestId: callId, number: numberE164 ?? '' };
    const call = {
      ...newCall(callId, request, clock.now()),
      direction: 'inbound',
      state: 'ringing',
    } as const;
    const seed = seedOf(callId, numberE164 === undefined ? {} : { numberE164 });
    const run = add(seed, call, 'callOffered');
    run.line = offer.take(run.onLineEvent);
    if (!leftProgress.has(callId)) {
      run.record({ kind: 'offered' });
      run.record({ kind: 'ringing' });
    }
    parts.onOffered(call);
  }

  async function answer(run: CallRun): Promise<void> {
    const call = run.call();
    if (run.line === undefined || run.isAnswering || call === undefined || !ringsHere(call)) return;
    run.isAnswering = true;
    try {
      await audio.open();
      run.isAnswering = await moves.makeRoom(run.callId);
      if (run.isAnswering) run.line.answer();
    } catch (error) {
      run.isAnswering = false;
      tellMicrophoneFault(screen, errorNameOf(error, 'unexpected'));
    } finally {
      audio.follow();
    }
  }

  async function saveOnce(run: CallRun, call: PhoneCall, choice: OutcomeChoice): Promise<void> {
    const { callId } = run;
    // A browser without storage must not keep the rep from the next call: the page still holds it and sends it.
    await run.keepOutcome(choice).catch(parts.reportFault);
    const { recordId } = run.call()?.request ?? call.request;
    screen.dispatch({
      kind: 'outcomeKept',
      saved: { callId, recordId, place: 'outbox', savedAtMs: clock.now() },
    });
    screen.dispatch({ kind: 'callCleared', callId });
    runs.delete(callId);
    saving.delete(callId);
    parts.send();
  }

  function leaveOutcomeOut(callId: string): void {
    const call = runs.get(callId)?.call();
    if (!parts.isOutcomeOptional || call === undefined || !needsOutcome(call)) return;
    screen.dispatch({ kind: 'callCleared', callId });
    runs.delete(callId);
  }

  parts.gateway.onOffered(offered);

  return {
    ...moves,
    start: (request) => begin(request, Promise.resolve(true)),
    answer(callId) {
      const run = runs.get(callId);
      if (run !== undefined) answer(run).catch(parts.reportFault);
    },
    reject(callId) {
      const run = runs.get(callId);
      const call = run?.call();
      if (call !== undefined && ringsHere(call)) run?.hangUp();
    },
    hangUp() {
      const run = shown();
      if (run === undefined || run.call()?.state === 'ended') return;
      run.hangUp();
      moves.resumeOnly();
    },
    hangUpAll() {
      for (const run of [...runs.values()]) if (run.call()?.state !== 'ended') run.hangUp();
    },
    lendMicrophone: audio.borrow,
    takeMicrophoneBack: audio.giveBack,
    abandon() {
      screen.dispatch({ kind: 'callsLeft' });
      runs.clear();
      audio.release();
    },
    rejoin(record) {
      const { callId } = record.call;
      if (record.owner !== parts.owner() || runs.has(callId)) return;
      rejoin(take(record, { ...record.call, holdPending: false, isRejoining: true }));
    },
    restore(left) {
      for (const record of left.records) leftProgress.set(record.call.callId, record);
      restoreCalls({ screen, clock, take, rejoin }, left);
    },
    running: () =>
      [...runs.values()].flatMap(({ owner, inbound, journal, call }) => {
        const current = call();
        if (current === undefined || (current.state === 'ended' && !needsOutcome(current))) return [];
        const shown = { ...current, quality: undefined };
        return [{ call: shown, owner, inbound, ...journal.progress() }];
      }),
    setMuted(muted) {
      shown()?.change({ kind: 'muted', muted });
    },
    setHeld(held) {
      shown()?.setHeld(held).catch(parts.reportFault);
    },
    sendDigit(digit) {
      const call = shown()?.call();
      if (call !== undefined && isUp(call) && /^[0-9*#]$/u.test(digit)) shown()?.line?.sendDigit(digit);
    },
    saveOutcome(choice) {
      const run = shown();
      const call = run?.call();
      if (run === undefined || call === undefined || !needsOutcome(call))
        return Promise.reject(new Error('No ended call waits for its outcome'));
      const promise = saving.get(run.callId) ?? saveOnce(run, call, choice);
      saving.set(run.callId, promise);
      return promise;
    },
    leaveOutcomeOut,
  };
}

function newCall(callId: string, request: DialRequest, startedAtMs: number): PhoneCall {
  return {
    callId,
    direction: 'outbound',
    request,
    state: 'requesting',
    startedAtMs,
    muted: false,
    holdPending: false,
    holdRefused: false,
    isInConference: false,
    isRejoining: false,
  };
}
