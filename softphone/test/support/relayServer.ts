import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorName } from '@scoreline/contract';
import { errorBody, ERRORS } from '@scoreline/contract';
import {
  callerRequestSchema,
  eventsRequestSchema,
  outcomeRequestSchema,
  permitRequestSchema,
  recordChoiceRequestSchema,
  transferRequestSchema,
} from '@scoreline/contract/wire';
import type { PermitResponse, RecentCallsResponse } from '@scoreline/contract/wire';
import { sessionResponse } from './samples.ts';

interface ReceivedRequest {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

export interface RelayServer {
  readonly url: string;
  readonly received: ReceivedRequest[];
  /** The events stored of a call: `kind` in the order in which they arrived. */
  storedKinds(callId: string): string[];
  /** Refuses requests whose path contains this, until `accept`. */
  refuse(path: string, name: ErrorName): void;
  accept(path: string): void;
  /** Resolves when a request to this path has been answered with 200, from now on. */
  whenAnswered(path: string): Promise<void>;
  /** Whose numbers are whose, by E.164. */
  readonly callers: Map<string, string[]>;
  recent: RecentCallsResponse;
  /** Tokens the relay takes; undefined takes any. */
  validTokens: Set<string> | undefined;
  /** Lets go of the server, answering nobody. */
  close(): Promise<void>;
}

/** A small relay that speaks the real contract over real HTTP, and keeps its ledger in memory. */
export async function startRelayServer(): Promise<RelayServer> {
  const received: ReceivedRequest[] = [];
  const stored = new Map<string, Map<number, string>>();
  const answered = new EventEmitter();
  const refusals = new Map<string, ErrorName>();
  let position = 0;
  let sessions = 0;

  function store(callId: string, events: readonly { sequence: number; kind: string }[]): object {
    const ledger = stored.get(callId) ?? new Map<number, string>();
    stored.set(callId, ledger);
    const fresh = events.filter(({ sequence }) => !ledger.has(sequence));
    for (const { sequence, kind } of fresh) ledger.set(sequence, kind);
    position += fresh.length;
    return { callId, position, stored: fresh.length, duplicates: events.length - fresh.length };
  }

  function answer({ path, token, body }: ReceivedRequest): object | ErrorName {
    for (const [part, name] of refusals) if (path.includes(part)) return name;
    if (path === '/v1/sessions') {
      sessions += 1;
      return sessionResponse({ relayToken: `token ${sessions}` });
    }
    if (server.validTokens !== undefined && !server.validTokens.has(token ?? '')) return 'tokenExpired';
    const [, , , callId = '', what] = path.split('/');
    if (path === '/v1/calls') {
      const wish = permitRequestSchema.safeParse(body);
      return wish.success ? permit(wish.data.callId, wish.data.number) : 'invalidRequest';
    }
    if (path === '/v1/callers') {
      const caller = callerRequestSchema.safeParse(body);
      return caller.success
        ? { recordIds: server.callers.get(caller.data.numberE164) ?? [] }
        : 'invalidRequest';
    }
    if (path === '/v1/calls/recent') return server.recent;
    if (path === '/v1/calls/missed/seen') {
      server.recent = { ...server.recent, missedUnseen: 0 };
      return {};
    }
    return answerOfCall(callId, what, body);
  }

  function answerOfCall(callId: string, what: string | undefined, body: unknown): object | ErrorName {
    switch (what) {
      case 'events': {
        const request = eventsRequestSchema.safeParse(body);
        return request.success ? store(callId, request.data.events) : 'invalidRequest';
      }
      case 'outcome': {
        const outcome = outcomeRequestSchema.safeParse(body);
        return outcome.success ? store(callId, [outcome.data]) : 'invalidRequest';
      }
      case 'transfers': {
        const transfer = transferRequestSchema.safeParse(body);
        return transfer.success ? permit(callId, transfer.data.number) : 'invalidRequest';
      }
      case 'rejoin':
        return permit(callId, '+1 303 555 0142');
      case 'record': {
        const choice = recordChoiceRequestSchema.safeParse(body);
        if (!choice.success) return 'invalidRequest';
        return stored.has(callId) ? { callId, recordId: choice.data.recordId, position } : 'callNotFound';
      }
      case 'voicemail':
        return { url: `https://switch.example/voicemails/${callId}` };
      default:
        return 'routeNotFound';
    }
  }

  const http = createServer((request, response) => {
    const reply = async (): Promise<void> => {
      const text = await textOf(request);
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const token = request.headers.authorization?.replace('Bearer ', '');
      const item = { path: request.url ?? '', token, body };
      received.push(item);
      const result = answer(item);
      const status = typeof result === 'string' ? ERRORS[result].status : 200;
      response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(JSON.stringify(typeof result === 'string' ? errorBody(result) : result));
      if (status === 200) answered.emit(item.path);
    };
    reply().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  const server: RelayServer = {
    url: `http://127.0.0.1:${port}`,
    received,
    storedKinds: (callId) => [...(stored.get(callId)?.values() ?? [])],
    refuse: (path, name) => refusals.set(path, name),
    accept: (path) => refusals.delete(path),
    async whenAnswered(path) {
      await once(answered, path);
    },
    callers: new Map(),
    recent: { calls: [], missedUnseen: 0 },
    validTokens: undefined,
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

function permit(callId: string, number: string): PermitResponse {
  const expiresAtEpochSeconds = Math.floor(Date.now() / 1_000) + 60;
  const numberE164 = number.replace(/[^\d+]/gu, '');
  return { callId, permit: `v1.${expiresAtEpochSeconds}.mac`, numberE164, expiresAtEpochSeconds };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
