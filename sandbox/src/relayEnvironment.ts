import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOOPBACK } from './loopback.ts';
import type { Postgres } from './postgres.ts';
import type { Secrets } from './secrets.ts';

/** The address that the sandbox's SIP users belong to. */
export const SIP_DOMAIN = 'calls.sandbox.test';
export const RELAY_USERNAME = 'relay@northwind-outdoor.test';
export const RELAY_CLIENT_ID = 'scoreline-relay';
/** Short, so that a change in the demo's org is seen at once; a real relay reads once a minute. */
const SYNC_INTERVAL_SECONDS = 2;

/** Writes the relay's organizations file and gives the environment it is started with. */
export async function relayEnvironment(
  dataDirectory: string,
  postgres: Postgres,
  secrets: Secrets,
  orgId: string,
  urls: { readonly url: string; readonly relayUrl: string; readonly switchUrl: string },
): Promise<Record<string, string>> {
  await postgres.createDatabase('relay');
  const organizationsFile = join(dataDirectory, 'organizations.json');
  const organization = {
    orgId,
    sessionPublicKeys: [secrets.orgCertificate.publicKey],
    allowedOrigins: [urls.url],
    salesforce: {
      loginUrl: urls.url,
      clientId: RELAY_CLIENT_ID,
      username: RELAY_USERNAME,
      privateKey: secrets.relayClient.privateKey,
      apiVersion: '66.0',
    },
    sip: {
      domain: SIP_DOMAIN,
      webSocketUrl: urls.switchUrl,
      httpUrl: urls.switchUrl.replace(/^ws/u, 'http'),
      credentialSecret: secrets.sipCredentialSecret,
      permitSecret: secrets.permitSecret,
      iceServers: [],
      callerIdE164: '+13035550100',
    },
    switchKeys: [secrets.switchKey],
  };
  await writeFile(organizationsFile, JSON.stringify([organization]), { mode: 0o600 });
  return {
    DATABASE_URL: postgres.url('relay'),
    LISTEN_ADDRESS: LOOPBACK,
    RELAY_URL: urls.relayUrl,
    ORGANIZATIONS_FILE: organizationsFile,
    RELAY_TOKEN_KEYS: `sandbox:${secrets.relayTokenKey}`,
    PERSONAL_DATA_KEY: secrets.personalDataKey,
    SYNC_INTERVAL_SECONDS: String(SYNC_INTERVAL_SECONDS),
  };
}
