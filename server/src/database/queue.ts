import { PgBoss } from 'pg-boss';
import type { Connection } from './database.ts';
import { reasonOf, settleBatch, summaryOf, type FailedJobs, type WorkOptions } from './settleBatch.ts';
import { unavailableCause } from './unavailable.ts';

/** Durable jobs in the same PostgreSQL. A failed job is retried with growing pauses for over three days. */
export interface Queue {
  /** Adds jobs within the caller's transaction: they exist if and only if it commits. */
  enqueue(connection: Connection, queueName: string, payloads: readonly object[]): Promise<void>;
  work<Payload>(queueName: string, options: WorkOptions<Payload>): Promise<void>;
  /** Jobs that cannot succeed, oldest first, at most so many. */
  deadLetters(limit: number): Promise<DeadJob[]>;
  /** Gives the dead jobs back to their queues, and how many. Those that still cannot succeed will be back. */
  replayDeadLetters(): Promise<number>;
  /** Whether the queue is open and has not been stopped. */
  isReady(): boolean;
  /** Waits for the handlers that run, then closes the queue's connections. */
  stop(): Promise<void>;
}

/** A job that cannot succeed as it is. */
export interface DeadJob {
  readonly queueName: string;
  readonly diedAt: Date;
  /** Without personal data. */
  readonly reason: string;
  readonly payload: unknown;
}

export interface QueueOptions {
  /** Queues to create where they are missing; each gets a dead-letter queue `<name>-dead`. */
  readonly queueNames: readonly string[];
  /** Whether this process also watches for expired jobs. At least one must. */
  readonly supervise?: boolean;
  /** Told of faults in the background, which mend themselves, and of batches that failed. */
  readonly onError: (error: Error) => void;
  /** Told of jobs that failed, so that none fails unseen. */
  readonly onJobsFailed?: (failed: FailedJobs) => void;
}

const TEN_YEARS_SECONDS = 10 * 365 * 86_400;
/** With pauses of at most 15 minutes, half of that at least, 800 tries last more than four days. */
const RETRY_POLICY = { retryLimit: 800, retryDelay: 1, retryBackoff: true, retryDelayMax: 900 };
/** A worker that died is noticed after the heartbeat, and its jobs are handed out again at the next check. */
const HEARTBEAT_SECONDS = 10;
const SUPERVISION_SECONDS = 5;
const EXPIRY_SECONDS = 600;
/** pg-boss's minimum. */
const POLLING_SECONDS = 0.5;
const STOP_TIMEOUT_MS = 20_000;

/** Opens the queue, creating its schema and the named queues where they are missing. */
export async function openQueue(databaseUrl: string, options: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'scoreline-queue',
    max: 4,
    schedule: false,
    supervise: options.supervise ?? true,
    superviseIntervalSeconds: SUPERVISION_SECONDS,
    monitorIntervalSeconds: SUPERVISION_SECONDS,
  });
  let ready = true;
  boss.on('error', options.onError);
  try {
    await boss.start();
    for (const name of options.queueNames) await createQueue(boss, name);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw unavailableCause(error) ?? error;
  }
  return {
    async enqueue(connection, queueName, payloads) {
      if (payloads.length === 0) return;
      const db = {
        executeSql: async (sql: string, values?: unknown[]) => ({
          // Planning this anew would be a third of what an acknowledgement costs the server.
          rows: await connection.query(sql, values, { keepPlan: true }),
        }),
      };
      await boss.insert(
        queueName,
        payloads.map((data) => ({ data })),
        { db },
      );
    },
    async work(queueName, workOptions) {
      const { batchSize } = workOptions;
      const worker = await boss.work(
        queueName,
        { batchSize, pollingIntervalSeconds: POLLING_SECONDS, perJobResults: true },
        async (jobs) => {
          // Behind a full batch there is more: it need not wait for the next look.
          if (jobs.length === batchSize) boss.notifyWorker(worker);
          const results = await settleBatch(jobs, workOptions, options.onError);
          const failed = results.filter(({ status }) => status !== 'completed');
          if (failed.length > 0) options.onJobsFailed?.(summaryOf(queueName, failed));
          return results;
        },
      );
    },
    async deadLetters(limit) {
      const jobs: DeadJob[] = [];
      for (const name of options.queueNames)
        for (const job of await boss.findJobs(deadLetterOf(name), { queued: true, limit }))
          jobs.push({
            queueName: name,
            diedAt: job.createdOn,
            reason: reasonOf(job.output),
            payload: job.data,
          });
      return jobs;
    },
    async replayDeadLetters() {
      const createdBefore = new Date();
      let replayed = 0;
      for (const name of options.queueNames) {
        let moved: number;
        do {
          // Those that die again meanwhile are left for the next time.
          moved = await boss.redrive(deadLetterOf(name), { createdBefore });
          replayed += moved;
        } while (moved > 0);
      }
      return replayed;
    },
    isReady: () => ready,
    async stop() {
      ready = false;
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

function deadLetterOf(name: string): string {
  return `${name}-dead`;
}

async function createQueue(boss: PgBoss, name: string): Promise<void> {
  const deadLetter = deadLetterOf(name);
  const policy = {
    ...RETRY_POLICY,
    deadLetter,
    expireInSeconds: EXPIRY_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retentionSeconds: TEN_YEARS_SECONDS,
  };
  await boss.createQueue(deadLetter, { retentionSeconds: TEN_YEARS_SECONDS, deleteAfterSeconds: 0 });
  await boss.createQueue(name, policy);
  await boss.updateQueue(name, policy);
}
