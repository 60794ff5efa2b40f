/** The microphone and loudspeaker, as the engine needs them. */
export interface AudioDevices {
  /**
   * Opens the microphone, asking the user at the first time. Opening it again while it is open does nothing.
   * Rejects with PhoneError `microphoneBlocked` or `microphoneMissing`.
   */
  open(): Promise<void>;
  /** Whether the far end gets what the microphone hears. */
  setTransmitting(transmitting: boolean): void;
  /** Whether the rep hears the ringing tone of this computer, where the exchange sends none. */
  setRinging(ringing: boolean): void;
  /** How loud the microphone is now, 0 to 1; 0 while it is closed. */
  inputLevel(): number;
  /** Releases the microphone and ends the sound. */
  close(): void;
}

/** The streams behind {@link AudioDevices}, as the adapter that negotiates media needs them. */
export interface AudioStreams {
  /** The open microphone. Rejects when it is closed. */
  microphone(): Promise<MediaStream>;
  /** Plays what the far end sends. */
  play(stream: MediaStream): void;
}
