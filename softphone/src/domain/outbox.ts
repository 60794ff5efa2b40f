import type { ErrorName, NetworkEvent, OutcomeEvent } from '@scoreline/contract';
import { ERROR_ROWS } from './errorRows.ts';

/** An event that the relay has not acknowledged. `(callId, event.sequence)` names it for ever. */
export interface OutboxItem {
  readonly callId: string;
  /** Who recorded it, `<org>:<user>`: another user of this computer must not send it in their own name. */
  readonly owner: string;
  readonly event: NetworkEvent | OutcomeEvent;
  /** Of a call that came in: its caller, absent where the number was withheld. It opens the call at the relay. */
  readonly inbound?: { readonly numberE164?: string | undefined } | undefined;
  /** The record an outcome belongs to, for the page that shows it. */
  readonly recordId?: string | undefined;
  /** Why the relay will never take this event. It is kept, and no longer sent. */
  readonly refusal?: ErrorName | undefined;
}

/** What goes to the relay in one request: some of a call's network events, or one outcome. */
export type OutboxBatch =
  | {
      readonly kind: 'events';
      readonly callId: string;
      readonly items: readonly OutboxItem[];
      readonly events: NetworkEvent[];
      readonly inbound?: OutboxItem['inbound'];
    }
  | {
      readonly kind: 'outcome';
      readonly callId: string;
      readonly items: readonly [OutboxItem];
      readonly outcome: OutcomeEvent;
    };

/** The relay takes at most so many events in one request. */
export const LARGEST_BATCH = 100;

/** The calls that have something to send, oldest first: a UUIDv7 sorts by the time it was minted. */
export function callsToSend(items: Iterable<OutboxItem>, owner: string): string[] {
  const callIds = new Set<string>();
  for (const item of items) if (isToSend(item, owner)) callIds.add(item.callId);
  return [...callIds].sort();
}

/** The next request of one call, in the order of its events; undefined when nothing of it is left to send. */
export function nextBatch(
  items: Iterable<OutboxItem>,
  owner: string,
  callId: string,
  limit = LARGEST_BATCH,
): OutboxBatch | undefined {
  const waiting = [...items]
    .filter((item) => item.callId === callId && isToSend(item, owner))
    .sort((left, right) => left.event.sequence - right.event.sequence);
  const [first] = waiting;
  if (first === undefined) return undefined;
  if (first.event.kind === 'outcome')
    return { kind: 'outcome', callId, items: [first], outcome: first.event };
  const taken: OutboxItem[] = [];
  const events: NetworkEvent[] = [];
  for (const item of waiting.slice(0, limit)) {
    if (item.event.kind === 'outcome') break;
    taken.push(item);
    events.push(item.event);
  }
  return { kind: 'events', callId, items: taken, events, inbound: first.inbound };
}

/**
 * Whether the relay refused the content itself, so that sending the same again cannot help. Faults of identity
 * and address (2xx rows, `routeNotFound`) are mended elsewhere, and what was recorded must still arrive then.
 */
export function isRefusedForGood(error: ErrorName): boolean {
  const { code, retryable } = ERROR_ROWS[error];
  return !retryable && error !== 'routeNotFound' && (code.startsWith('SC-1') || code.startsWith('SC-3'));
}

function isToSend(item: OutboxItem, owner: string): boolean {
  return item.owner === owner && item.refusal === undefined;
}
