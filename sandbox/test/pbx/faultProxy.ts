import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A TCP relay in front of a server, which can cut the line as a lost network does: no farewell, just gone. */
export interface FaultProxy {
  readonly port: number;
  /** Cuts every connection; new ones are taken again at once. */
  cut(): void;
  /** Lets go of the phone's side only: the server does not notice. */
  strand(): void;
  close(): Promise<void>;
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far, { end: false });
    far.pipe(near);
    for (const socket of pair) socket.on('error', () => socket.destroy());
    far.once('close', () => {
      near.destroy();
      pairs.delete(pair);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    strand() {
      for (const [near] of pairs) near.destroy();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
