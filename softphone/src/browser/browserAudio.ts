import type { AudioChoices } from '@scoreline/contract';
import { PhoneError } from '../domain/phoneError.ts';
import type { AudioDevices, AudioStreams, Tone } from '../ports/audioDevices.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import { createDeviceChoices, rememberedDevices } from './deviceChoices.ts';
import type { LoudnessProbe } from './loudnessProbe.ts';
import { openLoudnessProbe } from './loudnessProbe.ts';
import { createLoudspeaker } from './loudspeaker.ts';
import { createMicrophoneKeeper } from './microphoneKeeper.ts';
import { watchMicrophonePermission } from './microphonePermission.ts';
import { playTone } from './ringingTone.ts';

export interface BrowserAudioParts {
  readonly clock: Clock;
  readonly reportFault: ReportFault;
  /** Where the worklet of the talk meter is; without it nothing is measured of who speaks. */
  readonly talkMeterUrl?: string | undefined;
}

/** The sound of this page. `end()` forgets the page's devices; what is open is closed before. */
export type BrowserAudio = AudioDevices & AudioStreams & { end(): void };

/** The computer's microphone, loudspeaker and ringer, as chosen among what is plugged in. */
export function createBrowserAudio(parts: BrowserAudioParts): BrowserAudio {
  const { reportFault } = parts;
  const loudspeaker = createLoudspeaker(reportFault);
  const isAllowed = watchMicrophonePermission(reportFault);
  /** Set from the attempt to open the microphone until it succeeds. */
  let hasFailed = false;
  let tone: Tone | undefined;
  let stopTone = (): void => undefined;
  let probe: LoudnessProbe | undefined;
  let tellChoices: (choices: AudioChoices) => void = () => undefined;
  let tellReplaced: (stream: MediaStream) => void = () => undefined;

  const choices = createDeviceChoices({
    devices: navigator.mediaDevices,
    memory: rememberedDevices(() => window.localStorage),
    clock: parts.clock,
    onChanged(changed) {
      loudspeaker.moveTo(changed.outputId);
      microphone.follow().catch(reportFault);
      tellChoices(changed);
    },
    reportFault,
  });
  const microphone = createMicrophoneKeeper({
    wantedId: choices.inputId,
    onOpened(now, former) {
      listen();
      if (former === undefined) return;
      tellReplaced(now.stream);
      if (!former.isLive()) choices.noteReplaced({ lost: former.label, used: now.label });
    },
    onLost() {
      choices.refresh().then(microphone.follow).catch(reportFault);
    },
    reportFault,
  });

  function setTone(wanted: Tone | undefined): void {
    if (wanted === tone) return;
    tone = wanted;
    stopTone();
    const { outputId, ringerId } = choices.current();
    stopTone =
      tone === undefined
        ? () => undefined
        : playTone(tone, tone === 'ringing' ? ringerId : outputId, reportFault);
  }

  function listen(): void {
    probe?.listenTo(microphone.current()?.stream, loudspeaker.heard());
  }

  return {
    async open() {
      hasFailed = true;
      await microphone.open();
      hasFailed = false;
      // Only now does the browser tell which devices there are.
      choices.refresh().then(microphone.follow).catch(reportFault);
    },
    opensUnasked: () =>
      microphone.current() === undefined && !hasFailed && isAllowed() && choices.current().inputs.length > 0,
    setTone,
    setTransmitting: microphone.setTransmitting,
    inputLevel: () => microphone.current()?.level() ?? 0,
    measureTalk(onFrames) {
      if (parts.talkMeterUrl === undefined) return () => undefined;
      const own = openLoudnessProbe(parts.talkMeterUrl, onFrames, reportFault);
      probe = own;
      listen();
      return () => {
        own.close();
        if (probe === own) probe = undefined;
      };
    },
    choose: choices.choose,
    onChoices(listener) {
      tellChoices = listener;
      choices.refresh().catch(reportFault);
    },
    close() {
      setTone(undefined);
      microphone.close();
      loudspeaker.stop();
    },
    microphone() {
      const stream = microphone.current()?.stream;
      return stream === undefined
        ? Promise.reject(new PhoneError('microphoneMissing'))
        : Promise.resolve(stream);
    },
    end: choices.close,
    onMicrophoneReplaced(listener) {
      tellReplaced = listener;
    },
    play(stream) {
      loudspeaker.play(stream);
      listen();
    },
  };
}
