import type { Logger } from 'pino';
import { CALL_CHANGED_QUEUE, callChangedSchema, type CallChanged } from './calls/index.ts';
import type { Configuration } from './config.ts';
import {
  createCrmPort,
  DELIVER_CALL_QUEUE,
  openOrganizations,
  startDelivery,
  startSync,
  type DeliverCall,
  type Sync,
} from './crm/index.ts';
import type { Database, Queue } from './database/index.ts';
import { ROLL_UP_REP_QUEUE, startPerformance, type RollUpRep } from './performance/index.ts';

export const QUEUE_NAMES = [CALL_CHANGED_QUEUE, DELIVER_CALL_QUEUE, ROLL_UP_REP_QUEUE];

export interface SubscriberOptions {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly database: Database;
  readonly queue: Queue;
  /** Whether a switch or carrier reports for this org. */
  readonly networkReports: (orgId: string) => boolean;
}

const FAN_OUT_BATCH_SIZE = 200;

/** Starts everything that follows the ledger or the org: the worker's part of the relay. */
export async function startSubscribers(options: SubscriberOptions): Promise<Sync> {
  const { configuration, logger, database, queue, networkReports } = options;
  const organizations = openOrganizations(configuration.organizations.values());
  await startDelivery({ database, queue, organizations });
  const crm = createCrmPort(organizations);
  const performance = await startPerformance({ database, queue, crm, networkReports });
  await queue.work(CALL_CHANGED_QUEUE, {
    batchSize: FAN_OUT_BATCH_SIZE,
    schema: callChangedSchema,
    handle: (changes) => fanOut(database, queue, changes),
  });
  return startSync({
    database,
    organizations,
    personalDataKey: configuration.personalDataKey,
    intervalSeconds: configuration.syncIntervalSeconds,
    onFault: (fault) => logger.warn({ ...fault }, 'sync fault'),
    afterPass: performance.enqueueDueReps,
  });
}

/** Tells everyone who follows calls, once per call or rep however often it changed in this batch. */
async function fanOut(database: Database, queue: Queue, changes: readonly CallChanged[]): Promise<void> {
  const calls = new Map(
    changes.map(({ orgId, callId }): [string, DeliverCall] => [`${orgId} ${callId}`, { orgId, callId }]),
  );
  const reps = new Map(
    changes.map(({ orgId, userId }): [string, RollUpRep] => [`${orgId} ${userId}`, { orgId, userId }]),
  );
  await database.transaction(async (connection) => {
    await queue.enqueue(connection, DELIVER_CALL_QUEUE, [...calls.values()]);
    await queue.enqueue(connection, ROLL_UP_REP_QUEUE, [...reps.values()]);
  });
}
