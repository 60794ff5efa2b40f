import type { ErrorName } from '@scoreline/contract';
import { callEventSchema, callIdSchema, inboundCallSchema } from '@scoreline/contract/wire';
import type { OutboxItem } from '../domain/outbox.ts';
import { isErrorName } from '../domain/phoneError.ts';
import type { OutboxStore } from '../ports/outboxStore.ts';
import type { ReportFault } from '../ports/reportFault.ts';

const DATABASE_NAME = 'scoreline-softphone';
const DATABASE_VERSION = 1;
const STORE_NAME = 'outbox';
const SEQUENCE_DIGITS = 7;

/**
 * The outbox in IndexedDB. Keys and values are text: an object made inside a sandbox's membrane is a proxy,
 * which the browser cannot clone. Rows that this version cannot read are reported and left where they are.
 */
export function createIndexedDbOutboxStore(factory: IDBFactory, reportFault: ReportFault): OutboxStore {
  let opening: Promise<IDBDatabase> | undefined;

  function database(): Promise<IDBDatabase> {
    opening ??= open(factory, () => {
      opening = undefined;
    });
    // A failed opening is tried again at the next use.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  async function write(action: (rows: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = (await database()).transaction(STORE_NAME, 'readwrite', { durability: 'strict' });
    action(transaction.objectStore(STORE_NAME));
    await completed(transaction);
  }

  return {
    async list() {
      const rows = (await database()).transaction(STORE_NAME, 'readonly').objectStore(STORE_NAME);
      const texts: unknown[] = await answered(rows.getAll());
      return texts.flatMap((text) => {
        const item = readItem(text);
        if (item === undefined) reportFault(new Error('An outbox row cannot be read'));
        return item ?? [];
      });
    },
    put: (item) => write((rows) => rows.put(JSON.stringify(item), keyOf(item.callId, item.event.sequence))),
    remove: (callId, sequence) => write((rows) => rows.delete(keyOf(callId, sequence))),
  };
}

function keyOf(callId: string, sequence: number): string {
  return `${callId}:${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** The item that a row's text holds; undefined when it is none. */
export function readItem(text: unknown): OutboxItem | undefined {
  const row = parseObject(text);
  if (row === undefined) return undefined;
  const callId = callIdSchema.safeParse(row['callId']);
  const event = callEventSchema.safeParse(row['event']);
  const inbound = inboundCallSchema.safeParse(row['inbound']);
  const { owner, recordId, refusal } = row;
  if (!callId.success || !event.success || typeof owner !== 'string') return undefined;
  return {
    callId: callId.data,
    owner,
    event: event.data,
    ...(inbound.success ? { inbound: inbound.data } : {}),
    ...(typeof recordId === 'string' ? { recordId } : {}),
    ...(typeof refusal === 'string' ? { refusal: readErrorName(refusal) } : {}),
  };
}

function parseObject(text: unknown): Record<string, unknown> | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What was refused stays refused, under the nearest name this version knows. */
function readErrorName(name: string): ErrorName {
  return isErrorName(name) ? name : 'invalidRequest';
}

function open(factory: IDBFactory, onClosed: () => void): Promise<IDBDatabase> {
  const request = factory.open(DATABASE_NAME, DATABASE_VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE_NAME);
  };
  return answered(request).then((database) => {
    // A newer page that upgrades the database must not wait for this one.
    database.onversionchange = () => {
      database.close();
      onClosed();
    };
    database.onclose = onClosed;
    return database;
  });
}

function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(transaction.error ?? new Error('The transaction was aborted'));
    transaction.oncomplete = () => resolve();
    transaction.onerror = fail;
    transaction.onabort = fail;
  });
}
