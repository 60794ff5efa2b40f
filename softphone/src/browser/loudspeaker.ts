import type { ReportFault } from '../ports/reportFault.ts';

/** Where the far end is heard. */
export interface Loudspeaker {
  play(stream: MediaStream): void;
  /** What is heard now. */
  heard(): MediaStream | undefined;
  /** Moves the sound to a device; an empty id is the system's default. */
  moveTo(outputId: string): void;
  stop(): void;
}

/** An audio element that no page shows. */
export function createLoudspeaker(reportFault: ReportFault): Loudspeaker {
  let element: HTMLAudioElement | undefined;
  let outputId = '';
  let heard: MediaStream | undefined;

  function applyOutput(): void {
    // Not in every browser; there the system decides.
    if (element === undefined || !('setSinkId' in element) || element.sinkId === outputId) return;
    element.setSinkId(outputId).catch(reportFault);
  }

  return {
    play(stream) {
      heard = stream;
      element ??= document.createElement('audio');
      element.autoplay = true;
      element.srcObject = stream;
      applyOutput();
      element.play().catch((error: unknown) => {
        // Replaced or ended before it began: the next stream plays itself.
        if (!(error instanceof Error && error.name === 'AbortError')) reportFault(error);
      });
    },
    heard: () => heard,
    moveTo(id) {
      outputId = id;
      applyOutput();
    },
    stop() {
      heard = undefined;
      element?.pause();
      if (element !== undefined) element.srcObject = null;
      element = undefined;
    },
  };
}
