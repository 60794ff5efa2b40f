import type { OutboxItem } from '../domain/outbox.ts';

/** Where unacknowledged events outlive the page. An item is named by its call and its event's sequence. */
export interface OutboxStore {
  /** Everything kept, in no particular order. */
  list(): Promise<OutboxItem[]>;
  /** Keeps the item, replacing one of the same name; resolves when it is durable. */
  put(item: OutboxItem): Promise<void>;
  remove(callId: string, sequence: number): Promise<void>;
}
