import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { LOOPBACK } from '../../../sandbox/src/loopback.ts';
import type { OrgProcessSettings } from '../../../sandbox/src/orgProcess.ts';
import { relayCommand } from '../../../sandbox/src/relayCommand.ts';
import { relayEnvironment } from '../../../sandbox/src/relayEnvironment.ts';
import { readOrMakeSecrets, type Secrets } from '../../../sandbox/src/secrets.ts';
import type { SandboxUser } from '../../support/sandbox.ts';
import { makeDataDirectory } from '../../support/serve.ts';
import { freePorts } from './freePorts.ts';
import { type KillablePostgres, startKillablePostgres } from './killablePostgres.ts';
import type { LongRoad } from './longRoad.ts';
import { SupervisedProcess } from './supervisedProcess.ts';

const projectDirectory = join(import.meta.dirname, '..', '..', '..');

/** Everything between a phone and a Task, each a process of its own that may be killed. */
export interface Chain {
  readonly dataDirectory: string;
  readonly secrets: Secrets;
  readonly orgId: string;
  readonly orgUrl: string;
  /** The relay's public address, the audience of org tokens. */
  readonly relayUrl: string;
  /** Where each web relay listens. */
  readonly webUrls: readonly string[];
  readonly people: { readonly reps: readonly SandboxUser[]; readonly manager: SandboxUser };
  readonly server: KillablePostgres;
  readonly org: SupervisedProcess;
  readonly webs: readonly SupervisedProcess[];
  readonly workers: readonly SupervisedProcess[];
  /** What the relays are started with, for a command beside them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The relays' database, for a look at it. */
  readonly relayDatabase: pg.Pool;
  stop(): Promise<void>;
}

export interface ChainOptions {
  readonly webs: number;
  readonly workers: number;
  /** Where the relays keep their ledger, when not beside the org's data. */
  readonly databaseUrl?: string;
  /** What lies between the relays and the org, when not a loopback. */
  readonly road?: LongRoad;
  /** Changes what the relays know of the org, as an operator would in `ORGANIZATIONS_FILE`. */
  readonly configure?: (organization: ConfiguredOrganization) => void;
}

/** What of an entry of `ORGANIZATIONS_FILE` a test may change. */
export interface ConfiguredOrganization {
  readonly allowedOrigins: string[];
  readonly sip: Record<string, unknown>;
}

/** Starts PostgreSQL, the local org with its sample company, and the relays by role; resolves once all are ready. */
export async function startChain({
  webs,
  workers,
  databaseUrl,
  road,
  configure,
}: ChainOptions): Promise<Chain> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = (): Promise<void> => stopAll(stops);
  try {
    const dataDirectory = await makeDataDirectory();
    stops.push(() => rm(dataDirectory, { recursive: true, force: true }));
    const secrets = await readOrMakeSecrets(dataDirectory);
    const firstPort = await freePorts(2 + webs + workers);
    const server = await startKillablePostgres(
      join(dataDirectory, 'postgres'),
      firstPort,
      secrets.databasePassword,
    );
    stops.push(() => server.postgres.stop());
    const urlOf = (offset: number): string => `http://${LOOPBACK}:${firstPort + offset}`;
    road?.forwardTo(firstPort + 1);
    const orgUrl = road?.url ?? urlOf(1);
    const relayUrl = urlOf(2);
    const org = await startOrg({ dataDirectory, secrets, server, port: firstPort + 1, orgUrl, relayUrl });
    stops.push(() => org.stop());

    const { orgId } = (await (await fetch(`${orgUrl}/sandbox/org`)).json()) as { orgId: string };
    const urls = { url: orgUrl, relayUrl, switchUrl: 'ws://127.0.0.1:1' };
    const relayOptions = {
      dataDirectory,
      environment: {
        ...(await relayEnvironment(dataDirectory, server.postgres, secrets, orgId, urls)),
        // Each phone says from which address it comes, so that the limit of one address is not that of all.
        TRUSTED_PROXIES: '1',
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      } as Record<string, string>,
    };
    if (configure !== undefined)
      await changeOrganization(relayOptions.environment['ORGANIZATIONS_FILE'] ?? '', configure);
    const relays = Array.from({ length: webs + workers }, (_none, index) =>
      relayOf(relayOptions, index < webs ? 'web' : 'worker', urlOf(2 + index)),
    );
    stops.push(() => Promise.all(relays.map((relay) => relay.stop())));
    await Promise.all(relays.map((relay) => relay.start()));
    const relayDatabase = openPool(databaseUrl ?? server.postgres.url('relay'));
    stops.push(() => relayDatabase.end());
    return {
      dataDirectory,
      secrets,
      orgId,
      orgUrl,
      relayUrl,
      webUrls: Array.from({ length: webs }, (_none, index) => urlOf(2 + index)),
      people: await readPeople(orgUrl),
      server,
      org,
      webs: relays.slice(0, webs),
      workers: relays.slice(webs),
      environment: relayOptions.environment,
      relayDatabase,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The last started first; one that can't be stopped keeps none of the others running. */
async function stopAll(stops: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let next = stops.pop(); next !== undefined; next = stops.pop())
    await next().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped');
}

async function changeOrganization(
  file: string,
  configure: (organization: ConfiguredOrganization) => void,
): Promise<void> {
  const organizations = JSON.parse(await readFile(file, 'utf8')) as ConfiguredOrganization[];
  organizations.forEach(configure);
  await writeFile(file, JSON.stringify(organizations), { mode: 0o600 });
}

async function startOrg({
  dataDirectory,
  secrets,
  server,
  port,
  orgUrl,
  relayUrl,
}: {
  readonly dataDirectory: string;
  readonly secrets: Secrets;
  readonly server: KillablePostgres;
  readonly port: number;
  readonly orgUrl: string;
  readonly relayUrl: string;
}): Promise<SupervisedProcess> {
  await server.postgres.createDatabase('org');
  const settings: OrgProcessSettings = {
    databaseUrl: server.postgres.url('org'),
    port,
    url: orgUrl,
    relayUrl,
    signingKey: secrets.orgCertificate.privateKey,
    relayPublicKey: secrets.relayClient.publicKey,
  };
  const settingsFile = join(dataDirectory, 'org.json');
  await writeFile(settingsFile, JSON.stringify(settings), { mode: 0o600 });
  const org = new SupervisedProcess({
    name: 'org',
    parameters: [join(projectDirectory, 'sandbox/src/orgProcess.ts'), settingsFile],
    environment: {},
    readyUrl: `${orgUrl}/sandbox/users`,
    logFile: join(dataDirectory, 'org.log'),
  });
  await org.start();
  return org;
}

function relayOf(
  options: { readonly dataDirectory: string; readonly environment: Readonly<Record<string, string>> },
  role: 'web' | 'worker',
  url: string,
): SupervisedProcess {
  const { port } = new URL(url);
  return new SupervisedProcess({
    name: `${role} relay ${port}`,
    parameters: relayCommand(projectDirectory, role),
    environment: { ...options.environment, PORT: port },
    readyUrl: `${url}/readyz`,
    logFile: join(options.dataDirectory, `relay-${port}.log`),
  });
}

/** A pool that outlives its server: a connection that was lost is replaced at the next query. */
function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 5_000 });
  const forget = (): void => undefined;
  pool.on('error', forget);
  pool.on('connect', (client) => client.on('error', forget));
  return pool;
}

async function readPeople(orgUrl: string): Promise<Chain['people']> {
  const users = (await (await fetch(`${orgUrl}/sandbox/users`)).json()) as (SandboxUser & {
    readonly title: string;
  })[];
  const manager = users.find(({ title }) => title === 'Sales Manager');
  if (manager === undefined) throw new Error('The sample company has no manager');
  return { manager, reps: users.filter(({ title }) => title === 'Account Executive') };
}
