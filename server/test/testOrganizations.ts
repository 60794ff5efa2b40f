import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Configuration, Organization } from '../src/config.ts';

const keyPairOf = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const ORG_ID = '00D000000000001AAA';
export const OTHER_ORG_ID = '00D000000000002AAA';
/** An org without a switch that reports. */
export const QUIET_ORG_ID = '00D000000000003AAA';
export const REP_ID = '005000000000001AAA';
export const OTHER_REP_ID = '005000000000002AAA';
export const RELAY_URL = 'https://relay.example.com';
export const ORIGIN = 'https://northwind.lightning.force.com';
export const OTHER_ORIGIN = 'https://fabrikam.lightning.force.com';

export interface TestOrganization extends Organization {
  /** What the org signs its users' tokens with. */
  readonly signingKey: string;
}

export function makeOrganization(orgId: string, origin: string, switchKeys: string[]): TestOrganization {
  const session = keyPairOf();
  return {
    orgId,
    signingKey: session.privateKey,
    sessionPublicKeys: [keyPairOf().publicKey, session.publicKey],
    allowedOrigins: [origin],
    salesforce: {
      loginUrl: 'https://login.example.com',
      clientId: 'client',
      username: 'relay@example.com',
      privateKey: session.privateKey,
      apiVersion: '66.0',
    },
    sip: {
      domain: `${orgId.toLowerCase()}.sip.example.com`,
      webSocketUrl: 'wss://switch.example.com',
      credentialSecret: randomBytes(24).toString('base64'),
      permitSecret: randomBytes(24).toString('base64'),
      iceServers: [{ urls: ['stun:stun.example.com'] }],
      callerIdE164: '+13035550100',
    },
    switchKeys,
  };
}

export function makeConfiguration(
  databaseUrl: string,
  organizations: readonly TestOrganization[],
): Configuration {
  return {
    databaseUrl,
    port: 0,
    relayUrl: RELAY_URL,
    organizations: new Map(organizations.map((organization) => [organization.orgId, organization])),
    relayTokenKeys: [
      { keyId: 'new', secret: randomBytes(32) },
      { keyId: 'old', secret: randomBytes(32) },
    ],
    personalDataKey: randomBytes(32),
    syncIntervalSeconds: 60,
    logLevel: 'silent',
    listenAddress: '127.0.0.1',
    trustedProxies: 0,
  };
}
