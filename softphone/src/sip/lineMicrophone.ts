import type { AudioStreams } from '../ports/audioDevices.ts';

/** One call's own copy of the microphone: what one far end hears is not what another does. */
export interface LineMicrophone {
  open(): Promise<MediaStream>;
  /** Whether the far end gets what the microphone hears; silence otherwise, as at the beginning. */
  setTransmitting(transmitting: boolean): void;
}

/** A copy, because SIP.js stops the tracks of a call that ends, and with them those of every other call. */
export function createLineMicrophone(audio: AudioStreams): LineMicrophone {
  let tracks: MediaStreamTrack[] = [];
  let isTransmitting = false;

  function apply(): void {
    for (const track of tracks) track.enabled = isTransmitting;
  }

  return {
    async open() {
      tracks = (await audio.microphone()).getAudioTracks().map((track) => track.clone());
      apply();
      return new MediaStream(tracks);
    },
    setTransmitting(transmitting) {
      isTransmitting = transmitting;
      apply();
    },
  };
}
