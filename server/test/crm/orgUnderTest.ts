import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CallEvent, Witness } from '@scoreline/contract';
import express from 'express';
import jsforce from 'jsforce';
import pg from 'pg';
import { createOrg, type LocalOrg } from '../../../sandbox/src/org/index.ts';
import { startTestServer } from '../../../sandbox/test/testServer.ts';
import { CALL_CHANGED_QUEUE, openCall, recordEvents, type Ledger } from '../../src/calls/index.ts';
import { openOrganizations, type SalesforceOrganizations } from '../../src/crm/index.ts';
import type { SalesforceAccess } from '../../src/crm/salesforce/session.ts';
import { migrate, openDatabase, openQueue } from '../../src/database/index.ts';
import { newCallId } from '../callEvents.ts';
import { startFaultProxy, type FaultProxy } from './faultProxy.ts';

/** The local org behind a proxy that can fail, with the people the tests need, and the relay's own ledger. */
export interface OrgUnderTest {
  readonly org: LocalOrg;
  readonly orgId: string;
  readonly proxy: FaultProxy;
  readonly organizations: SalesforceOrganizations;
  readonly ledger: Ledger;
  /** Of the relay's own database. */
  readonly databaseUrl: string;
  /** How the relay signs in to the org, through the proxy. */
  readonly salesforce: SalesforceAccess;
  readonly repId: string;
  readonly otherRepId: string;
  readonly contactId: string;
  /** The org as the integration user sees it, past the proxy. */
  readonly connection: jsforce.Connection;
  /** Signs in as a person of the org. */
  connectionOf(userId: string): Promise<jsforce.Connection>;
  /** Changes in the org's own tables what no request can: conversion, undeletion, a time long past. */
  alterOrg(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Opens the ledger for a call of this id; again changes nothing. */
  openCall(callId: string, userId: string): Promise<void>;
  placeCall(options?: {
    recordId?: string | null;
    userId?: string;
    numberE164?: string;
    consultsFor?: string;
  }): Promise<string>;
  /** Lets the switch report a call that came in for the first rep. */
  receiveCall(events: readonly CallEvent[], numberE164?: string): Promise<string>;
  /** Takes a Task out of the org as though it had never been there. */
  eraseTask(callId: string): Promise<void>;
  report(callId: string, witness: Witness, events: readonly CallEvent[], userId?: string): Promise<void>;
  stop(): Promise<void>;
}

const RELAY_USERNAME = 'relay@northwind-outdoor.test';
const CLIENT_ID = 'scoreline-relay';
const API_VERSION = '66.0';
const ROOT = join(import.meta.dirname, '../../..');

const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export async function startOrgUnderTest(): Promise<OrgUnderTest> {
  const server = await startTestServer();
  const databaseUrl = await server.createDatabase('relay');
  const pool = new pg.Pool({ connectionString: await server.createDatabase('org') });
  // The server may end before the last connection of a closed pool has.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  const proxy = await startFaultProxy();
  const client = keyPair();
  const org = await createOrg({
    pool,
    metadataDirectories: [join(ROOT, 'force-app')],
    instanceUrl: proxy.url,
    relayUrl: 'https://relay.example.com',
    signingKey: keyPair().privateKey,
    connectedApps: [{ clientId: CLIENT_ID, publicKey: client.publicKey, username: RELAY_USERNAME }],
  });
  const httpServer = createServer(express().use(org.router));
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  proxy.forwardTo(port);
  const directUrl = `http://127.0.0.1:${port}`;

  const people = await insertPeople(org);
  const salesforce = {
    loginUrl: proxy.url,
    clientId: CLIENT_ID,
    username: RELAY_USERNAME,
    privateKey: client.privateKey,
    apiVersion: API_VERSION,
  };
  const database = await openDatabase(databaseUrl);
  await migrate(database);
  const queue = await openQueue(databaseUrl, {
    queueNames: [CALL_CHANGED_QUEUE, 'deliver-call', 'roll-up-rep'],
    onError: () => undefined,
  });
  const ledger: Ledger = { database, queue, personalDataKey: randomBytes(32), networkReports: () => true };

  const connectionOf = async (userId: string) => {
    const response = await fetch(`${directUrl}/sandbox/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId }),
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    return new jsforce.Connection({ instanceUrl: directUrl, accessToken, version: API_VERSION });
  };
  return {
    org,
    orgId: org.orgId,
    proxy,
    organizations: openOrganizations([
      { orgId: org.orgId, salesforce, sip: { callerIdE164: '+493023125000' } },
    ]),
    ledger,
    databaseUrl,
    salesforce,
    ...people,
    connection: await connectionOf(people.relayUserId),
    connectionOf,
    async alterOrg(sql, values = []) {
      await pool.query(sql, [...values]);
    },
    async eraseTask(callId) {
      await pool.query('DELETE FROM org."Task" WHERE "Call_Id__c" = $1', [callId]);
    },
    ...ledgerActions(ledger, org.orgId, people),
    async stop() {
      await queue.stop();
      await database.close();
      httpServer.close();
      httpServer.closeAllConnections();
      await proxy.stop();
      await org.close();
      await pool.end();
      await server.stop();
    },
  };
}

async function insertPeople(org: LocalOrg) {
  const [managerRole = ''] = await org.insert('UserRole', [{ Name: 'Manager', DeveloperName: 'Manager' }]);
  const [repRole = ''] = await org.insert('UserRole', [
    { Name: 'Rep', DeveloperName: 'Rep', ParentRoleId: managerRole },
  ]);
  const person = (lastName: string, username: string, roleId: string | null) => ({
    LastName: lastName,
    Username: username,
    Email: username,
    UserRoleId: roleId,
    TimeZoneSidKey: 'America/Denver',
    IsActive: true,
  });
  const [repId = '', otherRepId = '', relayUserId = ''] = await org.insert('User', [
    person('Lindqvist', 'maya@northwind-outdoor.test', repRole),
    person('Okafor', 'tomas@northwind-outdoor.test', repRole),
    // Above the reps: only so may it amend Tasks that they own.
    person('Relay', RELAY_USERNAME, managerRole),
  ]);
  await org.assignPermissionSet(repId, 'Scoreline_Rep');
  await org.assignPermissionSet(otherRepId, 'Scoreline_Rep');
  await org.assignPermissionSet(relayUserId, 'Scoreline_Relay');
  const [accountId = ''] = await org.insert('Account', [{ Name: 'Acme', OwnerId: repId }]);
  const [contactId = ''] = await org.insert('Contact', [
    { FirstName: 'Ana', LastName: 'Ruiz', AccountId: accountId, Phone: '+1 303 555 0142', OwnerId: repId },
  ]);
  return { repId, otherRepId, relayUserId, accountId, contactId };
}

function ledgerActions(ledger: Ledger, orgId: string, people: { repId: string; contactId: string }) {
  return {
    openCall: (callId: string, userId: string) =>
      ledger.database.transaction((connection) =>
        openCall(connection, ledger.personalDataKey, {
          orgId,
          callId,
          userId,
          numberE164: '+13035550142',
          recordId: people.contactId,
        }),
      ),
    async placeCall({
      recordId = people.contactId,
      userId = people.repId,
      numberE164 = '+13035550142',
      consultsFor,
    }: {
      recordId?: string | null;
      userId?: string;
      numberE164?: string;
      consultsFor?: string;
    } = {}): Promise<string> {
      const callId = newCallId();
      await ledger.database.transaction((connection) =>
        openCall(connection, ledger.personalDataKey, {
          orgId,
          callId,
          userId,
          numberE164,
          recordId: recordId ?? undefined,
          consultsFor,
        }),
      );
      return callId;
    },
    async receiveCall(events: readonly CallEvent[], numberE164?: string): Promise<string> {
      const callId = newCallId();
      const { repId: userId } = people;
      await recordEvents(ledger, {
        orgId,
        witness: 'switch',
        events: events.map((event) => ({ callId, userId, event, inbound: { numberE164 } })),
      });
      return callId;
    },
    async report(
      callId: string,
      witness: Witness,
      events: readonly CallEvent[],
      userId = people.repId,
    ): Promise<void> {
      await recordEvents(ledger, {
        orgId,
        witness,
        events: events.map((event) => ({ callId, userId, event })),
      });
    },
  };
}
