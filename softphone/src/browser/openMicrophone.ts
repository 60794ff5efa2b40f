import type { ErrorName } from '@scoreline/contract';
import { PhoneError } from '../domain/phoneError.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { openInputMeter, type InputMeter } from './inputMeter.ts';

/** One opened microphone. */
export interface Microphone {
  readonly stream: MediaStream;
  /** The chosen device it is; empty for the system's default. */
  readonly inputId: string;
  readonly label: string;
  /** How loud it is, 0 to 1. */
  level(): number;
  /** Whether it gives sound still: an unplugged one does not. */
  isLive(): boolean;
  setTransmitting(transmitting: boolean): void;
  release(): void;
}

/**
 * Opens this microphone, or the default where it is not plugged in. `onEnded` is told when the device is gone. Rejects
 * with PhoneError `microphoneBlocked`, `microphonePolicy`, `microphoneMissing` or `microphoneBusy`.
 */
export async function openMicrophone(
  inputId: string,
  onEnded: () => void,
  reportFault: ReportFault,
): Promise<Microphone> {
  const stream = await requestStream(inputId);
  // Nobody looks at the level while a call leaves, and to measure it starts an audio context.
  let meter: InputMeter | undefined;
  const [track] = stream.getAudioTracks();
  track?.addEventListener('ended', onEnded);
  return {
    stream,
    inputId: track?.getSettings().deviceId === inputId ? inputId : '',
    label: track?.label ?? '',
    level: () => (meter ??= openInputMeter(stream, reportFault)).level(),
    isLive: () => track?.readyState === 'live',
    setTransmitting(transmitting) {
      if (track !== undefined) track.enabled = transmitting;
    },
    release() {
      track?.removeEventListener('ended', onEnded);
      meter?.close();
      track?.stop();
    },
  };
}

async function requestStream(inputId: string): Promise<MediaStream> {
  // Without a secure page the browser has no mediaDevices at all, whatever its types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new PhoneError('microphoneBlocked');
  const processing = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  // Chromium takes a wish for the default all the same, so it is a condition.
  const chosen = inputId === '' ? {} : { deviceId: { exact: inputId } };
  try {
    return await devices.getUserMedia({ audio: { ...processing, ...chosen } });
  } catch (error) {
    if (inputId !== '' && error instanceof Error && UNPLUGGED.includes(error.name)) return requestStream('');
    throw new PhoneError(faultOf(error), { cause: error });
  }
}

/** How a browser says that a device of this id is not there. */
const UNPLUGGED = ['OverconstrainedError', 'NotFoundError'];

/** The exceptions of getUserMedia (Media Capture and Streams, section 10.2) in the words of the error table. */
function faultOf(error: unknown): ErrorName {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotReadableError' || name === 'AbortError') return 'microphoneBusy';
  if (name !== 'NotAllowedError' && name !== 'SecurityError') return 'microphoneMissing';
  return isRefusedByPolicy() ? 'microphonePolicy' : 'microphoneBlocked';
}

/** Whether the page's Permissions-Policy, not the rep, refuses the microphone. Chromium alone can tell. */
function isRefusedByPolicy(): boolean {
  const { featurePolicy } = document as Document & {
    readonly featurePolicy?: { allowsFeature(feature: string): boolean };
  };
  return featurePolicy?.allowsFeature('microphone') === false;
}
