import { FRAME_MS } from '../domain/voiceActivity.ts';

/** What the browser's audio thread offers (Web Audio API, AudioWorkletGlobalScope); TypeScript's DOM does not have it. */
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Five messages a second: rare enough to cost nothing. */
const FRAMES_AT_ONCE = 10;
const SIDES = 2;

/**
 * Runs on the audio thread, which no hidden page slows down. Posts how loud two inputs were, frame by frame: mean
 * squares as a Float32Array, first input, second input, first … The sound itself goes nowhere.
 */
class LoudnessMeter extends AudioWorkletProcessor {
  private readonly frameSamples = Math.round((sampleRate * FRAME_MS) / 1_000);
  private readonly sums = new Float64Array(SIDES);
  private meanSquares = new Float32Array(SIDES * FRAMES_AT_ONCE);
  private samples = 0;
  private filled = 0;

  /** An input to which nothing is connected has no channel: that is silence. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const sides = [inputs[0]?.[0], inputs[1]?.[0]];
    const length = sides[0]?.length ?? sides[1]?.length ?? 128;
    for (let index = 0; index < length; index += 1) {
      for (let side = 0; side < SIDES; side += 1) {
        const sample = sides[side]?.[index] ?? 0;
        this.sums[side] = (this.sums[side] ?? 0) + sample * sample;
      }
      this.samples += 1;
      if (this.samples === this.frameSamples) this.endFrame();
    }
    return true;
  }

  private endFrame(): void {
    for (const sum of this.sums) {
      this.meanSquares[this.filled] = sum / this.frameSamples;
      this.filled += 1;
    }
    this.sums.fill(0);
    this.samples = 0;
    if (this.filled < this.meanSquares.length) return;
    this.port.postMessage(this.meanSquares);
    this.filled = 0;
  }
}

registerProcessor('scoreline-loudness', LoudnessMeter);
