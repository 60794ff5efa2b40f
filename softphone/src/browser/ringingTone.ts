import type { Tone } from '../ports/audioDevices.ts';
import type { ReportFault } from '../ports/reportFault.ts';

interface Cadence {
  readonly hertz: number;
  /** When within a period it sounds, in seconds. */
  readonly bursts: readonly (readonly [from: number, to: number])[];
  readonly periodSeconds: number;
}

const CADENCES: Readonly<Record<Tone, Cadence>> = {
  /** The ringing tone of ITU-T E.180: one second on and four seconds off. */
  ringBack: { hertz: 425, bursts: [[0, 1]], periodSeconds: 5 },
  /** Higher and double, so that nobody takes it for the tone of a call they placed. */
  ringing: {
    hertz: 850,
    bursts: [
      [0, 0.4],
      [0.6, 1],
    ],
    periodSeconds: 3,
  },
  /** The call waiting tone: short, because somebody is being listened to. */
  waiting: { hertz: 425, bursts: [[0, 0.2]], periodSeconds: 5 },
};
const LOUDNESS = 0.1;
/** Steeper edges are heard as clicks. */
const EDGE_SECONDS = 0.02;
/** Longer than any call rings. */
const LONGEST_SECONDS = 180;

/** Plays a tone on an output device, an empty id being the system's default, until what it returns is called. */
export function playTone(tone: Tone, outputId: string, reportFault: ReportFault): () => void {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const loudness = context.createGain();
  const { hertz, bursts, periodSeconds } = CADENCES[tone];
  oscillator.frequency.value = hertz;
  loudness.gain.value = 0;
  oscillator.connect(loudness).connect(context.destination);
  for (let start = context.currentTime; start < LONGEST_SECONDS; start += periodSeconds)
    for (const [from, to] of bursts) {
      loudness.gain.setTargetAtTime(LOUDNESS, start + from, EDGE_SECONDS);
      loudness.gain.setTargetAtTime(0, start + to, EDGE_SECONDS);
    }
  if (outputId !== '') sendTo(context, outputId).catch(reportFault);
  oscillator.start();
  return () => {
    context.close().catch(reportFault);
  };
}

/** Web Audio API, section 1.2.3; not in every browser, and the default must do there. */
async function sendTo(
  context: AudioContext & { setSinkId?(id: string): Promise<void> },
  outputId: string,
): Promise<void> {
  await context.setSinkId?.(outputId);
}
