import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import type { Ledger } from './calls/index.ts';
import type { Configuration } from './config.ts';
import { dialingRules, isDoNotCall, repOf } from './crm/index.ts';
import { migrate, openDatabase, openQueue, type Database, type Queue } from './database/index.ts';
import type { DialingRules } from './dialing/index.ts';
import { createApp } from './http/createApp.ts';
import { tidyPowerLists } from './prospecting/index.ts';
import { forgetExpiredNonces } from './sessions/index.ts';
import { QUEUE_NAMES, startSubscribers } from './subscribers.ts';

export const ROLES = ['web', 'worker', 'all'] as const;
/** Which part of the work a process does: answering requests, the jobs behind them, or both. */
export type Role = (typeof ROLES)[number];

export interface Relay {
  /** Where it listens; both roles answer the health routes. */
  readonly port: number;
  /** Not ready → no new requests → running requests and jobs finish → connections close. */
  stop(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
/** How often Node looks for requests past these times; its default of 30 s would triple them. */
const TIMEOUT_CHECK_INTERVAL_MS = 5_000;
const DRAIN_TIMEOUT_MS = 10_000;
const HOUSEKEEPING_INTERVAL_MS = 3_600_000;

/** Opens the store and the queue, then listens and works as the role says. Throws when a part cannot start. */
export async function startRelay(configuration: Configuration, role: Role, logger: Logger): Promise<Relay> {
  const onError = (error: Error): void => logger.error({ error }, 'background fault');
  const database = await openDatabase(configuration.databaseUrl, { onIdleError: onError });
  let queue: Queue | undefined;
  try {
    await migrate(database);
    queue = await openQueue(configuration.databaseUrl, {
      queueNames: QUEUE_NAMES,
      supervise: role !== 'web',
      onError,
      onJobsFailed: (failed) => logger.warn({ ...failed }, 'jobs failed'),
    });
    return await runRelay({ configuration, role, logger, database, queue });
  } catch (error) {
    await queue?.stop();
    await database.close();
    throw error;
  }
}

interface Parts {
  readonly configuration: Configuration;
  readonly role: Role;
  readonly logger: Logger;
  readonly database: Database;
  readonly queue: Queue;
}

async function runRelay({ configuration, role, logger, database, queue }: Parts): Promise<Relay> {
  const ledger = ledgerOf(configuration, database, queue);
  let isReady = false;
  const app = createApp({
    configuration,
    ledger,
    rules: rulesOf(database),
    logger,
    now: Date.now,
    serveCalls: role !== 'worker',
    isReady: async () => {
      await database.query('select 1');
      return isReady && queue.isReady();
    },
  });
  const timeouts = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
  };
  const server = createServer(timeouts, app);
  // Before any work begins: a taken port must end this process, not leave it working unseen.
  const port = await listen(server, configuration);
  const subscribers = role === 'web' ? undefined : await startSubscribers({ configuration, logger, ledger });
  const housekeeping = setInterval(() => {
    Promise.all([forgetExpiredNonces(database), tidyPowerLists(database)]).catch((error: unknown) =>
      logger.error({ error }, 'housekeeping failed'),
    );
  }, HOUSEKEEPING_INTERVAL_MS);
  logger.info({ port, role }, 'listening');
  await subscribers?.firstPass;
  isReady = true;
  return {
    port,
    async stop() {
      isReady = false;
      clearInterval(housekeeping);
      await closeServer(server);
      await subscribers?.stop();
      await queue.stop();
      await database.close();
    },
  };
}

export function ledgerOf(
  { personalDataKey, organizations }: Configuration,
  database: Database,
  queue: Queue,
): Ledger {
  return {
    database,
    queue,
    personalDataKey,
    networkReports: (orgId) => (organizations.get(orgId)?.switchKeys.length ?? 0) > 0,
  };
}

function rulesOf(database: Database): DialingRules {
  return {
    allowedCountries: async (orgId) => (await dialingRules(database, orgId))?.allowedCountries ?? null,
    isDoNotCall: (orgId, numberHash) => isDoNotCall(database, orgId, numberHash),
    isUserActive: async (orgId, userId) => (await repOf(database, orgId, userId))?.isActive ?? null,
  };
}

async function listen(server: Server, { port, listenAddress }: Configuration): Promise<number> {
  server.listen(port, listenAddress);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}

/** Requests in progress may finish; idle and then lingering connections are cut. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  await closed;
  clearTimeout(deadline);
}
