import type { AudioChoices, AudioDevice } from '@scoreline/contract';

/** The devices that the rep chose on this computer, plugged in or not. An empty id is the system's default. */
export interface WantedDevices {
  readonly inputId: string;
  readonly outputId: string;
  readonly ringerId: string;
}

export type AudioRole = 'input' | 'output' | 'ringer';

/** A device as the browser lists it. */
export interface ListedDevice extends AudioDevice {
  readonly kind: string;
}

type RoleId = keyof WantedDevices;

export const DEFAULT_DEVICES: WantedDevices = { inputId: '', outputId: '', ringerId: '' };

export const NO_DEVICES: AudioChoices = { inputs: [], outputs: [], ...DEFAULT_DEVICES };

/** Entries of a list that stand for whatever the system uses now. */
const STAND_INS = ['default', 'communications'];
const ROLES: readonly (readonly [RoleId, 'audioinput' | 'audiooutput'])[] = [
  ['inputId', 'audioinput'],
  ['outputId', 'audiooutput'],
  ['ringerId', 'audiooutput'],
];

/**
 * What may be chosen and what is in use, after the browser listed its devices. A chosen device that is gone is replaced
 * by the default, and chosen again when it is back. Until the page may use the microphone a browser tells no ids: such
 * a list changes nothing.
 */
export function audioChoicesOf(
  listed: readonly ListedDevice[],
  wanted: WantedDevices,
  before: AudioChoices,
): AudioChoices {
  const named = listed.filter(({ deviceId }) => deviceId !== '');
  if (named.length === 0 && listed.length > 0) return before;
  const inputs = devicesOf(named, 'audioinput');
  const outputs = devicesOf(named, 'audiooutput');
  const used = (id: string, devices: readonly AudioDevice[]): string =>
    devices.some(({ deviceId }) => deviceId === id) ? id : '';
  return {
    inputs,
    outputs,
    inputId: used(wanted.inputId, inputs),
    outputId: used(wanted.outputId, outputs),
    ringerId: used(wanted.ringerId, outputs),
    ...replacement(named, wanted, before, { inputs, outputs }),
  };
}

/** The choices after the rep chose a device, or the default by an empty id. One that is not listed is no choice. */
export function withWanted(
  wanted: WantedDevices,
  choices: AudioChoices,
  role: AudioRole,
  deviceId: string,
): WantedDevices {
  const devices = role === 'input' ? choices.inputs : choices.outputs;
  if (deviceId !== '' && !devices.some((device) => device.deviceId === deviceId)) return wanted;
  return { ...wanted, [`${role}Id`]: deviceId };
}

type Lists = Pick<AudioChoices, 'inputs' | 'outputs'>;

function replacement(
  named: readonly ListedDevice[],
  wanted: WantedDevices,
  before: AudioChoices,
  lists: Lists,
): Pick<AudioChoices, 'replaced'> {
  const isListed = (id: string): boolean => id === '' || named.some(({ deviceId }) => deviceId === id);
  for (const [role, kind] of ROLES) {
    const chosen = [...before.inputs, ...before.outputs].find(({ deviceId }) => deviceId === before[role]);
    if (before[role] === '' || before[role] !== wanted[role] || chosen === undefined) continue;
    if (!isListed(chosen.deviceId))
      return { replaced: { lost: chosen.label, used: defaultLabel(named, kind, lists) } };
  }
  // Said until that device is back, or the rep chooses anew.
  const isBack = named.some(({ label }) => label === before.replaced?.lost);
  return before.replaced === undefined || isBack ? {} : { replaced: before.replaced };
}

/** The default as people know it: Chromium writes "Default - Headset". Empty when there is no such device at all. */
function defaultLabel(named: readonly ListedDevice[], kind: ListedDevice['kind'], lists: Lists): string {
  const standIn = named.find((device) => device.kind === kind && device.deviceId === 'default');
  const [first] = kind === 'audioinput' ? lists.inputs : lists.outputs;
  return standIn?.label.replace(/^[^-]{1,20} - (?=.)/u, '') ?? first?.label ?? '';
}

function devicesOf(named: readonly ListedDevice[], kind: ListedDevice['kind']): AudioDevice[] {
  return named
    .filter((device) => device.kind === kind && !STAND_INS.includes(device.deviceId))
    .map(({ deviceId, label }) => ({ deviceId, label }));
}
