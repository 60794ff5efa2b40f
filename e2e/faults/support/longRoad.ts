import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../../../sandbox/src/loopback.ts';

/** A network between the relays and the org, on which a request may be under way for as long as a test wants. */
export interface LongRoad {
  /** What everybody takes for the org. */
  readonly url: string;
  forwardTo(port: number): void;
  /** The next write that names this text stays on the road; resolves once it is there, with what lets it go on. */
  holdWriteOf(text: string): Promise<() => void>;
  close(): Promise<void>;
}

export async function buildLongRoad(): Promise<LongRoad> {
  let targetPort = 0;
  let held: { readonly text: string; readonly arrived: (release: () => void) => void } | undefined;
  const server = createServer((incoming, response) => {
    void passOn(incoming, response);
  });
  async function passOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { method, url: path, headers } = incoming;
    if (held !== undefined && method !== 'GET' && body.includes(held.text)) {
      const { arrived } = held;
      held = undefined;
      await new Promise<void>((resolve) => arrived(resolve));
    }
    const onward = httpRequest({ host: LOOPBACK, port: targetPort, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // The sender sees what it would see of the org itself: a connection that ends.
    onward.once('error', () => response.destroy());
    onward.end(body);
  }
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    forwardTo: (port) => {
      targetPort = port;
    },
    holdWriteOf: (text) =>
      new Promise((arrived) => {
        held = { text, arrived };
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
