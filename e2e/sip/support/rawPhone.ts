import { createHmac, randomUUID } from 'node:crypto';
import { sipCredentialUsername } from '@scoreline/contract';
import type { PermitResponse, SessionResponse } from '@scoreline/contract/wire';
import { newCallId, signOrgToken } from '../../support/relayClient.ts';
import { RawSip } from '../../support/rawSip.ts';
import type { SipLab } from './fixture.ts';

/** A rep's rights without a phone: to try what a phone would never do. */
export interface RawPhone {
  readonly sip: SessionResponse['sip'];
  permit(number: string, callId?: string): Promise<PermitResponse>;
  /** A WebSocket to the switch, from the page's origin or another. */
  connect(sip?: SessionResponse['sip'], origin?: string): Promise<RawSip>;
}

export async function signInRaw(lab: SipLab, rep = 1): Promise<RawPhone> {
  const user = lab.chain.people.reps[rep];
  if (user === undefined) throw new Error(`The sample company has no rep ${rep}`);
  const orgToken = await signOrgToken(lab.chain, lab.chain.orgId, user, { nonce: randomUUID() });
  const session = await ask<SessionResponse>(lab, '/v1/sessions', { orgToken });
  return {
    sip: session.sip,
    permit: async (number, callId = newCallId()) =>
      await ask<PermitResponse>(
        lab,
        '/v1/calls',
        { callId, number },
        { Authorization: `Bearer ${session.relayToken}` },
      ),
    connect: async (sip = session.sip, origin = lab.pageUrl) => await RawSip.connect(sip, origin),
  };
}

/** Credentials as the relay makes them, with an end of the test's choosing. */
export function credentialsUntil(
  lab: SipLab,
  sip: SessionResponse['sip'],
  expiresAtEpochSeconds: number,
): SessionResponse['sip'] {
  const userId = /^sip:([^@]+)@/u.exec(sip.addressOfRecord)?.[1] ?? '';
  const authorizationUsername = sipCredentialUsername(expiresAtEpochSeconds, userId, lab.chain.orgId);
  return {
    ...sip,
    authorizationUsername,
    authorizationPassword: createHmac('sha1', lab.chain.secrets.sipCredentialSecret)
      .update(authorizationUsername)
      .digest('base64'),
  };
}

async function ask<Body>(
  lab: SipLab,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Body> {
  const response = await fetch(`${lab.chain.relayUrl}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '10.1.2.3', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}
