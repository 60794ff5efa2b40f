import { randomUUID } from 'node:crypto';
import type { CallEvent, Witness } from '@scoreline/contract';
import { seededRandom } from '../../../sandbox/src/seed/seededRandom.ts';

/** Something that a witness reports of a call, at a moment of the day. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly userId: string;
  readonly callId: string;
  readonly witness: Witness;
  readonly events: readonly CallEvent[];
  /** Whether the rep has just saved an outcome, and waits to see it. */
  readonly isSaved: boolean;
}

const DAY_STARTS_MS = Date.parse('2026-11-24T16:00:00Z');
const WORKING_MS = 8 * 3_600_000;
const SHARE_ANSWERED = 0.4;
const SHARE_CORRECTED = 0.03;
const SHARE_LATE_CARRIER = 0.02;
const MEDIAN_TALK_SECONDS = 90;
const RING_SECONDS = 12;
/** Most reps have chosen an outcome within a minute after the call. */
const MEDIAN_WRAP_UP_SECONDS = 18;

/** The calls of a day, moment by moment; the same seed gives the same day. */
export function dayOfCalls(options: {
  readonly reps: readonly string[];
  readonly callsPerRep: number;
  readonly seed: number;
}): Moment[] {
  const random = seededRandom(options.seed);
  return options.reps
    .flatMap((userId) =>
      Array.from({ length: options.callsPerRep }, () =>
        momentsOfCall(userId, DAY_STARTS_MS + random() * WORKING_MS, random),
      ),
    )
    .flat()
    .sort((one, other) => one.atMs - other.atMs);
}

function momentsOfCall(userId: string, startMs: number, random: () => number): Moment[] {
  const callId = randomUUID();
  const isAnswered = random() < SHARE_ANSWERED;
  const talkSeconds = isAnswered ? around(MEDIAN_TALK_SECONDS, random) : 0;
  const endedMs = startMs + (RING_SECONDS + talkSeconds) * 1_000;
  const savedMs = endedMs + around(MEDIAN_WRAP_UP_SECONDS, random) * 1_000;
  const call = { userId, callId };
  const line = lineEvents(startMs, endedMs, isAnswered);
  const outcome = (sequence: number, atMs: number): CallEvent => ({
    ...eventAt(sequence, startMs, atMs),
    kind: 'outcome',
    outcome: isAnswered ? 'callBack' : 'noAnswer',
    note: '',
  });
  const said = (sequence: number, atMs: number): Moment => ({
    ...call,
    atMs,
    witness: 'softphone',
    events: [outcome(sequence, atMs)],
    isSaved: true,
  });
  return [
    { ...call, atMs: endedMs, witness: 'softphone', events: line, isSaved: false },
    { ...call, atMs: endedMs + 1_000, witness: 'switch', events: line, isSaved: false },
    said(9, savedMs),
    ...(random() < SHARE_CORRECTED ? [said(10, savedMs + 300_000)] : []),
    ...(random() < SHARE_LATE_CARRIER
      ? [{ ...call, atMs: savedMs + 600_000, witness: 'carrier' as const, events: line, isSaved: false }]
      : []),
  ];
}

function lineEvents(startMs: number, endedMs: number, isAnswered: boolean): CallEvent[] {
  const answeredMs = startMs + RING_SECONDS * 1_000;
  return [
    { ...eventAt(1, startMs, startMs), kind: 'dialed' },
    ...(isAnswered ? [{ ...eventAt(2, startMs, answeredMs), kind: 'answered' } as const] : []),
    {
      ...eventAt(3, startMs, endedMs),
      kind: 'ended',
      endedBy: 'rep',
      cause: isAnswered ? 'completed' : 'noAnswer',
    },
  ];
}

function eventAt(sequence: number, startMs: number, atMs: number) {
  return { sequence, at: new Date(atMs).toISOString(), elapsedMs: Math.round(atMs - startMs) };
}

/** A duration with this median, long ones far out. */
function around(median: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(median * Math.exp(0.7 * normal));
}
