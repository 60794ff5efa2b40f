import type { ReportFault } from '../ports/reportFault.ts';

export interface InputMeter {
  /** Loudness now, 0 to 1. */
  level(): number;
  close(): void;
}

const SAMPLES = 512;
/** A voice close to a headset reaches an RMS of about a quarter of full scale: there the meter is full. */
const FULL_SCALE_RMS = 0.25;

/** Measures how loud a stream is. Where the page may not measure, it reports why once and stays at 0. */
export function openInputMeter(stream: MediaStream, reportFault: ReportFault): InputMeter {
  try {
    return measuringMeter(stream, reportFault);
  } catch (error) {
    reportFault(error);
    return { level: () => 0, close: () => undefined };
  }
}

function measuringMeter(stream: MediaStream, reportFault: ReportFault): InputMeter {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = SAMPLES;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const samples = new Float32Array(SAMPLES);
  let isBroken = false;
  return {
    level() {
      if (isBroken) return 0;
      try {
        analyser.getFloatTimeDomainData(samples);
      } catch (error) {
        isBroken = true;
        reportFault(error);
        return 0;
      }
      return Math.min(1, rootMeanSquare(samples) / FULL_SCALE_RMS);
    },
    close() {
      source.disconnect();
      context.close().catch(reportFault);
    },
  };
}

/** The square root of the mean of the squares; 0 for no samples. */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
