import type { MeasuredEvent } from '@scoreline/contract';
import { isInProgress } from '../domain/callReducer.ts';
import { allCalls } from '../domain/shownCalls.ts';
import type { AudioDevices } from '../ports/audioDevices.ts';
import type { Line, LineEvent } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** Five times a second: fast enough for a level meter, slow enough for a page that redraws at each change. */
const LEVEL_INTERVAL_MS = 200;

/** What was measured of a whole call. */
export type CallFigures = Omit<MeasuredEvent, 'kind' | 'sequence' | 'at' | 'elapsedMs'>;

/** A call of this phone, as its sound needs it. */
export interface SoundingCall {
  readonly line?: Line | undefined;
  /** Set while the rep's answer waits for the microphone or for another call's hold. */
  readonly isAnswering: boolean;
}

export interface CallAudio {
  /** Opens the microphone; it stays open while a call is in progress or being answered. */
  open(): Promise<void>;
  /** What the line reported of a call, before the sound follows it. */
  hear(callId: string, event: LineEvent): void;
  /** Gives microphone, loudspeaker and ringing tone to the call that the screen shows. */
  follow(): void;
  /** Gives everything back at once. */
  release(): void;
  /** What was measured of a call that has just ended; undefined where nothing was. */
  figures(callId: string): CallFigures | undefined;
}

/**
 * The one owner of the microphone. It belongs to the call that is shown and in progress; held or muted means that
 * nothing leaves it, from the moment that is asked for, and no other far end hears what is said in it.
 */
export function createCallAudio(
  screen: SnapshotStore,
  devices: AudioDevices,
  clock: Clock,
  calls: ReadonlyMap<string, SoundingCall>,
): CallAudio {
  const ringingSilently = new Set<string>();
  let stopMeter: (() => void) | undefined;
  let heard: Line | undefined;
  let isOpen = false;

  function measure(): void {
    const { call } = screen.get();
    const level = call?.muted === true ? 0 : Math.round(devices.inputLevel() * 50) / 50;
    screen.dispatch({ kind: 'inputMeasured', level });
  }

  function release(): void {
    stopMeter?.();
    stopMeter = undefined;
    heard = undefined;
    isOpen = false;
    devices.setRinging(false);
    devices.close();
  }

  function follow(): void {
    const phone = screen.get();
    const shown = phone.call !== undefined && isInProgress(phone.call) ? phone.call : undefined;
    const speaks =
      shown !== undefined && !shown.muted && shown.state !== 'held' && !shown.holdPending ? shown : undefined;
    for (const [callId, { line }] of calls) line?.setTransmitting(callId === speaks?.callId);
    if (shown === undefined && !isAwaited(phone)) {
      if (isOpen || stopMeter !== undefined) release();
      return;
    }
    devices.setTransmitting(speaks !== undefined);
    devices.setRinging(shown?.state === 'ringing' && ringingSilently.has(shown.callId));
    stopMeter ??= clock.every(LEVEL_INTERVAL_MS, measure);
    const line = shown === undefined ? undefined : calls.get(shown.callId)?.line;
    if (line === undefined || line === heard) return;
    heard = line;
    line.listen();
  }

  function isAwaited(phone: ReturnType<SnapshotStore['get']>): boolean {
    return allCalls(phone).some(
      (call) =>
        isInProgress(call) || (call.state !== 'ended' && calls.get(call.callId)?.isAnswering === true),
    );
  }

  return {
    async open() {
      await devices.open();
      isOpen = true;
      // Hung up while the rep was asked for the microphone: it is given back.
      follow();
    },
    hear(callId, event) {
      if (event.kind === 'ringing' && !event.bringsSound) ringingSilently.add(callId);
      if (event.kind === 'answered' || event.kind === 'ended') ringingSilently.delete(callId);
    },
    follow,
    release,
    figures: () => undefined,
  };
}
