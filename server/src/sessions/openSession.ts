import type { SessionResponse } from '@scoreline/contract/wire';
import type { Organization, RelayTokenKey } from '../config.ts';
import type { Connection } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { verifyOrgToken, type OrgClaim } from './orgToken.ts';
import { SESSION_SECONDS, signRelayToken } from './relayToken.ts';
import { sipCredentials } from './sipCredentials.ts';

/** Whether the relay's copy of the org lists this user as active; null when it has no copy of the user. */
type IsUserActive = (orgId: string, userId: string) => Promise<boolean | null>;

export interface SessionOptions {
  readonly database: Connection;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly relayUrl: string;
  readonly relayTokenKeys: readonly [RelayTokenKey, ...RelayTokenKey[]];
  readonly isUserActive: IsUserActive;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A nonce is remembered for longer than any clock difference lets its token be accepted. */
const NONCE_MARGIN_SECONDS = 120;

/**
 * Exchanges a token signed by the org for a relay token and SIP credentials of ten minutes.
 *
 * @param checkOrigin throws when the page that asks is not one of this org's
 */
export async function openSession(
  orgToken: string,
  options: SessionOptions,
  checkOrigin: (organization: Organization) => void,
): Promise<SessionResponse> {
  const claim = await verifyOrgToken(orgToken, options.organizations, options.relayUrl, options.now());
  const { organization, userId } = claim;
  const { orgId } = organization;
  checkOrigin(organization);
  await useNonce(options.database, claim);
  if ((await options.isUserActive(orgId, userId)) === false) throw new Refusal('userInactive');
  const nowEpochSeconds = Math.floor(options.now() / 1_000);
  const expiresAtEpochSeconds = nowEpochSeconds + SESSION_SECONDS;
  return {
    relayToken: await signRelayToken({ orgId, userId }, expiresAtEpochSeconds, options.relayTokenKeys),
    expiresAtEpochSeconds,
    orgId,
    userId,
    sip: sipCredentials(organization, userId, expiresAtEpochSeconds, nowEpochSeconds),
  };
}

async function useNonce(database: Connection, claim: OrgClaim): Promise<void> {
  const inserted = await database.query(
    `insert into session_nonce (org_id, nonce, expires_at) values ($1, $2, to_timestamp($3))
     on conflict (org_id, nonce) do nothing returning nonce`,
    [claim.organization.orgId, claim.nonce, claim.expiresAtEpochSeconds + NONCE_MARGIN_SECONDS],
  );
  if (inserted.length === 0) throw new Refusal('tokenReplayed');
}

/** Deletes nonces whose tokens have expired. */
export async function forgetExpiredNonces(database: Connection): Promise<void> {
  await database.query('delete from session_nonce where expires_at < now()');
}
