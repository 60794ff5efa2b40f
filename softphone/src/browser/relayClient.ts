import type { ErrorName } from '@scoreline/contract';
import {
  acknowledgementSchema,
  errorBodySchema,
  permitResponseSchema,
  sessionResponseSchema,
} from '@scoreline/contract/wire';
import { isErrorName, PhoneError } from '../domain/phoneError.ts';
import type { Relay } from '../ports/relay.ts';

/** Longer than the relay ever takes, shorter than a rep waits. */
const ANSWER_TIMEOUT_MS = 10_000;

interface AnswerSchema<Answer> {
  safeParse(body: unknown): { success: true; data: Answer } | { success: false; error: Error };
}

interface Sending {
  readonly path: string;
  readonly body: unknown;
  readonly relayToken?: string;
}

/** The relay over HTTP. An answer that does not fit the contract counts as `unexpected`. */
export function createRelayClient(relayUrl: string): Relay {
  async function post<Answer>(schema: AnswerSchema<Answer>, sending: Sending): Promise<Answer> {
    const response = await request(relayUrl, sending);
    const body = await readJson(response);
    if (!response.ok) throw new PhoneError(refusalName(response.status, body));
    const answer = schema.safeParse(body);
    if (!answer.success) throw new PhoneError('unexpected', { cause: answer.error });
    return answer.data;
  }

  return {
    openSession: (orgToken) => post(sessionResponseSchema, { path: 'v1/sessions', body: { orgToken } }),
    requestPermit: (relayToken, permitRequest) =>
      post(permitResponseSchema, { path: 'v1/calls', body: permitRequest, relayToken }),
    sendEvents: (relayToken, callId, events) =>
      post(acknowledgementSchema, { path: `v1/calls/${callId}/events`, body: { events }, relayToken }),
    sendOutcome: (relayToken, callId, outcome) =>
      post(acknowledgementSchema, { path: `v1/calls/${callId}/outcome`, body: outcome, relayToken }),
  };
}

async function request(relayUrl: string, { path, body, relayToken }: Sending): Promise<Response> {
  const url = addressOf(relayUrl, path);
  try {
    return await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(relayToken === undefined ? {} : { Authorization: `Bearer ${relayToken}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  } catch (error) {
    throw new PhoneError('relayUnreachable', { cause: error });
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
