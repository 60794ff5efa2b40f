import { createPublicKey } from 'node:crypto';

import express from 'express';
import { decodeJwt, jwtVerify } from 'jose';
import { z } from 'zod';

import type { Sessions } from './sessions.ts';

/** An application that may sign in as one user with assertions that it signs itself. */
export interface ConnectedApp {
  readonly clientId: string;
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly username: string;
}

export interface OAuthOptions {
  readonly orgId: string;
  readonly instanceUrl: string;
  readonly connectedApps: readonly ConnectedApp[];
  readonly sessions: Sessions;
  /** The id of an active user, or null. */
  readonly findUserId: (username: string) => Promise<string | null>;
  readonly readUser: (userId: string) => Promise<Readonly<Record<string, string | null>> | null>;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** Three minutes as documented, and some for clocks that differ. */
const MAXIMUM_ASSERTION_SECONDS = 180 + 30;

const tokenRequest = z.object({ grant_type: z.string(), assertion: z.string().optional() });

/** What the token endpoint refuses with. */
class OAuthError extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** The OAuth resources: tokens for signed assertions, revocation, and who a token belongs to. */
export function oauthRouter(options: OAuthOptions): express.Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '100kb' }));
  router.post('/services/oauth2/token', async (request, response) => {
    try {
      const { userId, token } = await signIn(options, request.body);
      response.json({
        access_token: token,
        scope: 'api',
        instance_url: options.instanceUrl,
        id: identityUrl(options, userId),
        token_type: 'Bearer',
      });
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      response.status(400).json({ error: error.code, error_description: error.message });
    }
  });
  router.post('/services/oauth2/revoke', (request, response) => {
    const { token } = z.object({ token: z.string().default('') }).parse(request.body ?? {});
    options.sessions.revoke(token);
    response.status(200).end();
  });
  router.get(['/services/oauth2/userinfo', '/id/:orgId/:userId'], async (request, response) => {
    const bearer = bearerToken(request.headers.authorization) ?? request.query['oauth_token'];
    const userId = typeof bearer === 'string' ? options.sessions.userOf(bearer) : null;
    const user = userId === null ? null : await options.readUser(userId);
    if (userId === null || !user) {
      response.status(403).type('text/plain').send('Bad_OAuth_Token');
      return;
    }
    response.json(identity(options, userId, user));
  });
  return router;
}

/** The token of an Authorization header, or null. */
export function bearerToken(header: string | undefined): string | null {
  return /^(?:Bearer|OAuth) (\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

async function signIn(options: OAuthOptions, body: unknown): Promise<{ userId: string; token: string }> {
  const parsed = tokenRequest.safeParse(body);
  if (!parsed.success || parsed.data.grant_type !== JWT_BEARER) {
    throw new OAuthError('unsupported_grant_type', 'grant type not supported');
  }
  const assertion = parsed.data.assertion ?? '';
  const claims = readClaims(assertion);
  const apps = options.connectedApps.filter((app) => app.clientId === claims.iss);
  const [app] = apps;
  if (!app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
  await verify(options, app, assertion);
  if ((claims.exp ?? 0) > Date.now() / 1_000 + MAXIMUM_ASSERTION_SECONDS) {
    throw new OAuthError('invalid_grant', 'expired authorization code');
  }
  const username = apps.find((candidate) => candidate.username === claims.sub)?.username;
  const userId = username === undefined ? null : await options.findUserId(username);
  if (userId === null) throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  return { userId, token: options.sessions.open(userId) };
}

function readClaims(assertion: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

async function verify(options: OAuthOptions, app: ConnectedApp, assertion: string): Promise<void> {
  try {
    await jwtVerify(assertion, createPublicKey(app.publicKey), {
      algorithms: ['RS256'],
      audience: [
        options.instanceUrl,
        `${options.instanceUrl}/services/oauth2/token`,
        'https://login.salesforce.com',
        'https://test.salesforce.com',
      ],
      requiredClaims: ['exp', 'sub'],
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const claim = error instanceof Error && 'claim' in error ? error.claim : null;
    if (code === 'ERR_JWT_EXPIRED') throw new OAuthError('invalid_grant', 'expired authorization code');
    if (claim === 'aud') throw new OAuthError('invalid_grant', 'audience is invalid');
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

function identityUrl(options: OAuthOptions, userId: string): string {
  return `${options.instanceUrl}/id/${options.orgId}/${userId}`;
}

function identity(
  options: OAuthOptions,
  userId: string,
  user: Readonly<Record<string, string | null>>,
): object {
  return {
    id: identityUrl(options, userId),
    sub: identityUrl(options, userId),
    user_id: userId,
    organization_id: options.orgId,
    username: user['Username'],
    preferred_username: user['Username'],
    name: user['Name'],
    display_name: user['Name'],
    email: user['Email'],
    zoneinfo: user['TimeZoneSidKey'],
    active: true,
    urls: { rest: `${options.instanceUrl}/services/data/v{version}/` },
  };
}
