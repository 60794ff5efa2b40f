/** One phone of a user: where it is and until when. */
export interface Binding {
  /** The contact URI as the phone gave it. */
  readonly contactUri: string;
  /** What names the phone through its reconnections: `<user>@<host>` of its contact. */
  readonly contactKey: string;
  readonly connectionId: string;
  readonly expiresAtMs: number;
}

/** Where each user's phones are. */
export interface Registrar {
  /** Adds or renews a phone; beyond the most a user may have, the one that would expire first makes room. */
  bind(userId: string, binding: Binding): void;
  unbind(userId: string, contactKey: string): void;
  /** Forgets every phone of a closed connection, or all of a user's. */
  unbindConnection(connectionId: string): void;
  unbindUser(userId: string): void;
  bindings(userId: string): readonly Binding[];
}

const MOST_PHONES = 5;

export function createRegistrar(nowMs: () => number): Registrar {
  const users = new Map<string, Map<string, Binding>>();

  const current = (userId: string): Map<string, Binding> => {
    const phones = users.get(userId) ?? new Map<string, Binding>();
    for (const [key, { expiresAtMs }] of phones) if (expiresAtMs <= nowMs()) phones.delete(key);
    if (phones.size === 0) users.delete(userId);
    return phones;
  };

  const drop = (userId: string, isDropped: (binding: Binding) => boolean): void => {
    const phones = current(userId);
    for (const [key, binding] of phones) if (isDropped(binding)) phones.delete(key);
    if (phones.size === 0) users.delete(userId);
  };

  return {
    bind(userId, binding) {
      const phones = current(userId);
      phones.set(binding.contactKey, binding);
      if (phones.size > MOST_PHONES) {
        const [first] = [...phones.values()]
          .filter(({ contactKey }) => contactKey !== binding.contactKey)
          .sort((left, right) => left.expiresAtMs - right.expiresAtMs);
        if (first !== undefined) phones.delete(first.contactKey);
      }
      users.set(userId, phones);
    },
    unbind: (userId, contactKey) => drop(userId, (binding) => binding.contactKey === contactKey),
    unbindConnection(connectionId) {
      for (const userId of [...users.keys()])
        drop(userId, (binding) => binding.connectionId === connectionId);
    },
    unbindUser: (userId) => void users.delete(userId),
    bindings: (userId) => [...current(userId).values()],
  };
}
