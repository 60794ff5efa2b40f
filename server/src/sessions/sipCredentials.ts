import { createHmac } from 'node:crypto';
import { sipCredentialUsername } from '@scoreline/contract';
import type { SessionResponse } from '@scoreline/contract/wire';
import type { Organization } from '../config.ts';

/**
 * Credentials that the switch can check without asking the relay, as TURN servers do (draft-uberti-behave-turn-rest):
 * the name carries its expiry, and the password is the name's HMAC-SHA1 in base64.
 */
export function sipCredentials(
  { orgId, sip }: Organization,
  userId: string,
  expiresAtEpochSeconds: number,
): SessionResponse['sip'] {
  const username = sipCredentialUsername(expiresAtEpochSeconds, userId, orgId);
  return {
    addressOfRecord: `sip:${userId}@${sip.domain}`,
    domain: sip.domain,
    webSocketUrl: sip.webSocketUrl,
    authorizationUsername: username,
    authorizationPassword: createHmac('sha1', sip.credentialSecret).update(username).digest('base64'),
    iceServers: sip.iceServers,
  };
}
