import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { DateTime } from 'luxon';
import pg from 'pg';

import { closeServer, listen } from '../../src/loopback.ts';
import { createOrg, inTransaction, type LocalOrg } from '../../src/org/index.ts';
import { startPostgres } from '../../src/postgres.ts';
import { RELAY_CLIENT_ID, RELAY_USERNAME, relayEnvironment } from '../../src/relayEnvironment.ts';
import { startRelay } from '../../src/relayProcess.ts';
import { readOrMakeSecrets } from '../../src/secrets.ts';
import type { CompanyPlan } from '../../src/seed/large/plan.ts';
import {
  seedLargeCompany,
  seedLargeLedger,
  type LargeCompany,
  type OnAdvance,
} from '../../src/seed/large/seedLarge.ts';

const PROJECT = join(import.meta.dirname, '../../..');

export interface SeedUnderTest {
  readonly org: LocalOrg;
  readonly company: LargeCompany;
  readonly relayUrl: string;
  readonly switchKey: string;
  /** One SQL query on the org's or the relay's own tables. */
  query<Row extends pg.QueryResultRow>(
    database: 'org' | 'relay',
    sql: string,
    values?: unknown[],
  ): Promise<Row[]>;
  stop(): Promise<void>;
}

/** Fills an org and its relay with a company, each a real server, and waits until the relay has scored it. */
export async function startSeedUnderTest(
  plan: CompanyPlan,
  now: DateTime,
  onAdvance: OnAdvance = () => undefined,
): Promise<SeedUnderTest> {
  const directory = await mkdtemp(join('/var/tmp', 'scoreline-seed-test-'));
  const secrets = await readOrMakeSecrets(directory);
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    port: 0,
    password: randomBytes(12).toString('hex'),
  });
  await postgres.createDatabase('org');
  await postgres.createDatabase('relay');
  const pools = {
    org: new pg.Pool({ connectionString: postgres.url('org') }),
    relay: new pg.Pool({ connectionString: postgres.url('relay') }),
  };
  for (const pool of Object.values(pools)) {
    // The server says goodbye to idle connections when it is stopped.
    pool.on('error', () => undefined);
  }
  const application = express();
  const server = createServer(application);
  await listen(server, 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relayPort = await freePort();
  const relayUrl = `http://127.0.0.1:${relayPort}`;
  const org = await createOrg({
    pool: pools.org,
    metadataDirectories: [join(PROJECT, 'force-app'), join(PROJECT, 'force-app-settings')],
    instanceUrl: url,
    relayUrl,
    signingKey: secrets.orgCertificate.privateKey,
    connectedApps: [
      { clientId: RELAY_CLIENT_ID, publicKey: secrets.relayClient.publicKey, username: RELAY_USERNAME },
    ],
  });
  application.use(org.router);
  const company = await seedLargeCompany(org, { plan, relayUsername: RELAY_USERNAME, now, onAdvance });
  const urls = { url, relayUrl, switchUrl: 'ws://127.0.0.1:9' };
  const relay = await startRelay({
    projectDirectory: PROJECT,
    port: relayPort,
    logFile: join(directory, 'relay.log'),
    environment: await relayEnvironment(directory, postgres, secrets, org.orgId, urls),
  });
  await seedLargeLedger(org, company, {
    orgId: org.orgId,
    inRelay: (work) =>
      inTransaction(pools.relay, async (connection) => ({ result: await work(connection), commit: true })),
    personalDataKey: Buffer.from(secrets.personalDataKey, 'base64'),
    onAdvance,
  });
  return {
    org,
    company,
    relayUrl,
    switchKey: secrets.switchKey,
    query: async (database, sql, values) => (await pools[database].query(sql, values)).rows,
    async stop() {
      await relay.stop();
      await org.close();
      await closeServer(server);
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  await closeServer(server);
  return port;
}
