import createToken from '@salesforce/apex/RelaySession.createToken';
import readSettings from '@salesforce/apex/ScorelineSettings.read';
import { ERRORS } from 'c/callContract';
import type { ErrorName } from 'c/callContract';

/** What the relay refused, or why it could not be asked. */
export class RelayRefusal extends Error {
  override readonly name = 'RelayRefusal';
  readonly errorName: ErrorName;

  constructor(errorName: ErrorName) {
    super(ERRORS[errorName].message);
    this.errorName = errorName;
  }
}

interface Session {
  readonly relayUrl: string;
  readonly relayToken: string;
  readonly renewAtMs: number;
}

/** Longer than the relay ever takes. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Of the time that a session has. */
const RENEWAL_SHARE = 0.7;

// Module state on purpose: the parts of a page that ask the relay share one session, which names their user.
let opening: Promise<Session> | undefined;

/**
 * Asks the relay as the signed-in user: reads with GET without a body, else posts it. Rejects with {@link RelayRefusal}.
 */
export async function askRelay<Answer>(path: string, body?: object): Promise<Answer> {
  const session = await currentSession();
  try {
    return await request<Answer>(session, path, body);
  } catch (failure) {
    if (!(failure instanceof RelayRefusal) || failure.errorName !== 'tokenExpired') throw failure;
    opening = undefined;
    return request<Answer>(await currentSession(), path, body);
  }
}

async function currentSession(): Promise<Session> {
  const known = await (opening ??= openSession());
  if (Date.now() < known.renewAtMs) return known;
  opening = openSession();
  return opening;
}

async function openSession(): Promise<Session> {
  try {
    const [orgToken, { relayUrl }] = await Promise.all([createToken(), readSettings()]);
    if (relayUrl === undefined || relayUrl === '') throw new RelayRefusal('phoneNotSetUp');
    const { relayToken, expiresAtEpochSeconds } = await request<{
      relayToken: string;
      expiresAtEpochSeconds: number;
    }>({ relayUrl }, 'v1/sessions', { orgToken });
    const lastsMs = expiresAtEpochSeconds * 1_000 - Date.now();
    return { relayUrl, relayToken, renewAtMs: Date.now() + lastsMs * RENEWAL_SHARE };
  } catch (failure) {
    opening = undefined;
    throw failure instanceof RelayRefusal ? failure : new RelayRefusal('unexpected');
  }
}

async function request<Answer>(
  { relayUrl, relayToken }: Pick<Session, 'relayUrl'> & Partial<Session>,
  path: string,
  body: object | undefined,
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(new URL(path, relayUrl.endsWith('/') ? relayUrl : `${relayUrl}/`), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(relayToken === undefined ? {} : { Authorization: `Bearer ${relayToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  } catch {
    throw new RelayRefusal('relayUnreachable');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new RelayRefusal(refusalName(answer));
  return answer as Answer;
}

/** A name that this page does not know comes from a newer relay, or from something between. */
function refusalName(answer: unknown): ErrorName {
  const name = (answer as { error?: { name?: unknown } } | undefined)?.error?.name;
  return typeof name === 'string' && name in ERRORS ? (name as ErrorName) : 'relayUnreachable';
}
