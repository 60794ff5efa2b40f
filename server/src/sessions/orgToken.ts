import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import type { Organization } from '../config.ts';
import { Refusal } from '../refusal.ts';

/** Who an org says its user is, and the nonce that makes the saying single. */
export interface OrgClaim {
  readonly organization: Organization;
  readonly userId: string;
  readonly nonce: string;
  readonly expiresAtEpochSeconds: number;
}

/** An org token lives five minutes at most; two clocks may differ by half a minute. */
const MAXIMUM_LIFETIME_SECONDS = 300;
const CLOCK_TOLERANCE_SECONDS = 30;

const claimsSchema = z.object({
  sub: recordIdSchema,
  nonce: z.string().check(z.minLength(8), z.maxLength(200), z.regex(/^[\x21-\x7e]+$/u)),
  exp: z.int(),
});

/**
 * Verifies the token an org signed for its user. Throws a {@link Refusal}: `tokenInvalid`, `tokenAlgorithm`,
 * `organizationUnknown`, `tokenAudience` or `tokenExpired`.
 */
export async function verifyOrgToken(
  token: string,
  organizations: ReadonlyMap<string, Organization>,
  relayUrl: string,
  nowMs: number,
): Promise<OrgClaim> {
  const organization = issuerOf(token, organizations);
  for (const publicKey of organization.sessionPublicKeys) {
    try {
      const { payload } = await jwtVerify(token, createPublicKey(publicKey), {
        algorithms: ['RS256'],
        issuer: organization.orgId,
        audience: relayUrl,
        requiredClaims: ['exp', 'sub', 'nonce'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      });
      return claimOf(payload, organization, nowMs);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw refusalOf(error);
    }
  }
  throw new Refusal('tokenInvalid');
}

/** Reads, before any signature is checked, only what chooses the key. */
function issuerOf(token: string, organizations: ReadonlyMap<string, Organization>): Organization {
  let algorithm: string | undefined;
  let issuer: string | undefined;
  try {
    algorithm = decodeProtectedHeader(token).alg;
    if (algorithm === 'RS256') issuer = decodeJwt(token).iss;
  } catch {
    throw new Refusal('tokenInvalid');
  }
  if (algorithm !== 'RS256') throw new Refusal('tokenAlgorithm');
  const organization = issuer === undefined ? undefined : organizations.get(issuer);
  if (organization === undefined) throw new Refusal('organizationUnknown');
  return organization;
}

function claimOf(payload: unknown, organization: Organization, nowMs: number): OrgClaim {
  const parsed = z.safeParse(claimsSchema, payload);
  if (!parsed.success) throw new Refusal('tokenInvalid');
  const { sub, nonce, exp } = parsed.data;
  if (exp - nowMs / 1_000 > MAXIMUM_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS)
    throw new Refusal('tokenInvalid');
  return { organization, userId: sub, nonce, expiresAtEpochSeconds: exp };
}

/** What jose found wrong, as a row of the error table; anything that is not about the token is thrown on. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Refusal('tokenExpired');
  if (error instanceof errors.JOSEAlgNotAllowed) return new Refusal('tokenAlgorithm');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new Refusal('tokenAudience');
  return error instanceof errors.JOSEError ? new Refusal('tokenInvalid') : error;
}
