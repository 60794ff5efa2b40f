import type { AudioChoices } from '@scoreline/contract';
import type { AudioRole, WantedDevices } from '../domain/audioChoices.ts';
import { audioChoicesOf, DEFAULT_DEVICES, NO_DEVICES, withWanted } from '../domain/audioChoices.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';

export interface DeviceChoices {
  current(): AudioChoices;
  /** The microphone to open: before the browser tells what is plugged in, the one chosen last time. */
  inputId(): string;
  choose(role: AudioRole, deviceId: string): void;
  /** Says that a device was lost that nobody had chosen by name. */
  noteReplaced(replaced: NonNullable<AudioChoices['replaced']>): void;
  /** Asks the browser for its devices again. */
  refresh(): Promise<void>;
  close(): void;
}

export interface DeviceChoicesParts {
  /** Absent on a page that is not secure. */
  readonly devices: MediaDevices | undefined;
  readonly memory: WantedDevicesMemory;
  readonly clock: Clock;
  readonly onChanged: (choices: AudioChoices) => void;
  readonly reportFault: ReportFault;
}

/** Where a computer keeps the rep's choice. Neither method throws. */
export interface WantedDevicesMemory {
  read(): WantedDevices;
  write(wanted: WantedDevices): void;
}

/** A dock brings or takes several devices, one event each. */
const SETTLE_MS = 250;
const STORAGE_KEY = 'scorelineAudioDevices';

/** Follows what is plugged in, and what of it the rep has chosen on this computer. */
export function createDeviceChoices(parts: DeviceChoicesParts): DeviceChoices {
  const { devices, memory } = parts;
  let wanted = memory.read();
  let choices = NO_DEVICES;
  let stopSettling = (): void => undefined;

  function set(next: AudioChoices): void {
    const isSame = JSON.stringify(next) === JSON.stringify(choices);
    choices = next;
    if (!isSame) parts.onChanged(next);
  }

  async function refresh(): Promise<void> {
    const listed = (await devices?.enumerateDevices()) ?? [];
    set(audioChoicesOf(listed, wanted, choices));
  }

  function onDeviceChange(): void {
    stopSettling();
    stopSettling = parts.clock.after(SETTLE_MS, () => {
      refresh().catch(parts.reportFault);
    });
  }

  devices?.addEventListener('devicechange', onDeviceChange);
  return {
    current: () => choices,
    inputId: () => (choices.inputs.length === 0 ? wanted : choices).inputId,
    choose(role, deviceId) {
      wanted = withWanted(wanted, choices, role, deviceId);
      memory.write(wanted);
      set({ ...choices, replaced: undefined, [`${role}Id`]: wanted[`${role}Id`] });
    },
    noteReplaced(replaced) {
      if (choices.replaced === undefined) set({ ...choices, replaced });
    },
    refresh,
    close() {
      stopSettling();
      devices?.removeEventListener('devicechange', onDeviceChange);
    },
  };
}

/** The page's storage; where it is refused the choice lasts as long as the page. */
export function rememberedDevices(storage: () => Storage): WantedDevicesMemory {
  return {
    read() {
      try {
        return { ...DEFAULT_DEVICES, ...knownIds(JSON.parse(storage().getItem(STORAGE_KEY) ?? '{}')) };
      } catch {
        // Refused, or not what this version wrote: the rep chooses once more.
        return DEFAULT_DEVICES;
      }
    },
    write(wanted) {
      try {
        storage().setItem(STORAGE_KEY, JSON.stringify(wanted));
      } catch {
        // Refused or full: the choice still holds on this page.
      }
    },
  };
}

function knownIds(stored: unknown): Partial<WantedDevices> {
  const isId = ([name, id]: [string, unknown]): boolean => name in DEFAULT_DEVICES && typeof id === 'string';
  return Object.fromEntries(Object.entries(Object(stored) as object).filter(isId));
}
