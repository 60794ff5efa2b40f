import type { AudioDevices } from '../ports/audioDevices.ts';
import type { Line } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { CallFigures, CallMeasures } from './callMeasures.ts';
import { createCallMeasures } from './callMeasures.ts';
import type { SnapshotStore } from './snapshotStore.ts';

const LINE_INTERVAL_MS = 1_000;

export interface CallMeterParts {
  readonly screen: SnapshotStore;
  readonly devices: AudioDevices;
  readonly clock: Clock;
  readonly calls: ReadonlyMap<string, { readonly line?: Line | undefined }>;
  readonly reportFault: ReportFault;
}

/** Measures the line and the talk of the call whose two sides speak with each other now. */
export interface CallMeter {
  /** Names that call; undefined while none is. What it was before is paused. */
  follow(callId: string | undefined): void;
  /** What was measured of the whole call, once; undefined where nothing was. */
  figures(callId: string): CallFigures | undefined;
  /** Ends the measuring itself, until a call is named again. */
  stop(): void;
}

export function createCallMeter({ screen, devices, clock, calls, reportFault }: CallMeterParts): CallMeter {
  const measures = new Map<string, CallMeasures>();
  let talking: string | undefined;
  let stopMeasuring: (() => void) | undefined;

  const current = (): CallMeasures | undefined => measures.get(talking ?? '');

  async function readLine(): Promise<void> {
    const callId = talking;
    const reading = await calls.get(callId ?? '')?.line?.measure();
    // Held, or another call's turn, while it was read.
    if (callId === undefined || callId !== talking || reading === undefined) return;
    const quality = current()?.read(reading);
    if (quality !== undefined)
      screen.dispatch({ kind: 'callChanged', callId, change: { kind: 'qualityMeasured', quality } });
  }

  function startMeasuring(): () => void {
    const stopTalk = devices.measureTalk((meanSquares) => current()?.hear(meanSquares));
    const stopLine = clock.every(LINE_INTERVAL_MS, () => {
      readLine().catch(reportFault);
    });
    return () => {
      stopTalk();
      stopLine();
    };
  }

  function follow(callId: string | undefined): void {
    if (callId === talking) return;
    current()?.pause();
    talking = callId;
    if (callId === undefined) return;
    if (!measures.has(callId)) measures.set(callId, createCallMeasures());
    stopMeasuring ??= startMeasuring();
  }

  return {
    follow,
    figures(callId) {
      const figures = measures.get(callId)?.figures();
      measures.delete(callId);
      return figures;
    },
    stop() {
      follow(undefined);
      stopMeasuring?.();
      stopMeasuring = undefined;
    },
  };
}
