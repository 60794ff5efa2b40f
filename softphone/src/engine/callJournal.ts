import type { NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import type { RunningCallRecord } from '../domain/runningCall.ts';
import { SEQUENCE_GAP } from '../domain/runningCall.ts';
import type { Clock } from '../ports/clock.ts';

type WithoutEnvelope<Event> = Event extends unknown ? Omit<Event, 'sequence' | 'at' | 'elapsedMs'> : never;
export type NetworkFact = WithoutEnvelope<NetworkEvent>;
type OutcomeFact = WithoutEnvelope<OutcomeEvent>;
type Progress = Pick<RunningCallRecord, 'lastSequence' | 'firstEventAtMs'>;

/** Numbers and dates one call's events, as this phone witnessed them. */
export interface CallJournal {
  /** `atMs` of something that happened before it was noticed, in epoch milliseconds; now without it. */
  network(fact: NetworkFact, atMs?: number): NetworkEvent;
  outcome(fact: OutcomeFact): OutcomeEvent;
  progress(): Progress;
}

/** The longest time the relay takes; a wrap-up left open over a holiday is still an honest one. */
const LONGEST_ELAPSED_MS = 7 * 86_400_000;

/**
 * Starts at sequence 1, or behind what an earlier page recorded; `elapsedMs` counts from the first event on the
 * monotonic clock, which is this page's own.
 */
export function createCallJournal(clock: Clock, earlier?: Progress): CallJournal {
  let sequence = earlier === undefined ? 0 : earlier.lastSequence + SEQUENCE_GAP;
  let firstEventAtMs = earlier?.firstEventAtMs;
  let startedAtElapsedMs =
    earlier === undefined ? undefined : clock.elapsed() - (clock.now() - earlier.firstEventAtMs);

  function envelope(atMs = clock.now()): { sequence: number; at: string; elapsedMs: number } {
    const elapsed = clock.elapsed() - (clock.now() - atMs);
    startedAtElapsedMs ??= elapsed;
    firstEventAtMs ??= clock.now();
    sequence += 1;
    return {
      sequence,
      at: new Date(atMs).toISOString(),
      elapsedMs: Math.min(LONGEST_ELAPSED_MS, Math.max(0, Math.round(elapsed - startedAtElapsedMs))),
    };
  }

  return {
    network: (fact, atMs) => ({ ...envelope(atMs), ...fact }),
    outcome: (fact) => ({ ...envelope(), ...fact }),
    progress: () => ({ lastSequence: sequence, firstEventAtMs: firstEventAtMs ?? clock.now() }),
  };
}
