import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A TCP way to the switch that a test can break, as networks do. */
export interface SwitchProxy {
  readonly url: string;
  /** Connections that phones have opened since it started. */
  readonly opened: number;
  /** Resets every open connection. */
  drop(): void;
  /** Swallows everything, says nothing, closes nothing: the network is gone and neither end knows. */
  stall(): void;
  /** New connections work again; the stalled ones stay dead. */
  resume(): void;
  close(): Promise<void>;
}

export async function openSwitchProxy(switchUrl: string): Promise<SwitchProxy> {
  const { hostname, port } = new URL(switchUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  const unheard = new Set<Socket>();
  let isStalled = false;
  let opened = 0;
  const server = createServer((phone) => {
    opened += 1;
    phone.on('error', () => phone.destroy());
    if (isStalled) {
      unheard.add(phone);
      phone.on('close', () => unheard.delete(phone));
      return;
    }
    const pair = [phone, connect(Number(port), hostname)] as const;
    pairs.add(pair);
    for (const [index, socket] of pair.entries()) {
      const other = pair[1 - index];
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        pairs.delete(pair);
        other?.destroy();
      });
      socket.on('data', (bytes) => other?.write(bytes));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');

  const forEach = (action: (socket: Socket) => void): void => {
    for (const pair of pairs) pair.forEach(action);
    unheard.forEach(action);
  };
  return {
    url: `ws://localhost:${address.port}`,
    get opened() {
      return opened;
    },
    stall() {
      isStalled = true;
      forEach((socket) => socket.removeAllListeners('data').resume());
    },
    resume() {
      isStalled = false;
    },
    drop: () => forEach((socket) => socket.resetAndDestroy()),
    async close() {
      server.close();
      forEach((socket) => socket.destroy());
      await once(server, 'close');
    },
  };
}
