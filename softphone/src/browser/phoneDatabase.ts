const DATABASE_NAME = 'scoreline-softphone';
/** 2 added the calls. */
const DATABASE_VERSION = 2;
const STORE_NAMES = ['outbox', 'calls'] as const;

/**
 * What the phone keeps on this computer. Keys and values are text: an object made inside a sandbox's membrane is a
 * proxy, which the browser cannot clone.
 */
export interface PhoneDatabase {
  /** Everything in the store, in the order of the keys. */
  list(store: StoreName): Promise<unknown[]>;
  /** Changes the store in one transaction; resolves when that is done, on the disk itself where it is `strict`. */
  write(
    store: StoreName,
    durability: IDBTransactionDurability,
    action: (rows: IDBObjectStore) => IDBRequest,
  ): Promise<void>;
}

type StoreName = (typeof STORE_NAMES)[number];

/**
 * Opens the database at its first use, and again after a newer page has closed it. Each transaction is committed as soon
 * as it is asked for: a tab that stands still in the midst of one would lock the others out.
 */
export function createPhoneDatabase(factory: IDBFactory): PhoneDatabase {
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

  return {
    async list(store) {
      const transaction = (await database()).transaction(store, 'readonly');
      const rows = answered<unknown[]>(transaction.objectStore(store).getAll());
      transaction.commit();
      return await rows;
    },
    async write(store, durability, action) {
      const transaction = (await database()).transaction(store, 'readwrite', { durability });
      action(transaction.objectStore(store));
      transaction.commit();
      await completed(transaction);
    },
  };
}

/** The object that a row's text holds; undefined when it is none. */
export function parseRow(text: unknown): Record<string, unknown> | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function open(factory: IDBFactory, onClosed: () => void): Promise<IDBDatabase> {
  const request = factory.open(DATABASE_NAME, DATABASE_VERSION);
  request.onupgradeneeded = () => {
    for (const name of STORE_NAMES)
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
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
