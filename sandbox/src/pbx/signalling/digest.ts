import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Core } from 'sip.js';
import {
  type Credential,
  credentialIsCurrent,
  credentialPassword,
  parseCredentialUsername,
} from './credentials.ts';

const NONCE_SECONDS = 60;

export interface DigestOptions {
  readonly realm: string;
  readonly orgId: string;
  readonly credentialSecret: string;
  readonly nowEpochSeconds: () => number;
}

type DigestVerdict =
  | { readonly kind: 'authenticated'; readonly credential: Credential }
  /** Ask for the digest, again or for the first time. */
  | { readonly kind: 'challenge'; readonly stale: boolean }
  /** The digest is right, but its credential has expired or was made to live too long. */
  | { readonly kind: 'expired' };

export interface DigestAuthenticator {
  /** A fresh challenge for one connection, the value of `WWW-Authenticate` or `Proxy-Authenticate`. */
  challenge(connectionId: string, stale: boolean): string;
  /** Judges the `Authorization` or `Proxy-Authorization` header of a request. */
  verify(
    message: Core.IncomingRequestMessage,
    header: string | undefined,
    connectionId: string,
  ): DigestVerdict;
}

/**
 * Digest authentication (RFC 8760's MD5 form, the one browsers' SIP libraries know) against short-lived credentials.
 *
 * A nonce is `<expiry>.<random>.<HMAC>`, so the switch stores none, and belongs to one connection: an answer that was
 * overheard is worthless on any other, which is why no nonce count is kept.
 */
export function createDigestAuthenticator(options: DigestOptions): DigestAuthenticator {
  const nonceKey = randomBytes(32);

  const nonceMac = (expiry: string, random: string, connectionId: string): string =>
    createHmac('sha256', nonceKey).update(`${expiry}.${random}.${connectionId}`).digest('base64url');

  const nonceState = (nonce: string, connectionId: string): 'fresh' | 'stale' | 'foreign' => {
    const [expiry = '', random = '', mac = ''] = nonce.split('.');
    if (!sameText(mac, nonceMac(expiry, random, connectionId))) return 'foreign';
    return Number(expiry) > options.nowEpochSeconds() ? 'fresh' : 'stale';
  };

  return {
    challenge(connectionId, stale) {
      const expiry = String(options.nowEpochSeconds() + NONCE_SECONDS);
      const random = randomBytes(9).toString('base64url');
      const nonce = `${expiry}.${random}.${nonceMac(expiry, random, connectionId)}`;
      return `Digest realm="${options.realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`;
    },

    verify(message, header, connectionId) {
      const again = { kind: 'challenge', stale: false } as const;
      const answer = header === undefined ? undefined : parseDigest(header);
      if (answer === undefined || answer.get('realm') !== options.realm) return again;
      const username = answer.get('username') ?? '';
      const credential = parseCredentialUsername(username);
      const state = nonceState(answer.get('nonce') ?? '', connectionId);
      if (credential === undefined || credential.orgId !== options.orgId || state === 'foreign') return again;
      const password = credentialPassword(options.credentialSecret, username);
      const expected = digestResponse(answer, message.method, password);
      if (expected === undefined || !sameText(answer.get('response') ?? '', expected)) return again;
      if (state === 'stale') return { kind: 'challenge', stale: true };
      if (!credentialIsCurrent(credential, options.nowEpochSeconds())) return { kind: 'expired' };
      return { kind: 'authenticated', credential };
    },
  };
}

/** RFC 7616, section 3.4.1, for `qop=auth` and MD5; undefined when the answer uses anything else. */
export function digestResponse(
  answer: ReadonlyMap<string, string>,
  method: string,
  password: string,
): string | undefined {
  const [username, realm, nonce, uri, count, clientNonce] = [
    'username',
    'realm',
    'nonce',
    'uri',
    'nc',
    'cnonce',
  ].map((name) => answer.get(name) ?? '');
  if (answer.get('qop') !== 'auth' || (answer.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5')
    return undefined;
  const first = md5(`${username}:${realm}:${password}`);
  const second = md5(`${method}:${uri}`);
  return md5(`${first}:${nonce}:${count}:${clientNonce}:auth:${second}`);
}

function parseDigest(header: string): ReadonlyMap<string, string> | undefined {
  const [, parameters] = /^Digest\s+(.*)$/isu.exec(header) ?? [];
  if (parameters === undefined) return undefined;
  const found = parameters.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/giu);
  return new Map(
    Array.from(found, ([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']),
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function sameText(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}
