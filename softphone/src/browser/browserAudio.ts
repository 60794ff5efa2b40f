import type { ErrorName } from '@scoreline/contract';
import { PhoneError } from '../domain/phoneError.ts';
import type { AudioDevices, AudioStreams } from '../ports/audioDevices.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { InputMeter } from './inputMeter.ts';
import { openInputMeter } from './inputMeter.ts';
import { playRingingTone } from './ringingTone.ts';

interface OpenMicrophone {
  readonly stream: MediaStream;
  readonly meter: InputMeter;
}

/** The computer's microphone, and an audio element that no page shows. */
export function createBrowserAudio(reportFault: ReportFault): AudioDevices & AudioStreams {
  let opening: Promise<OpenMicrophone> | undefined;
  let microphone: OpenMicrophone | undefined;
  let isTransmitting = true;
  let loudspeaker: HTMLAudioElement | undefined;
  let stopRinging: (() => void) | undefined;

  async function request(): Promise<OpenMicrophone> {
    const stream = await requestMicrophone();
    return { stream, meter: openInputMeter(stream, reportFault) };
  }

  async function open(): Promise<void> {
    if (microphone !== undefined) return;
    const own = (opening ??= request());
    try {
      const opened = await own;
      if (opening === own) {
        microphone = opened;
        applyTransmitting();
      } else if (!isOpen(opened)) releaseMicrophone(opened);
    } finally {
      if (opening === own) opening = undefined;
    }
  }

  function isOpen(opened: OpenMicrophone): boolean {
    return microphone === opened;
  }

  function applyTransmitting(): void {
    for (const track of microphone?.stream.getAudioTracks() ?? []) track.enabled = isTransmitting;
  }

  function setRinging(ringing: boolean): void {
    if (ringing === (stopRinging !== undefined)) return;
    stopRinging?.();
    stopRinging = ringing ? playRingingTone(reportFault) : undefined;
  }

  return {
    open,
    setRinging,
    setTransmitting(transmitting) {
      isTransmitting = transmitting;
      applyTransmitting();
    },
    inputLevel: () => microphone?.meter.level() ?? 0,
    close() {
      setRinging(false);
      opening = undefined;
      if (microphone !== undefined) releaseMicrophone(microphone);
      microphone = undefined;
      isTransmitting = true;
      loudspeaker?.pause();
      if (loudspeaker !== undefined) loudspeaker.srcObject = null;
      loudspeaker = undefined;
    },
    microphone: () =>
      microphone === undefined
        ? Promise.reject(new PhoneError('microphoneMissing'))
        : Promise.resolve(microphone.stream),
    play(stream) {
      loudspeaker ??= document.createElement('audio');
      loudspeaker.autoplay = true;
      loudspeaker.srcObject = stream;
      loudspeaker.play().catch((error: unknown) => {
        // Replaced or ended before it began: the next stream plays itself.
        if (!isNamed(error, 'AbortError')) reportFault(error);
      });
    },
  };
}

async function requestMicrophone(): Promise<MediaStream> {
  // Without a secure page the browser has no mediaDevices at all, whatever its types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new PhoneError('microphoneBlocked');
  try {
    return await devices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new PhoneError(faultOf(error), { cause: error });
  }
}

function releaseMicrophone({ stream, meter }: OpenMicrophone): void {
  meter.close();
  for (const track of stream.getTracks()) track.stop();
}

/** The exceptions of getUserMedia (Media Capture and Streams, section 10.2) in the words of the error table. */
function faultOf(error: unknown): ErrorName {
  return isNamed(error, 'NotAllowedError') || isNamed(error, 'SecurityError')
    ? 'microphoneBlocked'
    : 'microphoneMissing';
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
