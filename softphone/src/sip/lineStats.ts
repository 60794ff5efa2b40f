import type { LineReading } from '../domain/lineQuality.ts';

/** The counters of W3C webrtc-stats that a line is judged by; a browser may leave any of them out. */
interface Counters {
  readonly type?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  /** Seconds. */
  readonly jitter?: number;
  readonly jitterBufferDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly totalAudioEnergy?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
}

/**
 * What a connection has counted. The round trip is that of the sound's own reports (RTCP), or else of the check that
 * keeps its way open (STUN).
 */
export function readingOf(reports: Iterable<Counters>, atMs: number): LineReading {
  let received: Counters = {};
  let reported: number | undefined;
  let checked: number | undefined;
  for (const report of reports) {
    if (report.type === 'inbound-rtp') received = report;
    if (report.type === 'remote-inbound-rtp') reported = report.roundTripTime;
    if (report.type === 'candidate-pair' && report.nominated === true) checked = report.currentRoundTripTime;
  }
  const rttSeconds = reported ?? checked;
  return {
    atMs,
    packetsReceived: received.packetsReceived ?? 0,
    packetsLost: received.packetsLost ?? 0,
    jitterMs: 1_000 * (received.jitter ?? 0),
    bufferedSeconds: received.jitterBufferDelay ?? 0,
    bufferedSamples: received.jitterBufferEmittedCount ?? 0,
    energy: received.totalAudioEnergy ?? 0,
    ...(rttSeconds === undefined ? {} : { rttMs: 1_000 * rttSeconds }),
  };
}
