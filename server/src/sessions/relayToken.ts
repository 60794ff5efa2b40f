import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { RelayTokenKey } from '../config.ts';
import { Refusal } from '../refusal.ts';
import { refusalOf } from './orgToken.ts';

/** Who a request speaks for. */
export interface Caller {
  readonly orgId: string;
  readonly userId: string;
}

const AUDIENCE = 'scoreline-relay';
/** How long a session lasts. */
export const SESSION_SECONDS = 600;
/** Two relays' clocks may differ by half a minute. */
const CLOCK_TOLERANCE_SECONDS = 30;

const claimsSchema = z.object({ sub: recordIdSchema, org: recordIdSchema, exp: z.int() });

/** Signs the token that a phone shows with every request, with the first key. */
export async function signRelayToken(
  caller: Caller,
  expiresAtEpochSeconds: number,
  keys: readonly [RelayTokenKey, ...RelayTokenKey[]],
): Promise<string> {
  const [key] = keys;
  return new SignJWT({ org: caller.orgId })
    .setProtectedHeader({ alg: 'HS256', kid: key.keyId })
    .setSubject(caller.userId)
    .setAudience(AUDIENCE)
    .setExpirationTime(expiresAtEpochSeconds)
    .sign(key.secret);
}

/** Throws a {@link Refusal}: `tokenInvalid`, `tokenAlgorithm`, `tokenAudience` or `tokenExpired`. */
export async function verifyRelayToken(
  token: string,
  keys: readonly RelayTokenKey[],
  nowMs: number,
): Promise<Caller> {
  const key = keyOf(token, keys);
  try {
    const { payload } = await jwtVerify(token, key.secret, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub', 'org'],
      currentDate: new Date(nowMs),
    });
    const parsed = z.safeParse(claimsSchema, payload);
    if (!parsed.success) throw new Refusal('tokenInvalid');
    // It lasts longer than any that was signed: this clock is behind, and would take the token after its end.
    if (parsed.data.exp - nowMs / 1_000 > SESSION_SECONDS + CLOCK_TOLERANCE_SECONDS)
      throw new Refusal('tokenInvalid');
    return { orgId: parsed.data.org, userId: parsed.data.sub };
  } catch (error) {
    throw refusalOf(error);
  }
}

function keyOf(token: string, keys: readonly RelayTokenKey[]): RelayTokenKey {
  let header: { alg?: unknown; kid?: unknown };
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw new Refusal('tokenInvalid');
  }
  if (header.alg !== 'HS256') throw new Refusal('tokenAlgorithm');
  const key = keys.find(({ keyId }) => keyId === header.kid);
  if (key === undefined) throw new Refusal('tokenInvalid');
  return key;
}
