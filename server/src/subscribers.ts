import type { Logger } from 'pino';
import {
  CALL_CHANGED_QUEUE,
  callChangedSchema,
  findCalls,
  type CallChanged,
  type Ledger,
} from './calls/index.ts';
import type { Configuration } from './config.ts';
import {
  judgeTasks,
  markDue,
  openOrganizations,
  publisherTo,
  reconcileWhenDue,
  startDelivery,
  startSync,
  type DeliveryFault,
  type Sync,
} from './crm/index.ts';
import type { Database, Queue } from './database/index.ts';
import {
  createCardSource,
  followCloses,
  followDrives,
  ROLL_UP_REP_QUEUE,
  startPerformance,
  type RollUpRep,
} from './performance/index.ts';
import { startProspecting, TRAIN_CALL_MODEL_QUEUE } from './prospecting/index.ts';

export const QUEUE_NAMES = [CALL_CHANGED_QUEUE, TRAIN_CALL_MODEL_QUEUE, ROLL_UP_REP_QUEUE];

export interface SubscriberOptions {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly ledger: Ledger;
}

const FAN_OUT_BATCH_SIZE = 500;

/** Starts everything that follows the ledger or the org: the worker's part of the relay. */
export async function startSubscribers(options: SubscriberOptions): Promise<Sync> {
  const { configuration, logger, ledger } = options;
  const { database, queue, networkReports } = ledger;
  const organizations = openOrganizations(configuration.organizations.values());
  const publish = publisherTo(organizations);
  const performance = await startPerformance({ database, queue, networkReports });
  const prospecting = await startProspecting({ database, queue });
  await queue.work(CALL_CHANGED_QUEUE, {
    batchSize: FAN_OUT_BATCH_SIZE,
    schema: callChangedSchema,
    handle: (changes) => fanOut(database, queue, changes),
  });
  const delivery = startDelivery({
    database,
    organizations,
    cards: createCardSource({ database, networkReports }),
    onFault: (fault) => logger[levelOf(fault)]({ ...fault }, 'delivery fault'),
    onError: (error) => logger.error({ error }, 'delivery failed'),
  });
  const sync = startSync({
    database,
    organizations,
    personalDataKey: configuration.personalDataKey,
    intervalSeconds: configuration.syncIntervalSeconds,
    onFault: (fault) => logger.warn({ ...fault }, 'sync fault'),
    async afterPass(orgId, signal) {
      await judgeTasks(ledger, orgId, signal);
      const reconciled = await reconcileWhenDue({ ledger, organizations, orgId, signal });
      if (reconciled !== null) logger.info({ orgId, ...reconciled }, 'reconciled');
      await performance.enqueueDueReps(orgId);
      await followCloses(database, publish, orgId);
      await followDrives(database, publish, orgId);
      await prospecting.enqueueDueTraining(orgId);
    },
  });
  return {
    firstPass: sync.firstPass,
    async stop() {
      await Promise.all([sync.stop(), delivery.stop()]);
    },
  };
}

/** What does not pass until somebody sees to it wakes somebody: the daily limit, and the relay's own way in. */
const ALERT_CODES = ['REQUEST_LIMIT_EXCEEDED', 'LOGIN_REFUSED'];

function levelOf({ codes }: DeliveryFault): 'warn' | 'error' {
  return ALERT_CODES.some((code) => code in codes) ? 'error' : 'warn';
}

/** Marks the changed calls as due and has their reps rolled up, once each however often they changed. */
async function fanOut(database: Database, queue: Queue, changes: readonly CallChanged[]): Promise<void> {
  const reps = new Map(
    changes.map(({ orgId, userId }): [string, RollUpRep] => [`${orgId} ${userId}`, { orgId, userId }]),
  );
  await database.transaction(async (connection) => {
    for (const [orgId, ofOrg] of Map.groupBy(changes, (change) => change.orgId)) {
      const callIds = [...new Set(ofOrg.map(({ callId }) => callId))];
      await markDue(connection, orgId, await findCalls(connection, orgId, callIds));
    }
    await queue.enqueue(connection, ROLL_UP_REP_QUEUE, [...reps.values()]);
  });
}
