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
  nowEpochSeconds: number,
): SessionResponse['sip'] {
  const username = sipCredentialUsername(expiresAtEpochSeconds, userId, orgId);
  return {
    addressOfRecord: `sip:${userId}@${sip.domain}`,
    domain: sip.domain,
    webSocketUrl: sip.webSocketUrl,
    authorizationUsername: username,
    authorizationPassword: createHmac('sha1', sip.credentialSecret).update(username).digest('base64'),
    iceServers: [...sip.iceServers, ...turnServers(sip.turn, userId, nowEpochSeconds)],
  };
}

/** As long as a long call lasts: when its network changes, it needs the media relay once more. */
const TURN_SECONDS = 14_400;

/** The same form again, with the secret that a media relay shares (coturn: `use-auth-secret`). */
function turnServers(
  turn: Organization['sip']['turn'],
  userId: string,
  nowEpochSeconds: number,
): SessionResponse['sip']['iceServers'] {
  if (turn === undefined) return [];
  const username = `${nowEpochSeconds + TURN_SECONDS}:${userId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [{ urls: turn.urls, username, credential }];
}
