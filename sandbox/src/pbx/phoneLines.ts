import { REJOIN_WITHIN_SECONDS } from '@scoreline/contract';
import type { WebSocket } from 'ws';
import type { PhoneLink, RepLeg } from './repLeg.ts';
import type { Agent } from './signalling/agent.ts';
import { type Connection, createConnection } from './signalling/connection.ts';

/** Left to an agent whose last leg has ended, for the answers that are still under way. */
const AFTERMATH_MS = 2_000;
/** A phone that does not come back is forgotten after its calls were given up, whatever it still owes an answer to. */
const LONGEST_LOSS_MS = (REJOIN_WITHIN_SECONDS + 10) * 1_000;

/** One phone's signalling. It begins on a connection of its own and may move to a later one. */
export interface Phone {
  readonly agent: Agent;
  readonly link: PhoneLink;
}

interface KnownPhone extends Phone {
  readonly legs: Set<RepLeg>;
  /** `<userId> <contact>` of each contact it registered. */
  readonly contacts: Set<string>;
  line: Line | undefined;
  lostAtMs: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** An open connection: the phone that came with it, and those that moved to it with calls in progress. */
interface Line {
  readonly connection: Connection;
  readonly own: KnownPhone;
  readonly adopted: Set<KnownPhone>;
}

export interface PhoneLines {
  accept(socket: WebSocket): void;
  /**
   * Notes which phone registered on a connection. Calls that it has on an earlier connection move to this one, so
   * that a dropped socket costs no call: the phone re-registers, sends a re-INVITE, and talks on.
   */
  bound(phone: { readonly userId: string; readonly contactKey: string; readonly connectionId: string }): void;
  /** The phone of an open connection. */
  phoneOf(connectionId: string): Phone | undefined;
  /** Ends every connection. */
  close(): Promise<void>;
}

export interface PhoneLinesOptions {
  /** Makes the agent of a new connection, for the phone of this link. */
  readonly createAgent: (connectionId: () => string, link: PhoneLink) => Agent;
  readonly onClosed: (connectionId: string) => void;
}

export function createPhoneLines({ createAgent, onClosed }: PhoneLinesOptions): PhoneLines {
  const lines = new Map<string, Line>();
  const phones = new Set<KnownPhone>();

  const remove = async (phone: KnownPhone): Promise<void> => {
    clearTimeout(phone.timer);
    phones.delete(phone);
    phone.line?.adopted.delete(phone);
    await phone.agent.stop();
  };

  /** A phone that has lost its own line lives as long as its legs. */
  const removeIfOver = (phone: KnownPhone): void => {
    if (phone.legs.size > 0 || phone.line?.own === phone || !phones.has(phone)) return;
    clearTimeout(phone.timer);
    phone.timer = setTimeout(() => {
      if (phone.legs.size === 0) void remove(phone);
    }, AFTERMATH_MS);
  };

  const move = (phone: KnownPhone, line: Line): void => {
    const left = phone.line;
    left?.adopted.delete(phone);
    phone.line = line;
    phone.lostAtMs = undefined;
    clearTimeout(phone.timer);
    line.adopted.add(phone);
    phone.agent.attach(line.connection);
    // The phone has left its earlier connection, which may not know that it is dead.
    if (left?.own === phone) left.connection.terminate();
  };

  const closeLine = (line: Line): void => {
    lines.delete(line.connection.connectionId);
    onClosed(line.connection.connectionId);
    for (const phone of [line.own, ...line.adopted]) {
      if (phone.line !== line) continue;
      phone.line = undefined;
      phone.lostAtMs = performance.now();
      phone.agent.attach(undefined);
      phone.timer = setTimeout(() => void remove(phone), LONGEST_LOSS_MS);
      if (phone.legs.size === 0) void remove(phone);
    }
  };

  const createPhone = (connectionId: () => string): KnownPhone => {
    const link: PhoneLink = {
      get lostAtMs() {
        return phone.lostAtMs;
      },
      keepFor(leg) {
        phone.legs.add(leg);
        leg.onceEnded(() => {
          phone.legs.delete(leg);
          removeIfOver(phone);
        });
      },
    };
    const phone: KnownPhone = {
      agent: createAgent(connectionId, link),
      link,
      legs: new Set(),
      contacts: new Set(),
      line: undefined,
      lostAtMs: undefined,
      timer: undefined,
    };
    return phone;
  };

  return {
    accept(socket) {
      const own = createPhone(() => connection.connectionId);
      const connection = createConnection(socket, {
        onMessage: (text) => {
          const owner = [...line.adopted].find((phone) => phone.agent.owns(text)) ?? own;
          owner.agent.receive(text);
        },
        onClose: () => closeLine(line),
      });
      const line: Line = { connection, own, adopted: new Set() };
      own.line = line;
      phones.add(own);
      lines.set(connection.connectionId, line);
      own.agent.attach(connection);
    },

    bound({ connectionId, contactKey, userId }) {
      const line = lines.get(connectionId);
      if (line === undefined) return;
      const contact = `${userId} ${contactKey}`;
      line.own.contacts.add(contact);
      for (const phone of phones)
        if (phone.line !== line && phone.contacts.has(contact) && phone.legs.size > 0) move(phone, line);
    },

    phoneOf: (connectionId) => lines.get(connectionId)?.own,

    async close() {
      for (const { connection } of lines.values()) connection.terminate();
      await Promise.all([...phones].map(remove));
    },
  };
}
