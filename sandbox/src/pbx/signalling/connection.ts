import { randomUUID } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';

/** One phone's WebSocket. */
export interface Connection {
  readonly connectionId: string;
  readonly isOpen: boolean;
  /** Whether the text was handed to the socket. */
  send(text: string): boolean;
  /** Closes it without waiting for the other side. */
  terminate(): void;
}

export interface ConnectionListener {
  onMessage(text: string): void;
  onClose(): void;
}

/** A phone that reads nothing is let go before it costs more memory than this. */
const MOST_UNREAD_BYTES = 1_000_000;
const PING_INTERVAL_MS = 20_000;
/** RFC 5626, section 3.5.1: a double line break asks for a single one. */
const KEEP_ALIVE = '\r\n\r\n';
const KEEP_ALIVE_ANSWER = '\r\n';

/** Wraps an accepted WebSocket: answers keep-alives, and lets go of a phone that is gone or does not read. */
export function createConnection(socket: WebSocket, listener: ConnectionListener): Connection {
  let answered = true;
  const pings = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_INTERVAL_MS);

  const connection: Connection = {
    connectionId: randomUUID(),
    get isOpen() {
      return socket.readyState === socket.OPEN;
    },
    send(text) {
      if (socket.readyState !== socket.OPEN) return false;
      if (socket.bufferedAmount > MOST_UNREAD_BYTES) {
        socket.terminate();
        return false;
      }
      socket.send(text);
      return true;
    },
    terminate: () => socket.terminate(),
  };

  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, isBinary) => {
    answered = true;
    const text = isBinary ? '' : textOf(data);
    if (text === KEEP_ALIVE) connection.send(KEEP_ALIVE_ANSWER);
    else if (text.trim() !== '') listener.onMessage(text);
  });
  // An error (an oversize message, a reset) is always followed by `close`.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    clearInterval(pings);
    listener.onClose();
  });
  return connection;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}
