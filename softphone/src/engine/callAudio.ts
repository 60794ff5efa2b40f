import type { AudioDevices } from '../ports/audioDevices.ts';
import type { LineEvent } from '../ports/callGateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { SnapshotStore } from './snapshotStore.ts';

/** Five times a second: fast enough for a level meter, slow enough for a page that redraws at each change. */
const LEVEL_INTERVAL_MS = 200;

export interface CallAudio {
  open(): Promise<void>;
  /** The call goes out: the microphone follows its state, and is measured. */
  begin(): void;
  /** What the line reported, before the microphone follows it. */
  hear(event: LineEvent): void;
  /** Held or muted means that nothing leaves the microphone, from the moment it is asked for. */
  follow(): void;
  /** The call is over: the microphone is given back. */
  release(): void;
}

/** The microphone of the call that the screen shows. */
export function createCallAudio(screen: SnapshotStore, devices: AudioDevices, clock: Clock): CallAudio {
  let stopMeter = (): void => undefined;

  function follow(): void {
    const { call } = screen.get();
    if (call !== undefined)
      devices.setTransmitting(!call.muted && call.state !== 'held' && !call.holdPending);
  }

  function measure(): void {
    const { call } = screen.get();
    const level = call?.muted === true ? 0 : Math.round(devices.inputLevel() * 50) / 50;
    screen.dispatch({ kind: 'inputMeasured', level });
  }

  return {
    open: () => devices.open(),
    begin() {
      follow();
      stopMeter();
      stopMeter = clock.every(LEVEL_INTERVAL_MS, measure);
    },
    hear(event) {
      devices.setRinging(event.kind === 'ringing' && !event.bringsSound);
    },
    follow,
    release() {
      stopMeter();
      devices.close();
    },
  };
}
