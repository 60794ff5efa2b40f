import type { ErrorName } from '@scoreline/contract';
import type { Acknowledgement } from '@scoreline/contract/wire';
import type { OutboxBatch, OutboxItem } from '../domain/outbox.ts';
import { callsToSend, isRefusedForGood, LARGEST_BATCH, nextBatch } from '../domain/outbox.ts';
import { errorNameOf } from '../domain/phoneError.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxStore } from '../ports/outboxStore.ts';
import type { Random } from '../ports/random.ts';
import type { ReportFault } from '../ports/reportFault.ts';
import type { RetryPolicy } from './retryPolicy.ts';

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly retryPolicy: RetryPolicy;
  /** Whose items may be sent now; undefined until there is a session. */
  readonly owner: () => string | undefined;
  /** Delivers one batch; rejects with a PhoneError. */
  readonly deliver: (batch: OutboxBatch) => Promise<Acknowledgement>;
  readonly onAcknowledged: (item: OutboxItem, position: number) => void;
  /** Called for what the relay will never take. */
  readonly onRefused: (item: OutboxItem, error: ErrorName) => void;
  /** Called after each batch that the relay took, whatever was in it. */
  readonly onDelivered: () => void;
  readonly onCounted: (unsent: number) => void;
  readonly reportFault: ReportFault;
}

export interface OutboxSender {
  /** Takes over what earlier pages left behind. */
  load(): Promise<void>;
  /** Keeps the item for the next pass; resolves when the store has it. One that it cannot store is sent all the same. */
  add(item: OutboxItem): Promise<void>;
  /** Sends what is waiting, now and without regard to the backoff. */
  sendNow(): void;
  close(): void;
}

type CallResult = 'sent' | 'failed' | 'unreachable';

/**
 * Sends events in the order of each call until the relay acknowledges them. A call whose events fail waits for the
 * next pass and holds up no other; content that the relay refuses for good is set aside with its error.
 */
export function createOutboxSender(parts: OutboxParts): OutboxSender {
  const items = new Map<string, OutboxItem>();
  let isSending = false;
  let sendAgain = false;
  let isClosed = false;
  let failures = 0;
  let stopRetry = (): void => undefined;

  function countUnsent(): void {
    const owner = parts.owner();
    const waiting = [...items.values()].filter(
      (item) => item.refusal === undefined && (owner === undefined || item.owner === owner),
    );
    parts.onCounted(waiting.length);
  }

  async function forget(item: OutboxItem, position: number): Promise<void> {
    items.delete(keyOf(item));
    // Sent but still stored: sent again by the next page, where the relay absorbs it.
    await parts.store.remove(item.callId, item.event.sequence).catch(parts.reportFault);
    parts.onAcknowledged(item, position);
  }

  async function setAside(item: OutboxItem, refusal: ErrorName): Promise<void> {
    const refused: OutboxItem = { ...item, refusal };
    items.set(keyOf(item), refused);
    parts.onRefused(refused, refusal);
    await parts.store.put(refused).catch(parts.reportFault);
  }

  /** A call rings on every phone of its rep: what one has reported, the others need not. */
  async function refused(item: OutboxItem, name: ErrorName): Promise<void> {
    if (item.inbound === undefined || name !== 'eventConflict') return setAside(item, name);
    items.delete(keyOf(item));
    await parts.store.remove(item.callId, item.event.sequence).catch(parts.reportFault);
  }

  async function sendCall(owner: string, callId: string): Promise<CallResult> {
    let limit = LARGEST_BATCH;
    for (;;) {
      const batch = isClosed ? undefined : nextBatch(items.values(), owner, callId, limit);
      if (batch === undefined) return 'sent';
      try {
        const { position } = await parts.deliver(batch);
        for (const item of batch.items) await forget(item, position);
        parts.onDelivered();
      } catch (error) {
        const name = errorNameOf(error, 'unexpected');
        if (name === 'unexpected') parts.reportFault(error);
        if (!isRefusedForGood(name)) return name === 'relayUnreachable' ? 'unreachable' : 'failed';
        // One wrong event must not take the others with it: find it by sending them singly.
        if (batch.items.length > 1) limit = 1;
        else for (const item of batch.items) await refused(item, name);
      }
      countUnsent();
    }
  }

  async function sendPass(): Promise<boolean> {
    const owner = parts.owner();
    if (owner === undefined) return true;
    let allSent = true;
    for (const callId of callsToSend(items.values(), owner)) {
      const result = await sendCall(owner, callId);
      if (result !== 'sent') allSent = false;
      if (result === 'unreachable') break;
    }
    return allSent;
  }

  async function send(): Promise<void> {
    sendAgain = true;
    if (isSending || isClosed) return;
    isSending = true;
    stopRetry();
    let allSent = true;
    while (sendAgain && !isClosed) {
      sendAgain = false;
      allSent = await sendPass();
    }
    isSending = false;
    failures = allSent ? 0 : failures + 1;
    if (!allSent && !isClosed)
      stopRetry = parts.clock.after(parts.retryPolicy(failures, parts.random.fraction()), startSending);
  }

  function startSending(): void {
    send().catch((error: unknown) => {
      isSending = false;
      parts.reportFault(error);
    });
  }

  return {
    async load() {
      for (const item of await parts.store.list()) items.set(keyOf(item), item);
      countUnsent();
    },
    add(item) {
      items.set(keyOf(item), item);
      countUnsent();
      return parts.store.put(item);
    },
    sendNow() {
      countUnsent();
      startSending();
    },
    close() {
      isClosed = true;
      stopRetry();
    },
  };
}

function keyOf(item: OutboxItem): string {
  return `${item.callId}:${item.event.sequence}`;
}
