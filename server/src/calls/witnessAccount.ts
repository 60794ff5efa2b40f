import type {
  CallState,
  EndCause,
  EndedBy,
  MeasuredEvent,
  NetworkEvent,
  VoicemailEvent,
} from '@scoreline/contract';

/** What happened on the line while the call lasted: not what was left or measured of it. */
export type LineEvent = Exclude<NetworkEvent, VoicemailEvent | MeasuredEvent>;

/** One witness's account of the line. Durations are milliseconds of that witness's monotonic clock. */
export interface WitnessAccount {
  readonly state: CallState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly endedElapsedMs: number | null;
  readonly answered: boolean;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly endCause: EndCause | null;
  readonly endedBy: EndedBy | null;
}

interface Progress {
  state: CallState;
  ringingAtMs: number | null;
  answeredAtMs: number | null;
  heldAtMs: number | null;
  holdMs: number;
  lastAtMs: number;
  ended: Extract<LineEvent, { kind: 'ended' }> | null;
}

/**
 * What one witness saw, from its events in the order of their sequence. The first end stands: whatever the witness
 * numbered after it (a late ringing, a busy after a completed call) says nothing. While the call goes on, its
 * durations run to the latest event.
 */
export function accountOf(events: readonly LineEvent[]): WitnessAccount | null {
  const [first] = events;
  if (first === undefined) return null;
  const progress: Progress = {
    state: 'permitted',
    ringingAtMs: null,
    answeredAtMs: null,
    heldAtMs: null,
    holdMs: 0,
    lastAtMs: 0,
    ended: null,
  };
  for (const event of events) if (progress.ended === null) advance(progress, event);
  const { state, ringingAtMs, answeredAtMs, ended, lastAtMs } = progress;
  const connectedMs = answeredAtMs === null ? 0 : lastAtMs - answeredAtMs;
  return {
    state,
    startedAt: (events.find(({ kind }) => kind === 'dialed' || kind === 'offered') ?? first).at,
    endedAt: ended?.at ?? null,
    endedElapsedMs: ended === null ? null : lastAtMs,
    answered: answeredAtMs !== null,
    ringMs: ringingAtMs === null ? 0 : (answeredAtMs ?? lastAtMs) - ringingAtMs,
    talkMs: connectedMs - progress.holdMs,
    holdMs: progress.holdMs,
    endCause: ended?.cause ?? null,
    endedBy: ended?.endedBy ?? null,
  };
}

/**
 * ```
 *  permitted ──▶ dialing ──▶ ringing ──▶ talking ◀──▶ held
 *      └────────────┴───────────┴───────────┴──────────┴──▶ ended
 * ```
 * A step back (ringing while talking) or aside (held before the answer) changes nothing but the clock, which never
 * runs backwards.
 */
function advance(progress: Progress, event: LineEvent): void {
  const nowMs = Math.max(progress.lastAtMs, event.elapsedMs);
  progress.lastAtMs = nowMs;
  const isConnected = progress.answeredAtMs !== null;
  switch (event.kind) {
    case 'dialed':
    case 'offered':
      if (progress.state === 'permitted') progress.state = 'dialing';
      break;
    case 'ringing':
      if (isConnected || progress.ringingAtMs !== null) break;
      progress.state = 'ringing';
      progress.ringingAtMs = nowMs;
      break;
    case 'answered':
      if (isConnected) break;
      progress.state = 'talking';
      progress.answeredAtMs = nowMs;
      break;
    case 'held':
      if (progress.state !== 'talking') break;
      progress.state = 'held';
      progress.heldAtMs = nowMs;
      break;
    case 'resumed':
      if (progress.state !== 'held') break;
      progress.state = 'talking';
      countHold(progress);
      progress.heldAtMs = null;
      break;
    case 'ended':
      progress.state = 'ended';
      progress.ended = event;
      break;
  }
  countHold(progress);
}

/** Counts a hold in progress up to now. */
function countHold(progress: Progress): void {
  if (progress.heldAtMs === null) return;
  progress.holdMs += progress.lastAtMs - progress.heldAtMs;
  progress.heldAtMs = progress.lastAtMs;
}
