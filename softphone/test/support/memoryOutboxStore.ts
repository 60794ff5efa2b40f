import type { OutboxItem } from '../../src/domain/outbox.ts';
import type { OutboxStore } from '../../src/ports/outboxStore.ts';

/** Keeps items in memory, for as long as someone holds it. */
export function createMemoryOutboxStore(): OutboxStore {
  const items = new Map<string, OutboxItem>();
  return {
    list: () => Promise.resolve([...items.values()]),
    put(item) {
      items.set(`${item.callId}:${item.event.sequence}`, item);
      return Promise.resolve();
    },
    remove(callId, sequence) {
      items.delete(`${callId}:${sequence}`);
      return Promise.resolve();
    },
  };
}
