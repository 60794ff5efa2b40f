import type { AudioChoices } from '@scoreline/contract';
import type { AudioRole } from '../domain/audioChoices.ts';

/** What this computer plays itself: where the exchange sends no ringing tone, when a call comes in, and during another call. */
export type Tone = 'ringBack' | 'ringing' | 'waiting';

/** The microphone and loudspeaker, as the engine needs them. */
export interface AudioDevices {
  /**
   * Opens the microphone, asking the user at the first time. Opening it again while it is open does nothing.
   * Rejects with PhoneError `microphoneBlocked`, `microphonePolicy`, `microphoneMissing` or `microphoneBusy`.
   */
  open(): Promise<void>;
  /** Whether it is closed and will most likely open without a question: allowed, plugged in, and not refused last time. */
  opensUnasked(): boolean;
  /** Whether the far end gets what the microphone hears. */
  setTransmitting(transmitting: boolean): void;
  /** The tone the rep hears now; an inbound call rings on the device chosen for it. */
  setTone(tone: Tone | undefined): void;
  /** How loud the microphone is now, 0 to 1; 0 while it is closed. */
  inputLevel(): number;
  /**
   * Hands on how loud microphone and far end are, frame by frame as `TalkMeter.hear` takes them, until what it returns
   * is called. Follows a change of either.
   */
  measureTalk(onFrames: (meanSquares: Float32Array) => void): () => void;
  /** Chooses a device for this computer; one in use is changed at once. */
  choose(role: AudioRole, deviceId: string): void;
  /** Names the one listener that is told what may be chosen and what is used, whenever that changes. */
  onChoices(listener: (choices: AudioChoices) => void): void;
  /** Releases the microphone and ends the sound. */
  close(): void;
}

/** The streams behind {@link AudioDevices}, as the adapter that negotiates media needs them. */
export interface AudioStreams {
  /** The open microphone. Rejects when it is closed. */
  microphone(): Promise<MediaStream>;
  /** Names the one listener that is told when another microphone takes the open one's place. */
  onMicrophoneReplaced(listener: (stream: MediaStream) => void): void;
  /** Plays what the far end sends. */
  play(stream: MediaStream): void;
}
