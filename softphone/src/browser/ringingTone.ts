import type { ReportFault } from '../ports/reportFault.ts';

/** The ringing tone of ITU-T E.180: 425 Hz, one second on and four seconds off. */
const TONE_HERTZ = 425;
const TONE_SECONDS = 1;
const PERIOD_SECONDS = 5;
const LOUDNESS = 0.1;
/** Steeper edges are heard as clicks. */
const EDGE_SECONDS = 0.02;
/** Longer than any call rings. */
const LONGEST_SECONDS = 180;

/** Plays the ringing tone until what it returns is called. */
export function playRingingTone(reportFault: ReportFault): () => void {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const loudness = context.createGain();
  oscillator.frequency.value = TONE_HERTZ;
  loudness.gain.value = 0;
  oscillator.connect(loudness).connect(context.destination);
  for (let start = context.currentTime; start < LONGEST_SECONDS; start += PERIOD_SECONDS) {
    loudness.gain.setTargetAtTime(LOUDNESS, start, EDGE_SECONDS);
    loudness.gain.setTargetAtTime(0, start + TONE_SECONDS, EDGE_SECONDS);
  }
  oscillator.start();
  return () => {
    context.close().catch(reportFault);
  };
}
