import type { OutboxItem } from '../domain/outbox.ts';
import type { OutboxStore } from '../ports/outboxStore.ts';

/** Keeps items only as long as the page lives: for browsers that grant no storage. */
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
