import type { ReportFault } from '../ports/reportFault.ts';

/** Measures how loud two streams are at the same moments. */
export interface LoudnessProbe {
  /** What it listens to from now on; an absent stream is silence. */
  listenTo(rep: MediaStream | undefined, prospect: MediaStream | undefined): void;
  close(): void;
}

const REP_INPUT = 0;
const PROSPECT_INPUT = 1;

/**
 * Hands on the mean squares that the worklet at `workletUrl` posts. Where the page refuses worklets it reports that
 * once and measures nothing.
 */
export function openLoudnessProbe(
  workletUrl: string,
  onFrames: (meanSquares: Float32Array) => void,
  reportFault: ReportFault,
): LoudnessProbe {
  const context = new AudioContext();
  let node: AudioWorkletNode | undefined;
  let sources: AudioNode[] = [];
  let streams: readonly (MediaStream | undefined)[] = [];

  async function start(): Promise<void> {
    await context.audioWorklet.addModule(workletUrl);
    if (context.state === 'closed') return;
    node = new AudioWorkletNode(context, 'scoreline-loudness', {
      numberOfInputs: 2,
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => onFrames(data);
    connect();
    await context.resume();
  }

  function connect(): void {
    for (const source of sources) source.disconnect();
    sources = [];
    [REP_INPUT, PROSPECT_INPUT].forEach((input) => {
      const stream = streams[input];
      if (node === undefined || stream === undefined || stream.getAudioTracks().length === 0) return;
      const source = context.createMediaStreamSource(stream);
      source.connect(node, 0, input);
      sources.push(source);
    });
  }

  start().catch(reportFault);
  return {
    listenTo(rep, prospect) {
      streams = [rep, prospect];
      connect();
    },
    close() {
      streams = [];
      connect();
      if (context.state !== 'closed') context.close().catch(reportFault);
    },
  };
}
