import type { PreflightResult } from '@scoreline/contract';
import { PREFLIGHT_CHECKS } from '@scoreline/contract';
import { errorNameOf, isMicrophoneFault } from '../domain/phoneError.ts';
import { allCalls } from '../domain/shownCalls.ts';
import type { AudioDevices } from '../ports/audioDevices.ts';
import type { MediaChecks } from '../ports/mediaChecks.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { Calls } from './calls.ts';
import type { Connection } from './connection.ts';
import type { EchoCallParts } from './echoCall.ts';
import { placeEchoCall } from './echoCall.ts';
import type { PreflightParts } from './preflightChecks.ts';
import { runCheck } from './preflightChecks.ts';
import type { SnapshotStore } from './snapshotStore.ts';

export interface SoundChecksParts extends EchoCallParts {
  readonly screen: SnapshotStore;
  readonly calls: Pick<Calls, 'lendMicrophone' | 'takeMicrophoneBack'>;
  readonly connection: Pick<Connection, 'connectNow' | 'iceServers'>;
  readonly audio: AudioDevices;
  readonly media: MediaChecks;
  readonly reportFault: ReportFault;
}

/** What a rep tries out between calls. One at a time; a call that begins or rings ends it. */
export interface SoundChecks {
  setEchoTest(running: boolean): void;
  runPreflight(): void;
}

export function createSoundChecks(parts: SoundChecksParts): SoundChecks {
  const { screen, calls, connection } = parts;
  let running: AbortController | undefined;

  function isBusy(): boolean {
    return allCalls(screen.get()).some(({ state }) => state !== 'ended');
  }

  /** Runs with the microphone lent by the calls, until it is done, or the rep or a call ends it. */
  function begin(task: (signal: AbortSignal) => Promise<void>): void {
    running?.abort();
    if (isBusy()) return;
    const own = new AbortController();
    running = own;
    const stopWatching = screen.subscribe(() => {
      if (isBusy()) own.abort();
    });
    task(own.signal)
      .catch(parts.reportFault)
      .finally(() => {
        own.abort();
        stopWatching();
        if (running === own) running = undefined;
        if (running === undefined) calls.takeMicrophoneBack();
      });
  }

  async function testEcho(signal: AbortSignal): Promise<void> {
    const ended = untilAborted(signal);
    screen.dispatch({ kind: 'echoTested', state: 'connecting' });
    try {
      await Promise.race([calls.lendMicrophone(), ended]);
      if (!signal.aborted) await Promise.race([placeEchoCall(parts, signal, () => running?.abort()), ended]);
      if (!signal.aborted) screen.dispatch({ kind: 'echoTested', state: 'running' });
      await ended;
      screen.dispatch({ kind: 'echoTested' });
    } catch (error) {
      screen.dispatch({ kind: 'echoTested', error: errorNameOf(error, 'echoRefused') });
    }
  }

  async function check(signal: AbortSignal): Promise<void> {
    const checks: PreflightParts = {
      ...parts,
      ...connection,
      inputLevel: () => parts.audio.inputLevel(),
      openMicrophone: calls.lendMicrophone,
      placeEchoCall: () => placeEchoCall(parts, signal, () => undefined),
    };
    const results: PreflightResult[] = [];
    for (const name of PREFLIGHT_CHECKS) {
      const show = (result: PreflightResult): void => {
        results[PREFLIGHT_CHECKS.indexOf(name)] = result;
        screen.dispatch({ kind: 'preflightChecked', results: [...results] });
      };
      const cutShort = untilAborted(signal).then((): PreflightResult => ({ check: name, result: 'skipped' }));
      const earlier = [...results];
      show({ check: name, result: 'running' });
      show(await Promise.race([runCheck(checks, name, earlier), cutShort]));
      if (signal.aborted) return;
    }
    // Looked at last: to connect, which one of the checks does, lets the phone believe that all is well.
    const { error } = results.find((result) => result.check === 'microphone') ?? {};
    if (isMicrophoneFault(error)) screen.dispatch({ kind: 'microphoneFailed', error });
  }

  return {
    setEchoTest(wanted) {
      if (wanted) begin(testEcho);
      else if (screen.get().echoTest !== undefined) running?.abort();
    },
    runPreflight: () => begin(check),
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
