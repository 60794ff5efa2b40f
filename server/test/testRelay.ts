import { createHmac, randomUUID, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ErrorBody, Witness } from '@scoreline/contract';
import { switchSignatureText, SWITCH_SIGNATURE_HEADER } from '@scoreline/contract';
import type { SwitchEventsRequest } from '@scoreline/contract/wire';
import { importPKCS8, SignJWT, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { CALL_CHANGED_QUEUE, type Ledger } from '../src/calls/index.ts';
import type { Configuration } from '../src/config.ts';
import { migrate, openDatabase, openQueue } from '../src/database/index.ts';
import type { DialingRules } from '../src/dialing/index.ts';
import { createApp } from '../src/http/createApp.ts';
import { RELAY_URL, type TestOrganization } from './testOrganizations.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface TestRelay {
  readonly url: string;
  readonly ledger: Ledger;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

/** What the rules say in a test; changed by assigning. */
export interface TestRules {
  countries: readonly string[] | null;
  doNotCall: Set<string>;
  inactiveUsers: Set<string>;
}

export function makeRules(): TestRules {
  return { countries: ['US', 'GB', 'DE'], doNotCall: new Set(), inactiveUsers: new Set() };
}

/** The relay's web role over real HTTP and a real database; the clock can be set. */
export async function startTestRelay(
  configuration: Configuration,
  rules: TestRules,
  options: { requestsPerMinute?: number; now?: () => number; logLines?: string[] } = {},
): Promise<TestRelay> {
  const database = await openDatabase(configuration.databaseUrl, { maximumConnections: 8 });
  await migrate(database);
  const queue = await openQueue(configuration.databaseUrl, {
    queueNames: [CALL_CHANGED_QUEUE],
    onError: () => undefined,
  });
  const ledger: Ledger = {
    database,
    queue,
    personalDataKey: configuration.personalDataKey,
    networkReports: (orgId) => (configuration.organizations.get(orgId)?.switchKeys.length ?? 0) > 0,
  };
  const { logLines } = options;
  const app = createApp({
    configuration,
    ledger,
    rules: dialingRulesOf(rules),
    logger: pino(
      { level: logLines === undefined ? 'silent' : 'debug' },
      { write: (line) => logLines?.push(line) },
    ),
    now: options.now ?? Date.now,
    isReady: async () => (await database.query('select 1')).length === 1 && queue.isReady(),
    serveCalls: true,
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
  });
  const server = createServer(app).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    url,
    ledger,
    async get(path, headers = {}) {
      const response = await fetch(`${url}${path}`, { headers });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    post: (path, body, headers = {}) => post(`${url}${path}`, body, headers),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await queue.stop();
      await database.close();
    },
  };
}

function dialingRulesOf(rules: TestRules): DialingRules {
  return {
    allowedCountries: async () => rules.countries,
    isDoNotCall: async (_orgId, numberHash) => rules.doNotCall.has(numberHash),
    isUserActive: async (_orgId, userId) => (rules.inactiveUsers.has(userId) ? false : null),
  };
}

/** Posts an object as JSON, or a text as it is. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export function errorOf(answer: Answer): ErrorBody['error'] {
  return (answer.body as ErrorBody).error;
}

/** A token as the org's Apex signs it, with any claim replaced. */
export async function orgToken(
  organization: TestOrganization,
  userId: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const key = await importPKCS8(organization.signingKey, 'RS256');
  return new SignJWT(orgClaims(organization, userId, changes)).setProtectedHeader({ alg: 'RS256' }).sign(key);
}

export function unsignedOrgToken(organization: TestOrganization, userId: string): string {
  return new UnsecuredJWT(orgClaims(organization, userId, {})).encode();
}

export async function hmacOrgToken(
  organization: TestOrganization,
  userId: string,
  key: KeyObject,
): Promise<string> {
  return new SignJWT(orgClaims(organization, userId, {})).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

function orgClaims(organization: TestOrganization, userId: string, changes: Record<string, unknown>) {
  return {
    iss: organization.orgId,
    sub: userId,
    aud: RELAY_URL,
    exp: Math.floor(Date.now() / 1_000) + 180,
    nonce: randomUUID(),
    ...changes,
  };
}

/** Opens a session and gives the header that later requests carry. */
export async function signIn(
  relay: TestRelay,
  organization: TestOrganization,
  userId: string,
): Promise<Record<string, string>> {
  const answer = await relay.post('/v1/sessions', { orgToken: await orgToken(organization, userId) });
  return { authorization: `Bearer ${(answer.body as { relayToken: string }).relayToken}` };
}

/** Posts call detail as a switch does; the key signs what is really sent. */
export async function postSwitchEvents(
  relay: TestRelay,
  organization: TestOrganization,
  events: SwitchEventsRequest['events'],
  options: { witness?: Witness; key?: string; epochSeconds?: number } = {},
): Promise<Answer> {
  const body = JSON.stringify({ orgId: organization.orgId, witness: options.witness ?? 'switch', events });
  const epochSeconds = options.epochSeconds ?? Math.floor(Date.now() / 1_000);
  const key = options.key ?? organization.switchKeys[0] ?? '';
  return relay.post('/v1/switch/events', body, {
    [SWITCH_SIGNATURE_HEADER]: switchSignature(key, epochSeconds, body),
  });
}

export function switchSignature(key: string, epochSeconds: number, body: string): string {
  const mac = createHmac('sha256', key).update(switchSignatureText(epochSeconds, body)).digest('hex');
  return `t=${epochSeconds},v1=${mac}`;
}
