import type { LineQuality, QualityWarning } from '@scoreline/contract';
import { meanOpinionScore, transmissionRating } from './eModel.ts';

/** What a connection has counted since it began, read once a second. */
export interface LineReading {
  /** Monotonic milliseconds. */
  readonly atMs: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  /** Absent until the far end has answered the first time. */
  readonly rttMs?: number | undefined;
  /** How long sound waited in the jitter buffer, summed over the samples that left it (W3C webrtc-stats). */
  readonly bufferedSeconds: number;
  readonly bufferedSamples: number;
  /** The energy of the sound received (W3C webrtc-stats, `totalAudioEnergy`). */
  readonly energy: number;
}

/** One second of the line. */
interface LineSample {
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly received: number;
  readonly lost: number;
}

/** Sums over the whole call, for its means. */
interface LineSums {
  readonly samples: number;
  readonly mos: number;
  readonly rttMs: number;
  readonly jitterMs: number;
  readonly received: number;
  readonly lost: number;
}

/** What is known of a line so far. */
export interface LineHistory {
  readonly last?: LineReading | undefined;
  /** The newest seven, oldest first. */
  readonly samples: readonly LineSample[];
  readonly sums: LineSums;
  /** Since when no packet came, and since when no sound, on the clock of the readings. */
  readonly noPacketsSinceMs?: number | undefined;
  readonly noSoundSinceMs?: number | undefined;
}

/** The means over a call, as the ledger takes them; empty where nothing could be measured. */
export interface LineMeans {
  readonly mos?: number;
  readonly rttMs?: number;
  readonly jitterMs?: number;
  readonly lossPercent?: number;
}

const HIGH_RTT_MS = 400;
const HIGH_JITTER_MS = 30;
const LOW_MOS = 3.5;
const HIGH_LOSS_PERCENT = 3;
/** Three bad samples of the newest five warn; the loss is the mean of the newest seven. */
const JUDGED_SAMPLES = 5;
const BAD_SAMPLES = 3;
const LOSS_SAMPLES = 7;
const NO_PACKETS_MS = 3_000;
/** Longer: a switch that suppresses silence sends none while the other side listens. */
const NO_SOUND_MS = 15_000;
/** G.711 leaves in packets of 20 ms, so sound is that old when it departs. */
const PACKET_MS = 20;

/** A call on which not one packet ever came. */
const DEAD_LINE = { mos: 1, rttMs: 0, jitterMs: 0, lossPercent: 100 } as const;

/** A line of which nothing is known yet. */
export const NEW_LINE: LineHistory = {
  samples: [],
  sums: { samples: 0, mos: 0, rttMs: 0, jitterMs: 0, received: 0, lost: 0 },
};

/** The history after another reading. A connection that counts anew (another transport) begins with its first one. */
export function readLine(history: LineHistory, reading: LineReading): LineHistory {
  const { last } = history;
  const isContinued = last !== undefined && reading.packetsReceived >= last.packetsReceived;
  if (!isContinued) return { ...history, last: reading };
  const received = reading.packetsReceived - last.packetsReceived;
  const silence = {
    noPacketsSinceMs: received > 0 ? undefined : (history.noPacketsSinceMs ?? last.atMs),
    noSoundSinceMs: reading.energy > last.energy ? undefined : (history.noSoundSinceMs ?? last.atMs),
  };
  // A second without packets says nothing of delay and loss; the silence says it.
  if (received === 0) return { ...history, ...silence, last: reading };
  const sample = sampleBetween(last, reading, received);
  return {
    ...silence,
    last: reading,
    samples: [...history.samples, sample].slice(-LOSS_SAMPLES),
    sums: added(history.sums, sample),
  };
}

/** The line paused, by a hold or a lost connection: what was counted meanwhile is no fault. */
export function pauseLine(history: LineHistory): LineHistory {
  return { samples: history.samples, sums: history.sums };
}

/** How good the line is now; undefined while it is too early to say. */
export function lineQuality(history: LineHistory): LineQuality | undefined {
  const { samples } = history;
  const newest = samples.at(-1);
  const judged = samples.slice(-JUDGED_SAMPLES);
  if (newest === undefined) {
    const warnings = warningsOf(history, judged);
    return warnings.length === 0 ? undefined : { ...DEAD_LINE, warnings };
  }
  return {
    mos: rounded(
      mean(judged, ({ mos }) => mos),
      2,
    ),
    rttMs: Math.round(newest.rttMs),
    jitterMs: Math.round(newest.jitterMs),
    lossPercent: rounded(lossPercentOf(samples), 1),
    warnings: warningsOf(history, judged),
  };
}

/** The means over the whole call. */
export function lineMeans({ sums }: LineHistory): LineMeans {
  if (sums.samples === 0) return {};
  return {
    mos: rounded(sums.mos / sums.samples, 2),
    rttMs: Math.round(sums.rttMs / sums.samples),
    jitterMs: Math.round(sums.jitterMs / sums.samples),
    lossPercent: rounded(lossPercentOf([sums]), 2),
  };
}

function sampleBetween(last: LineReading, reading: LineReading, received: number): LineSample {
  // A packet that was counted as lost and came late makes the difference negative.
  const lost = Math.max(0, reading.packetsLost - last.packetsLost);
  const { jitterMs, rttMs = 0 } = reading;
  const oneWayDelayMs = rttMs / 2 + bufferDelayMs(last, reading) + PACKET_MS;
  const rating = transmissionRating({ oneWayDelayMs, lossPercent: lossPercentOf([{ received, lost }]) });
  return { mos: meanOpinionScore(rating), rttMs, jitterMs, received, lost };
}

function bufferDelayMs(last: LineReading, reading: LineReading): number {
  const samples = reading.bufferedSamples - last.bufferedSamples;
  return samples > 0 ? (1_000 * (reading.bufferedSeconds - last.bufferedSeconds)) / samples : 0;
}

function warningsOf(history: LineHistory, judged: readonly LineSample[]): QualityWarning[] {
  const isOften = (isBad: (sample: LineSample) => boolean): boolean =>
    judged.filter(isBad).length >= BAD_SAMPLES;
  const { noPacketsSinceMs, noSoundSinceMs, last, samples } = history;
  const lasts = (sinceMs: number | undefined, limitMs: number): boolean =>
    last !== undefined && sinceMs !== undefined && last.atMs - sinceMs >= limitMs;
  const warnings: [QualityWarning, boolean][] = [
    ['highRtt', isOften(({ rttMs }) => rttMs > HIGH_RTT_MS)],
    ['highJitter', isOften(({ jitterMs }) => jitterMs > HIGH_JITTER_MS)],
    ['lowMos', isOften(({ mos }) => mos < LOW_MOS)],
    ['highLoss', samples.length === LOSS_SAMPLES && lossPercentOf(samples) > HIGH_LOSS_PERCENT],
    ['silence', lasts(noPacketsSinceMs, NO_PACKETS_MS) || lasts(noSoundSinceMs, NO_SOUND_MS)],
  ];
  return warnings.filter(([, isDue]) => isDue).map(([warning]) => warning);
}

function added(sums: LineSums, sample: LineSample): LineSums {
  return {
    samples: sums.samples + 1,
    mos: sums.mos + sample.mos,
    rttMs: sums.rttMs + sample.rttMs,
    jitterMs: sums.jitterMs + sample.jitterMs,
    received: sums.received + sample.received,
    lost: sums.lost + sample.lost,
  };
}

/** Lost packets as a share of those sent, 0 to 100; 0 when none were. */
function lossPercentOf(counts: readonly Pick<LineSample, 'received' | 'lost'>[]): number {
  const lost = counts.reduce((sum, count) => sum + count.lost, 0);
  const sent = counts.reduce((sum, count) => sum + count.received, lost);
  return sent === 0 ? 0 : (100 * lost) / sent;
}

function mean<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0) / items.length;
}

function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
