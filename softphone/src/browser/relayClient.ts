import type { ErrorName } from '@scoreline/contract';
import {
  acknowledgementSchema,
  callerResponseSchema,
  errorBodySchema,
  permitResponseSchema,
  recentCallsResponseSchema,
  recordChoiceResponseSchema,
  sessionResponseSchema,
  voicemailResponseSchema,
} from '@scoreline/contract/wire';
import { isErrorName, PhoneError } from '../domain/phoneError.ts';
import type { Relay } from '../ports/relay.ts';
import type { IsAddressRefused } from './pagePolicy.ts';

/** Longer than the relay ever takes, shorter than a rep waits. */
const ANSWER_TIMEOUT_MS = 10_000;
const NO_CONTENT = 204;

interface AnswerSchema<Answer> {
  safeParse(body: unknown): { success: true; data: Answer } | { success: false; error: Error };
}

interface Sending {
  readonly path: string;
  /** Absent for what is read, which is asked for with GET. */
  readonly body?: unknown;
  readonly relayToken?: string;
}

/** The relay over HTTP. `isAddressRefused` tells whether the page's own policy keeps it from there. An answer that does not fit the contract counts as `unexpected`. */
export function createRelayClient(
  relayUrl: string,
  isAddressRefused: IsAddressRefused = () => Promise.resolve(false),
): Relay {
  async function send(sending: Sending): Promise<unknown> {
    const response = await request(relayUrl, sending, isAddressRefused);
    const body = response.status === NO_CONTENT ? undefined : await readJson(response);
    if (!response.ok) throw new PhoneError(refusalName(response.status, body));
    return body;
  }

  async function ask<Answer>(schema: AnswerSchema<Answer>, sending: Sending): Promise<Answer> {
    const answer = schema.safeParse(await send(sending));
    if (!answer.success) throw new PhoneError('unexpected', { cause: answer.error });
    return answer.data;
  }

  return {
    openSession: (orgToken) => ask(sessionResponseSchema, { path: 'v1/sessions', body: { orgToken } }),
    requestPermit: (relayToken, body) => ask(permitResponseSchema, { path: 'v1/calls', body, relayToken }),
    requestTransfer: (relayToken, callId, body) =>
      ask(permitResponseSchema, { path: `v1/calls/${callId}/transfers`, body, relayToken }),
    requestRejoin: (relayToken, callId) =>
      ask(permitResponseSchema, { path: `v1/calls/${callId}/rejoin`, body: {}, relayToken }),
    sendEvents: (relayToken, callId, body) =>
      ask(acknowledgementSchema, { path: `v1/calls/${callId}/events`, body, relayToken }),
    sendOutcome: (relayToken, callId, body) =>
      ask(acknowledgementSchema, { path: `v1/calls/${callId}/outcome`, body, relayToken }),
    findCaller: (relayToken, body) => ask(callerResponseSchema, { path: 'v1/callers', body, relayToken }),
    chooseRecord: (relayToken, callId, body) =>
      ask(recordChoiceResponseSchema, { path: `v1/calls/${callId}/record`, body, relayToken }),
    readRecent: (relayToken) => ask(recentCallsResponseSchema, { path: 'v1/calls/recent', relayToken }),
    async markMissedSeen(relayToken) {
      await send({ path: 'v1/calls/missed/seen', body: {}, relayToken });
    },
    findVoicemail: (relayToken, callId) =>
      ask(voicemailResponseSchema, { path: `v1/calls/${callId}/voicemail`, relayToken }),
  };
}

async function request(
  relayUrl: string,
  { path, body, relayToken }: Sending,
  isAddressRefused: IsAddressRefused,
): Promise<Response> {
  const url = addressOf(relayUrl, path);
  try {
    return await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(relayToken === undefined ? {} : { Authorization: `Bearer ${relayToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  } catch (error) {
    const isRefused = await isAddressRefused(url);
    throw new PhoneError(isRefused ? 'addressNotTrusted' : 'relayUnreachable', { cause: error });
  }
}

function addressOf(relayUrl: string, path: string): string {
  try {
    return new URL(path, relayUrl.endsWith('/') ? relayUrl : `${relayUrl}/`).href;
  } catch (error) {
    throw new PhoneError('phoneNotSetUp', { cause: error });
  }
}

/** The body, or undefined where it is no JSON: a proxy's error page, or a connection cut short. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (response.ok) throw new PhoneError('relayUnreachable', { cause: error });
    return undefined;
  }
}

function refusalName(status: number, body: unknown): ErrorName {
  const parsed = errorBodySchema.safeParse(body);
  if (parsed.success && isErrorName(parsed.data.error.name)) return parsed.data.error.name;
  if (status === 429) return 'tooManyRequests';
  return status === 502 || status === 503 || status === 504 ? 'relayUnreachable' : 'unexpected';
}
