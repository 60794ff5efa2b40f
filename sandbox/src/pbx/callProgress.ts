import type { CallDirection, CallState, EndCause, EndedBy, NetworkEvent } from '@scoreline/contract';

/** How far a call has come, and when. Instants are ISO 8601, UTC. */
export interface CallProgressFacts {
  readonly state: Exclude<CallState, 'permitted'>;
  readonly startedAt: string;
  readonly answeredAt?: string;
  readonly endedAt?: string;
  readonly endedBy?: EndedBy;
  readonly endCause?: EndCause;
  /** How long a message the caller left. */
  readonly voicemailSeconds?: number;
}

type EventFacts =
  | { readonly kind: 'dialed' | 'offered' | 'ringing' | 'answered' | 'held' | 'resumed' }
  | { readonly kind: 'voicemail'; readonly seconds: number }
  | {
      readonly kind: 'ended';
      readonly endedBy: EndedBy;
      readonly cause: EndCause;
      readonly sipStatus?: number;
    };

/**
 * The states of a call at the switch, each change told as an event.
 *
 * ```
 *  dialing ──▶ ringing ──▶ talking ◀──▶ held
 *     └───────────┴───────────┴──────────┴──▶ ended
 * ```
 */
export interface CallProgress {
  readonly facts: CallProgressFacts;
  ring(): void;
  answer(): void;
  /** Holds or resumes; nothing happens when it is so already. */
  hold(isHeld: boolean): void;
  /** The caller whom nobody answered left a message. */
  leaveMessage(seconds: number): void;
  /** Whether this was the end: only the first one counts. */
  end(endedBy: EndedBy, cause: EndCause, sipStatus?: number): boolean;
}

/** Begins with `dialed`, an inbound call with `offered`. Only the first end counts, and nothing after it. */
export function createCallProgress(
  onEvent: (event: NetworkEvent) => void,
  direction: CallDirection = 'outbound',
): CallProgress {
  const tell = createEventNumbering(onEvent);
  const startedAt = tell({ kind: direction === 'outbound' ? 'dialed' : 'offered' });
  let facts: CallProgressFacts = { state: 'dialing', startedAt };
  return {
    get facts() {
      return facts;
    },
    ring() {
      if (facts.state !== 'dialing') return;
      tell({ kind: 'ringing' });
      facts = { ...facts, state: 'ringing' };
    },
    answer() {
      if (facts.state !== 'dialing' && facts.state !== 'ringing') return;
      facts = { ...facts, state: 'talking', answeredAt: tell({ kind: 'answered' }) };
    },
    hold(isHeld) {
      if (facts.state !== (isHeld ? 'talking' : 'held')) return;
      tell({ kind: isHeld ? 'held' : 'resumed' });
      facts = { ...facts, state: isHeld ? 'held' : 'talking' };
    },
    leaveMessage(seconds) {
      if (facts.state !== 'dialing' && facts.state !== 'ringing') return;
      tell({ kind: 'voicemail', seconds });
      facts = { ...facts, voicemailSeconds: seconds };
    },
    end(endedBy, cause, sipStatus) {
      if (facts.state === 'ended') return false;
      const endedAt = tell({
        kind: 'ended',
        endedBy,
        cause,
        ...(sipStatus === undefined ? {} : { sipStatus }),
      });
      facts = { ...facts, state: 'ended', endedAt, endedBy, endCause: cause };
      return true;
    },
  };
}

/** Numbers and dates one call's events: from 1, by the wall clock, and by the monotonic clock since the first. */
export function createEventNumbering(onEvent: (event: NetworkEvent) => void): (facts: EventFacts) => string {
  const startedAtMs = performance.now();
  let sequence = 0;
  return (facts) => {
    sequence += 1;
    const elapsedMs = sequence === 1 ? 0 : Math.round(performance.now() - startedAtMs);
    const event: NetworkEvent = { ...facts, sequence, at: new Date().toISOString(), elapsedMs };
    onEvent(event);
    return event.at;
  };
}
