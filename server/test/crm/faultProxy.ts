import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the next request that fits, once. */
type Fault = { readonly method?: string; readonly pathIncludes: string } & (
  | { readonly kind: 'loseAnswer' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
);

/** Stands between the relay and the org, and passes everything on but what a test plans. */
export interface FaultProxy {
  readonly url: string;
  /** Every request that came, e.g. `PATCH /services/data/v66.0/composite`. */
  readonly requests: readonly string[];
  forwardTo(port: number): void;
  plan(fault: Fault): void;
  stop(): Promise<void>;
}

export async function startFaultProxy(): Promise<FaultProxy> {
  const requests: string[] = [];
  const faults: Fault[] = [];
  let targetPort = 0;
  const server = createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const index = faults.findIndex((fault) => fits(fault, incoming));
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault?.kind === 'answer') {
      incoming.resume();
      response.writeHead(fault.status, { 'content-type': 'application/json;charset=UTF-8' });
      response.end(JSON.stringify(fault.body));
      return;
    }
    forward(incoming, response, targetPort, fault?.kind === 'loseAnswer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    requests,
    forwardTo: (newPort) => {
      targetPort = newPort;
    },
    plan: (fault) => faults.push(fault),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function fits(fault: Fault, incoming: IncomingMessage): boolean {
  const isMethod = fault.method === undefined || fault.method === incoming.method;
  return isMethod && (incoming.url ?? '').includes(fault.pathIncludes);
}

/** Passes a request on and its answer back, or waits for the answer and then cuts the connection. */
function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  port: number,
  losesAnswer: boolean,
): void {
  const outgoing = httpRequest(
    { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      if (losesAnswer) answer.resume().once('end', () => response.destroy());
      else answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
    },
  );
  outgoing.once('error', () => response.destroy());
  incoming.pipe(outgoing);
}
