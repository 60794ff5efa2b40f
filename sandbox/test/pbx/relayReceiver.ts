import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  errorBody,
  type ErrorName,
  ERRORS,
  SWITCH_SIGNATURE_HEADER,
  switchSignatureText,
} from '@scoreline/contract';
import { type SwitchEventsRequest, switchEventsRequestSchema } from '@scoreline/contract/wire';

export const SIGNING_KEY = 'signing key of the tests';

type ReceivedEvent = SwitchEventsRequest['events'][number];

/** A relay's door for switches: checks signature and body as the relay does, and keeps what it acknowledged. */
export interface RelayReceiver {
  readonly url: string;
  readonly port: number;
  readonly events: readonly ReceivedEvent[];
  readonly requests: number;
  /** Answers the next requests with these errors instead, in turn; `stored` stores but gives the answer up. */
  refuseNext(...errors: (ErrorName | 'answerLost')[]): void;
  /** Refuses for ever a batch with an event that is so. */
  neverStore(isSo: (event: ReceivedEvent) => boolean): void;
  /** Resolves when this call's event of this kind was acknowledged. */
  received(callId: string, kind: ReceivedEvent['event']['kind']): Promise<ReceivedEvent['event']>;
  kindsOf(callId: string): string[];
  close(): Promise<void>;
}

export async function startRelayReceiver(port = 0): Promise<RelayReceiver> {
  const events: ReceivedEvent[] = [];
  const waiting = new Set<() => void>();
  const refusals: (ErrorName | 'answerLost')[] = [];
  let requests = 0;
  let isPoison: (event: ReceivedEvent) => boolean = () => false;

  const judge = (signature: string | undefined, body: string): ErrorName | 'answerLost' | undefined => {
    requests += 1;
    const next = refusals.shift();
    if (next !== undefined && next !== 'answerLost') return next;
    if (!isSigned(signature, body)) return 'signatureInvalid';
    const parsed = switchEventsRequestSchema.safeParse(JSON.parse(body));
    if (!parsed.success || parsed.data.events.some(isPoison)) return 'invalidRequest';
    for (const event of parsed.data.events) if (!isKnown(events, event)) events.push(event);
    waiting.forEach((check) => check());
    return next;
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = request.headers[SWITCH_SIGNATURE_HEADER.toLowerCase()];
      const error = judge(signature?.toString(), Buffer.concat(chunks).toString('utf8'));
      if (error === 'answerLost') request.socket.destroy();
      else if (error === undefined)
        response.end(JSON.stringify({ stored: 1, duplicates: 0, unknownCallIds: [] }));
      else response.writeHead(ERRORS[error].status).end(JSON.stringify(errorBody(error)));
    });
  });
  const actualPort = await listen(server, port);

  return {
    url: `http://127.0.0.1:${actualPort}`,
    port: actualPort,
    events,
    get requests() {
      return requests;
    },
    refuseNext: (...errors) => void refusals.push(...errors),
    neverStore(isSo) {
      isPoison = isSo;
    },
    async received(callId, kind) {
      const { promise, resolve } = Promise.withResolvers<ReceivedEvent['event']>();
      const check = (): void => {
        const found = events.find((entry) => entry.callId === callId && entry.event.kind === kind);
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found.event);
      };
      waiting.add(check);
      check();
      return promise;
    },
    kindsOf: (callId) => events.filter((entry) => entry.callId === callId).map(({ event }) => event.kind),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isKnown(events: readonly ReceivedEvent[], { callId, event }: ReceivedEvent): boolean {
  return events.some((entry) => entry.callId === callId && entry.event.sequence === event.sequence);
}

function isSigned(signature: string | undefined, body: string): boolean {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(signature ?? '') ?? [];
  const text = switchSignatureText(Number(time), body);
  return mac === createHmac('sha256', SIGNING_KEY).update(text).digest('hex');
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
