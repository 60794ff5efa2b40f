import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SignJWT } from 'jose';
import jsforce from 'jsforce';
import * as z from 'zod/mini';
import { CrmError } from '../port.ts';
import { crmErrorOf } from './errorCodes.ts';

/** How the relay signs in to an org, as its integration user. */
export interface SalesforceAccess {
  readonly loginUrl: string;
  readonly clientId: string;
  readonly username: string;
  /** PKCS #8 PEM; its certificate is with the org's connected app. */
  readonly privateKey: string;
  /** E.g. `66.0`. */
  readonly apiVersion: string;
}

interface SalesforceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Below the versioned base (`/query?q=…`), or absolute on the instance (`/services/data/…`). */
  readonly path: string;
  /** An object is sent as JSON, a text as CSV. */
  readonly body?: object | string;
  /** The monotonic moment (`performance.now()`, ms) after which the request may not be sent, nor waited for. */
  readonly until?: number;
}

/** What the session sent since it was last asked, and what the org's last answer told of its daily requests. */
export interface ApiUsage {
  readonly sent: number;
  readonly limit: { readonly used: number; readonly maximum: number } | null;
}

/** One login at one org, shared by everything that speaks to it. */
export interface SalesforceSession {
  /** Where every resource lives on the instance, e.g. `/services/data/v66.0`. */
  readonly basePath: string;
  /**
   * Sends a request and parses the answer's body.
   * @throws CrmError with the org's code, or `UNREADABLE_ANSWER`, `ORG_UNREACHABLE`, `LOGIN_REFUSED`, `OVERDUE`
   */
  request<Answer>(request: SalesforceRequest, schema: z.ZodMiniType<Answer>): Promise<Answer>;
  /** What was sent since this was last asked. */
  takeUsage(): ApiUsage;
}

/** The assertion is used at once; Salesforce allows three minutes and some clock difference. */
const ASSERTION_SECONDS = 120;
/** Below the time for which a transaction that waits for the org keeps its locks. */
const REQUEST_TIMEOUT_MS = 30_000;

const tokenSchema = z.object({ access_token: z.string(), instance_url: z.url() });

/**
 * Opens a session that signs in at the first request and, once per request, when the org says that the session has
 * ended. jsforce's own refresh is not used: it goes round for ever while the org refuses each new token.
 */
export function openSession(
  access: SalesforceAccess,
  { loginTimeoutMs = REQUEST_TIMEOUT_MS }: { loginTimeoutMs?: number } = {},
): SalesforceSession {
  let login: Promise<jsforce.Connection> | undefined;
  let sent = 0;
  let limit: ApiUsage['limit'] = null;

  const sendCounted = async (connection: jsforce.Connection, request: SalesforceRequest) => {
    sent += 1;
    try {
      return await send(connection, request);
    } finally {
      const { apiUsage } = connection.limitInfo;
      if (apiUsage !== undefined) limit = { used: apiUsage.used, maximum: apiUsage.limit };
    }
  };

  const connect = (expired?: Promise<jsforce.Connection>): Promise<jsforce.Connection> => {
    if (login === undefined || login === expired) {
      const attempt = within(loginTimeoutMs, signIn(access));
      login = attempt;
      // A refused login is forgotten, so that the next request tries again.
      attempt.catch(() => {
        if (login === attempt) login = undefined;
      });
    }
    return login;
  };

  return {
    basePath: `/services/data/v${access.apiVersion}`,
    async request(request, schema) {
      const current = connect();
      const answer = await sendCounted(await current, request).catch(async (error: unknown) => {
        const crmError = crmErrorOf(error);
        if (crmError.code !== 'INVALID_SESSION_ID') throw crmError;
        return sendCounted(await connect(current), request).catch((second: unknown) => {
          throw crmErrorOf(second);
        });
      });
      const parsed = z.safeParse(schema, answer);
      if (!parsed.success) throw new CrmError('UNREADABLE_ANSWER', true);
      return parsed.data;
    },
    takeUsage() {
      const usage = { sent, limit };
      sent = 0;
      return usage;
    },
  };
}

async function send(
  connection: jsforce.Connection,
  { method, path, body, until = Infinity }: SalesforceRequest,
): Promise<unknown> {
  const timeout = Math.min(REQUEST_TIMEOUT_MS, until - performance.now());
  if (timeout <= 0) throw new CrmError('OVERDUE', true);
  // Who has a deadline also has a pace: jsforce's own retries would neither be counted nor keep an org's pause.
  const retry = until === Infinity ? {} : { retry: { methods: [] } };
  return connection.request<unknown>(
    { method, url: path, ...(body === undefined ? {} : encoded(body)) },
    { timeout, ...retry },
  );
}

function encoded(body: object | string) {
  return typeof body === 'string'
    ? { body, headers: { 'content-type': 'text/csv; charset=UTF-8' } }
    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

async function signIn(access: SalesforceAccess): Promise<jsforce.Connection> {
  const oauth2 = new jsforce.OAuth2({ loginUrl: access.loginUrl });
  const answer = await oauth2
    .requestToken({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await assertionOf(access),
    })
    .catch((error: unknown) => {
      // The token endpoint names its faults in OAuth's words (`invalid_grant`), which crmErrorOf does not know.
      const isRefusal = error instanceof Error && /^(invalid|unsupported|unauthorized)_/u.test(error.name);
      throw isRefusal ? new CrmError('LOGIN_REFUSED', true) : crmErrorOf(error);
    });
  const token = z.safeParse(tokenSchema, answer);
  if (!token.success || !isInstanceOf(token.data.instance_url, access.loginUrl))
    throw new CrmError('LOGIN_REFUSED', true);
  return new jsforce.Connection({
    instanceUrl: token.data.instance_url,
    accessToken: token.data.access_token,
    version: access.apiVersion,
  });
}

/** jsforce waits for a token as long as the other side keeps the connection: nobody else would ever sign in. */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const timeout = wait(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new CrmError('ORG_UNREACHABLE', true);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    timer.abort();
    timeout.catch(() => undefined);
  }
}

async function assertionOf(access: SalesforceAccess): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(access.clientId)
    .setSubject(access.username)
    .setAudience(access.loginUrl)
    .setExpirationTime(`${ASSERTION_SECONDS} seconds`)
    .sign(createPrivateKey(access.privateKey));
}

/** The instance gets the session's token, so it must be Salesforce's own or where the login went. */
function isInstanceOf(instanceUrl: string, loginUrl: string): boolean {
  const instance = new URL(instanceUrl);
  if (instance.origin === new URL(loginUrl).origin) return true;
  return instance.protocol === 'https:' && instance.hostname.endsWith('.salesforce.com');
}
