import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import express from 'express';
import { SignJWT } from 'jose';
import jsforce from 'jsforce';
import pg from 'pg';

import { createOrg } from '../../src/org/index.ts';
import type { LocalOrg, OrgOptions } from '../../src/org/index.ts';
import { startTestServer } from '../testServer.ts';

export const RELAY_USERNAME = 'relay@northwind-outdoor.test';
export const CLIENT_ID = 'scoreline-relay';
export const RELAY_URL = 'https://relay.example.com';
export const FIXTURE_METADATA = join(import.meta.dirname, 'metadata');
export const PRODUCT_METADATA = join(import.meta.dirname, '../../../force-app');

/** The people of the tests: two reps under one manager, and the relay above them all. */
export interface TestPeople {
  readonly manager: string;
  readonly rep: string;
  readonly otherRep: string;
  readonly relay: string;
}

export interface OrgUnderTest {
  readonly org: LocalOrg;
  readonly url: string;
  readonly people: TestPeople;
  readonly relayKey: string;
  readonly signingPublicKey: string;
  readonly errors: unknown[];
  /** What the org is served by, for what a test serves beside it. */
  readonly application: express.Express;
  /** The org's own database, for what a test does behind the org's back. */
  readonly pool: pg.Pool;
  /** The SQL of every statement that the org has sent to its database. */
  readonly statements: string[];
  /** Signs in as a user and answers an unmodified jsforce connection. */
  connectionOf(userId: string): Promise<jsforce.Connection>;
  tokenOf(userId: string): Promise<string>;
  /** A plain request as a user: status and parsed body. */
  request(
    userId: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Opens the org a second time on the same data, as a restart does. */
  restart(
    metadataDirectories: readonly string[],
    features?: { readonly hasForecasting: boolean },
  ): Promise<LocalOrg>;
  stop(): Promise<void>;
}

export function keyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** An assertion as a connected app signs it. */
export async function assertionOf(
  privateKey: string,
  claims: { audience: string; subject?: string; issuer?: string; expiresInSeconds?: number },
): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(claims.issuer ?? CLIENT_ID)
    .setSubject(claims.subject ?? RELAY_USERNAME)
    .setAudience(claims.audience)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + (claims.expiresInSeconds ?? 120))
    .sign(createPrivateKey(privateKey));
}

/** Starts a database and an org on it, with its people, behind a real HTTP server. */
export async function startOrgUnderTest(
  metadataDirectories: readonly string[],
  more: Partial<OrgOptions> = {},
): Promise<OrgUnderTest> {
  const testServer = await startTestServer();
  const pool = new pg.Pool({ connectionString: await testServer.createDatabase('org') });
  // The server may say goodbye to a connection that the pool has already let go of.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  const statements: string[] = [];
  pool.on('connect', (client) => recordStatements(client, statements));
  const application = express();
  const server = createServer(application);
  // Client and server are one process: while it computes for seconds, as a property's values are made, neither would
  // notice that an idle connection's five seconds are over before the next request is sent on it.
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relayClient = keyPair();
  const certificate = keyPair();
  const errors: unknown[] = [];
  const open: OrgUnderTest['restart'] = (directories, features) =>
    createOrg({
      ...features,
      pool,
      metadataDirectories: directories,
      instanceUrl: url,
      relayUrl: RELAY_URL,
      signingKey: certificate.privateKey,
      connectedApps: [{ clientId: CLIENT_ID, publicKey: relayClient.publicKey, username: RELAY_USERNAME }],
      onError: (error) => errors.push(error),
      ...more,
    });
  const org = await open(metadataDirectories);
  application.use(org.router);
  const people = await insertPeople(org);

  const tokenOf = async (userId: string): Promise<string> => {
    const answer = await fetch(`${url}/sandbox/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId }),
    });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  };
  return {
    org,
    url,
    people,
    relayKey: relayClient.privateKey,
    signingPublicKey: certificate.publicKey,
    errors,
    application,
    pool,
    statements,
    tokenOf,
    async connectionOf(userId) {
      const accessToken = await tokenOf(userId);
      return new jsforce.Connection({ instanceUrl: url, accessToken, version: '66.0' });
    },
    async request(userId, method, path, body) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${await tokenOf(userId)}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const parsed: unknown = text === '' ? null : JSON.parse(text);
      return { status: answer.status, body: parsed, headers: answer.headers };
    },
    restart: open,
    async stop() {
      await org.close();
      await closeServer(server);
      await pool.end();
      await testServer.stop();
    },
  };
}

/** Notes every statement on its way to the database, and passes it on as it is. */
function recordStatements(client: pg.PoolClient, statements: string[]): void {
  const send = client.query.bind(client) as (...values: unknown[]) => unknown;
  client.query = ((...values: unknown[]) => {
    const [statement] = values;
    const isConfiguration = typeof statement === 'object' && statement !== null && 'text' in statement;
    statements.push(String(isConfiguration ? statement.text : statement));
    return send(...values);
  }) as typeof client.query;
}

async function insertPeople(org: LocalOrg): Promise<TestPeople> {
  const [topRole = ''] = await org.insert('UserRole', [{ Name: 'Operations' }]);
  const [managerRole = ''] = await org.insert('UserRole', [{ Name: 'Sales Manager', ParentRoleId: topRole }]);
  const [repRole = ''] = await org.insert('UserRole', [{ Name: 'Rep', ParentRoleId: managerRole }]);
  const person = (FirstName: string, LastName: string, UserRoleId: string) => ({
    FirstName,
    LastName,
    Username: `${LastName}@northwind-outdoor.test`.toLowerCase(),
    Title: 'Account Executive',
    TimeZoneSidKey: 'America/Denver',
    UserRoleId,
  });
  const [manager = '', rep = '', otherRep = '', relay = ''] = await org.insert('User', [
    person('Ingrid', 'Bauer', managerRole),
    person('Maya', 'Lindqvist', repRole),
    person('Tomas', 'Okafor', repRole),
    { ...person('', 'Relay', topRole), Username: RELAY_USERNAME },
  ]);
  await org.assignPermissionSet(rep, 'Scoreline_Rep');
  await org.assignPermissionSet(otherRep, 'Scoreline_Rep');
  await org.assignPermissionSet(manager, 'Scoreline_Manager');
  await org.assignPermissionSet(relay, 'Scoreline_Relay');
  return { manager, rep, otherRep, relay };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
