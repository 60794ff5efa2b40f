import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import pg from 'pg';
import { claimDataFolder } from './dataFolder.ts';
import { createLightning } from './lightning/index.ts';
import { assertFree, closeServer, listen } from './loopback.ts';
import { createOrg, inTransaction, type LocalOrg } from './org/index.ts';
import { createSwitch } from './pbx/index.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { RELAY_CLIENT_ID, RELAY_USERNAME, SIP_DOMAIN, relayEnvironment } from './relayEnvironment.ts';
import { startRelay } from './relayProcess.ts';
import { readOrMakeSecrets, type Secrets } from './secrets.ts';
import { fillLedger, fillOrg, forget, isSeeded, markSeeded } from './seed/sampleData.ts';
import { switchWindow } from './switchWindow.ts';
import type { CompanyPlan } from './seed/large/plan.ts';
import type { InRelay, LargeCompany, OnAdvance } from './seed/large/seedLarge.ts';

export { SandboxError } from './sandboxError.ts';
export { LARGE_COMPANY } from './seed/large/plan.ts';

export interface SandboxOptions {
  /** The repository: the sandbox runs the very sources of its package and relay. */
  readonly projectDirectory: string;
  readonly dataDirectory: string;
  /** The page's port; the relay, the switch and PostgreSQL take the three after it. */
  readonly port: number;
  /** Begins with empty data. */
  readonly reset: boolean;
  /** The large company to begin with; the small one where there is none. */
  readonly company?: CompanyPlan;
  /** One line a step. */
  readonly onProgress: (text: string) => void;
  /** How far a long step has come. */
  readonly onAdvance?: OnAdvance;
}

export interface Sandbox {
  readonly url: string;
  readonly relayUrl: string;
  readonly switchUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts everything a call passes through, each a real server: PostgreSQL, the org, the switch, the relay, the page.
 * What has started is stopped again when a later part can't start.
 * @throws SandboxError or PostgresError with one plain sentence.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    return { ...(await startParts(options, (part) => stops.push(part))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: SandboxOptions,
  onStop: (stop: () => Promise<void>) => void,
): Promise<Omit<Sandbox, 'stop'>> {
  const { dataDirectory, onProgress, port, projectDirectory } = options;
  const url = `http://localhost:${port}`;
  const relayUrl = `http://localhost:${port + 1}`;
  const switchUrl = `ws://localhost:${port + 2}`;

  onStop(await claimDataFolder(dataDirectory));
  // PostgreSQL's own port may be held by the server that a killed start left behind, which its next start takes over.
  for (const needed of [port, port + 1, port + 2]) await assertFree(needed);
  const sampleName = options.company === undefined ? 'small' : 'large';
  const beginsAnew = options.reset || !(await isSeeded(dataDirectory, sampleName));
  if (beginsAnew) await forget(dataDirectory);
  const secrets = await readOrMakeSecrets(dataDirectory);

  onProgress('starting PostgreSQL');
  const postgres = await startPostgres({
    directory: join(dataDirectory, 'postgres'),
    port: port + 3,
    password: secrets.databasePassword,
    reset: beginsAnew,
  });
  onStop(() => postgres.stop());

  onProgress('starting the local org');
  const { org, company } = await startOrg(options, postgres, secrets, { url, relayUrl }, onStop);

  onProgress('building the Lightning page');
  const lightning = await createLightning({
    projectDirectory,
    cacheDirectory: join(projectDirectory, 'build', 'lightning'),
    instanceUrl: url,
    connectSources: [relayUrl, switchUrl],
    mediaSources: [`http://localhost:${port + 2}`],
    onProgress: (text) => onProgress(`  ${text}`),
  });
  onStop(() => lightning.close());

  onProgress('starting the switch');
  const localSwitch = await createSwitch({
    port: port + 2,
    orgId: org.orgId,
    domain: SIP_DOMAIN,
    credentialSecret: secrets.sipCredentialSecret,
    permitSecret: secrets.permitSecret,
    relayUrl,
    voicemailDirectory: join(dataDirectory, 'voicemails'),
    signingKey: secrets.switchKey,
    log: (text) => onProgress(`  switch: ${text}`),
  });

  const application = express();
  application.use('/sandbox/switch', switchWindow(localSwitch));
  application.use(org.router);
  application.use(lightning.router);
  const server = createServer(application);
  await listen(server, port);
  onStop(() => closeServer(server));

  onProgress('starting the relay');
  const relay = await startRelay({
    projectDirectory,
    port: port + 1,
    logFile: join(dataDirectory, 'relay.log'),
    environment: await relayEnvironment(dataDirectory, postgres, secrets, org.orgId, {
      url,
      relayUrl,
      switchUrl,
    }),
  });
  onStop(() => relay.stop());
  // The switch goes first: it ends its calls and reports them while the relay still listens.
  onStop(() => localSwitch.close());
  application.get('/sandbox/relay', (_request, response) => {
    response.json({ processId: relay.processId() });
  });

  if (beginsAnew) {
    const relayPool = new pg.Pool({ connectionString: postgres.url('relay') });
    try {
      const ledger = { inRelay: transactionsOf(relayPool), relayUrl, secrets };
      await fillLedger(org, company, ledger, { ...options, orgUrl: url });
    } finally {
      await relayPool.end();
    }
    await markSeeded(dataDirectory, sampleName);
  }
  return { url, relayUrl, switchUrl };
}

async function startOrg(
  options: SandboxOptions,
  postgres: Postgres,
  secrets: Secrets,
  { url, relayUrl }: { readonly url: string; readonly relayUrl: string },
  onStop: (stop: () => Promise<void>) => void,
): Promise<{ readonly org: LocalOrg; readonly company: LargeCompany | null }> {
  await postgres.createDatabase('org');
  const pool = new pg.Pool({ connectionString: postgres.url('org') });
  // An idle connection that the server closes is replaced at the next query.
  pool.on('error', () => options.onProgress('  the local org lost a database connection'));
  onStop(() => pool.end());
  const org = await createOrg({
    pool,
    metadataDirectories: ['force-app', 'force-app-settings'].map((folder) =>
      join(options.projectDirectory, folder),
    ),
    instanceUrl: url,
    relayUrl,
    signingKey: secrets.orgCertificate.privateKey,
    connectedApps: [
      { clientId: RELAY_CLIENT_ID, publicKey: secrets.relayClient.publicKey, username: RELAY_USERNAME },
    ],
  });
  onStop(() => org.close());
  return { org, company: await fillOrg(org, options) };
}

function transactionsOf(pool: pg.Pool): InRelay {
  return (work) =>
    inTransaction(pool, async (connection) => ({ result: await work(connection), commit: true }));
}
