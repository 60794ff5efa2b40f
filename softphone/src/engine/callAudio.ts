import type { PhoneCall, PhoneSnapshot } from '@scoreline/contract';
import { isInProgress, ringsHere } from '../domain/callReducer.ts';
import { allCalls } from '../domain/shownCalls.ts';
import type { Tone } from '../ports/audioDevices.ts';
import type { Line, LineEvent } from '../ports/callGateway.ts';
import type { CallFigures } from './callMeasures.ts';
import type { CallMeterParts } from './callMeter.ts';
import { createCallMeter } from './callMeter.ts';

/** Five times a second: fast enough for a level meter, slow enough for a page that redraws at each change. */
const LEVEL_INTERVAL_MS = 200;

/** A call of this phone, as its sound needs it. */
export interface SoundingCall {
  readonly line?: Line | undefined;
  /** Set while the rep's answer waits for the microphone or for another call's hold. */
  readonly isAnswering: boolean;
}

export interface CallAudioParts extends CallMeterParts {
  readonly calls: ReadonlyMap<string, SoundingCall>;
}

export interface CallAudio {
  /** Opens the microphone; it stays open while a call is in progress or being answered. */
  open(): Promise<void>;
  /** Whether a call may leave before the microphone is open, which will most likely open without a question. */
  opensUnasked(): boolean;
  /** Lends the microphone out between calls. A call does not wait until it is given back. */
  borrow(): Promise<void>;
  giveBack(): void;
  /** What the line reported of a call, before the sound follows it. */
  hear(callId: string, event: LineEvent): void;
  /** Gives microphone, loudspeaker and tones to the call that the screen shows. */
  follow(): void;
  /** Gives the sound up at once: another tab has the calls now. */
  release(): void;
  /** What was measured of a call that has just ended; undefined where nothing was. */
  figures(callId: string): CallFigures | undefined;
}

/**
 * The one owner of the microphone. It belongs to the call that is shown and in progress; held or muted means that
 * nothing leaves it, from the moment that is asked for, and no other far end hears what is said in it.
 */
export function createCallAudio(parts: CallAudioParts): CallAudio {
  const { screen, devices, clock, calls } = parts;
  const meter = createCallMeter(parts);
  const ringingSilently = new Set<string>();
  let stopLevel: (() => void) | undefined;
  let heard: Line | undefined;
  let isOpen = false;
  let isLent = false;

  function measureLevel(): void {
    const { call } = screen.get();
    const level = call?.muted === true ? 0 : Math.round(devices.inputLevel() * 50) / 50;
    screen.dispatch({ kind: 'inputMeasured', level });
  }

  function release(): void {
    meter.stop();
    stopLevel?.();
    stopLevel = undefined;
    heard = undefined;
    isOpen = false;
    devices.close();
    screen.dispatch({ kind: 'inputMeasured', level: 0 });
  }

  function follow(): void {
    const phone = screen.get();
    const shown = phone.call !== undefined && isInProgress(phone.call) ? phone.call : undefined;
    const speaks = shown !== undefined && isConnected(shown) && !shown.muted ? shown : undefined;
    for (const [callId, { line }] of calls) line?.setTransmitting(callId === speaks?.callId);
    meter.follow(shown?.state === 'talking' && isConnected(shown) ? shown.callId : undefined);
    if (shown !== undefined || isAwaited(phone)) sound(shown, speaks !== undefined);
    else if (isOpen || stopLevel !== undefined) release();
    devices.setTone(toneOf(phone, shown));
  }

  function sound(shown: PhoneCall | undefined, isTransmitting: boolean): void {
    devices.setTransmitting(isTransmitting || (isLent && shown === undefined));
    stopLevel ??= clock.every(LEVEL_INTERVAL_MS, measureLevel);
    const line = shown === undefined ? undefined : calls.get(shown.callId)?.line;
    if (line === undefined || line === heard) return;
    heard = line;
    line.listen();
  }

  function isAwaited(phone: PhoneSnapshot): boolean {
    return (
      isLent ||
      allCalls(phone).some(
        (call) =>
          isInProgress(call) || (call.state !== 'ended' && calls.get(call.callId)?.isAnswering === true),
      )
    );
  }

  function toneOf(phone: PhoneSnapshot, shown: PhoneCall | undefined): Tone | undefined {
    if (allCalls(phone).some((call) => ringsHere(call) && calls.get(call.callId)?.isAnswering !== true))
      return shown === undefined ? 'ringing' : 'waiting';
    return shown?.state === 'ringing' && ringingSilently.has(shown.callId) ? 'ringBack' : undefined;
  }

  async function open(): Promise<void> {
    await devices.open();
    isOpen = true;
    // Hung up while the rep was asked for the microphone: it is given back.
    follow();
  }

  return {
    open,
    opensUnasked: devices.opensUnasked,
    async borrow() {
      isLent = true;
      await open();
    },
    giveBack() {
      isLent = false;
      follow();
    },
    hear(callId, event) {
      if (event.kind === 'ringing' && !event.bringsSound) ringingSilently.add(callId);
      if (event.kind === 'answered' || event.kind === 'ended') ringingSilently.delete(callId);
    },
    follow,
    release,
    figures: meter.figures,
  };
}

/** Whether the two sides can hear each other, as far as this phone knows: neither held nor being held. */
function isConnected(call: PhoneCall): boolean {
  return call.state !== 'held' && !call.holdPending && !call.isRejoining;
}
