import type { NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import type { Clock } from '../ports/clock.ts';

type WithoutEnvelope<Event> = Event extends unknown ? Omit<Event, 'sequence' | 'at' | 'elapsedMs'> : never;
export type NetworkFact = WithoutEnvelope<NetworkEvent>;
type OutcomeFact = WithoutEnvelope<OutcomeEvent>;

/** Numbers and dates one call's events, as this phone witnessed them. */
export interface CallJournal {
  network(fact: NetworkFact): NetworkEvent;
  outcome(fact: OutcomeFact): OutcomeEvent;
}

/** The longest time the relay takes; a wrap-up left open over a holiday is still an honest one. */
const LONGEST_ELAPSED_MS = 7 * 86_400_000;

/** Starts at sequence 1; `elapsedMs` counts from the first event on the monotonic clock. */
export function createCallJournal(clock: Clock): CallJournal {
  let sequence = 0;
  let startedAtElapsedMs: number | undefined;

  function envelope(): { sequence: number; at: string; elapsedMs: number } {
    const elapsed = clock.elapsed();
    startedAtElapsedMs ??= elapsed;
    sequence += 1;
    return {
      sequence,
      at: new Date(clock.now()).toISOString(),
      elapsedMs: Math.min(LONGEST_ELAPSED_MS, Math.max(0, Math.round(elapsed - startedAtElapsedMs))),
    };
  }

  return {
    network: (fact) => ({ ...envelope(), ...fact }),
    outcome: (fact) => ({ ...envelope(), ...fact }),
  };
}
