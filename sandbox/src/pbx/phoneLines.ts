import type { WebSocket } from 'ws';
import type { Agent } from './signalling/agent.ts';
import { type Connection, createConnection } from './signalling/connection.ts';
import type { SimulatedCall } from './simulatedCall.ts';

/** A phone whose connection is gone keeps its calls this long. */
const LONGEST_ABSENCE_MS = 30_000;
/** And no longer than this when its sound has stopped too: then the whole computer is gone. */
const LONGEST_SILENCE_MS = 5_000;
const ABSENCE_CHECK_MS = 1_000;
/** Left to an agent whose last call has ended, for the answers that are still under way. */
const AFTERMATH_MS = 2_000;

/** One phone's signalling and calls. It begins on a connection of its own and may move to a later one. */
interface Phone {
  readonly agent: Agent;
  readonly calls: Set<SimulatedCall>;
  /** `<userId> <contact>` of each contact it registered. */
  readonly contacts: Set<string>;
  line: Line | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** An open connection: the phone that came with it, and those that moved to it with calls in progress. */
interface Line {
  readonly connection: Connection;
  readonly own: Phone;
  readonly adopted: Set<Phone>;
}

export interface PhoneLines {
  accept(socket: WebSocket): void;
  /**
   * Notes which phone registered on a connection. Calls that it has on an earlier connection move to this one, so
   * that a dropped socket costs no call: the phone re-registers, sends a re-INVITE, and talks on.
   */
  bound(phone: { readonly userId: string; readonly contactKey: string; readonly connectionId: string }): void;
  /** Ends every call, waiting at most this long for the phones' answers, then every connection. */
  close(withinMs: number): Promise<void>;
}

export interface PhoneLinesOptions {
  /** Makes the agent of a new connection; it tells `calls` of each call it begins. */
  readonly createAgent: (connectionId: () => string, calls: Set<SimulatedCall>) => Agent;
  readonly onClosed: (connectionId: string) => void;
}

export function createPhoneLines({ createAgent, onClosed }: PhoneLinesOptions): PhoneLines {
  const lines = new Map<string, Line>();
  const phones = new Set<Phone>();

  const remove = async (phone: Phone): Promise<void> => {
    clearInterval(phone.timer);
    phones.delete(phone);
    phone.line?.adopted.delete(phone);
    await phone.agent.stop();
  };

  /** A phone without a line of its own lives as long as its calls, if it does not come back. */
  const watch = (phone: Phone): void => {
    clearInterval(phone.timer);
    const since = performance.now();
    phone.timer = setInterval(() => {
      const isSilent = [...phone.calls].some(({ silentMs }) => (silentMs ?? 0) > LONGEST_SILENCE_MS);
      const isAbsent = phone.line === undefined;
      if (isAbsent && (isSilent || performance.now() - since > LONGEST_ABSENCE_MS))
        phone.calls.forEach((call) => void call.drop());
      if (phone.calls.size > 0) return;
      clearInterval(phone.timer);
      phone.timer = setTimeout(() => void remove(phone), AFTERMATH_MS);
    }, ABSENCE_CHECK_MS);
  };

  const move = (phone: Phone, line: Line): void => {
    const left = phone.line;
    left?.adopted.delete(phone);
    phone.line = line;
    line.adopted.add(phone);
    phone.agent.attach(line.connection);
    watch(phone);
    // The phone has left its earlier connection, which may not know that it is dead.
    if (left?.own === phone) left.connection.terminate();
  };

  const closeLine = (line: Line): void => {
    lines.delete(line.connection.connectionId);
    onClosed(line.connection.connectionId);
    for (const phone of [line.own, ...line.adopted]) {
      if (phone.line !== line) continue;
      phone.line = undefined;
      phone.agent.attach(undefined);
      if (phone.calls.size > 0) watch(phone);
      else void remove(phone);
    }
  };

  return {
    accept(socket) {
      const calls = new Set<SimulatedCall>();
      const agent = createAgent(() => connection.connectionId, calls);
      const own: Phone = { agent, calls, contacts: new Set(), line: undefined, timer: undefined };
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
      agent.attach(connection);
    },

    bound({ connectionId, contactKey, userId }) {
      const line = lines.get(connectionId);
      if (line === undefined) return;
      const contact = `${userId} ${contactKey}`;
      line.own.contacts.add(contact);
      for (const phone of phones)
        if (phone.line !== line && phone.contacts.has(contact) && phone.calls.size > 0) move(phone, line);
    },

    async close(withinMs) {
      const goodbyes = [...phones].flatMap(({ calls }) => [...calls].map((call) => call.drop()));
      await inTime(Promise.all(goodbyes), withinMs);
      for (const { connection } of lines.values()) connection.terminate();
      await Promise.all([...phones].map(remove));
    },
  };
}

async function inTime(work: Promise<unknown>, withinMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, withinMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
