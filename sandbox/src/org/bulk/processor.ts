import type pg from 'pg';

import { deleteParents } from '../faults/deleteParents.ts';
import { withFaults } from '../faults/faultPlan.ts';
import type { FaultPlan, RequestFaults } from '../faults/faultPlan.ts';
import { inTransaction } from '../storage/database.ts';
import type { WorkSource } from '../workSource.ts';
import { changeJob, lockNextJob } from './jobStore.ts';
import { runIngestStep } from './runIngest.ts';
import { runQueryJob } from './runQueryJob.ts';

export interface BulkProcessorOptions {
  readonly pool: pg.Pool;
  readonly works: WorkSource;
  readonly faults: FaultPlan;
  readonly onError: (error: unknown) => void;
}

/** Works through bulk jobs behind the requests. */
export interface BulkProcessor {
  /** Says that a job may be waiting. */
  wake(): void;
  /** Ends with the step in hand; the jobs go on when the org is next opened. */
  close(): Promise<void>;
}

/** After a step that broke, e.g. because PostgreSQL was away. */
const RETRY_MS = 1_000;

export function createBulkProcessor(options: BulkProcessorOptions): BulkProcessor {
  let isClosed = false;
  let isWoken = false;
  let running: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    try {
      while (isWoken && !isClosed) {
        isWoken = false;
        while (!isClosed && (await runStep(options)));
      }
    } catch (error) {
      options.onError(error);
      if (!isClosed) retry = setTimeout(wake, RETRY_MS);
    }
    running = null;
  };
  const wake = (): void => {
    isWoken = true;
    if (!isClosed) running ??= run();
  };
  return {
    wake,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await running;
    },
  };
}

/** Takes one job one step on, in one transaction. Answers whether there was any. */
async function runStep({ pool, works, faults: plan }: BulkProcessorOptions): Promise<boolean> {
  const struck: RequestFaults[] = [];
  try {
    return await inTransaction(pool, async (connection) => {
      const job = await lockNextJob(connection);
      if (!job) return { result: false, commit: true };
      const user = await works.forUser(connection, job.userId);
      if (!user) {
        await changeJob(connection, job.id, { state: 'Failed', errorMessage: 'The user is not active' });
        return { result: true, commit: true };
      }
      const faults = plan.strikeBatch(job.kind === 'ingest' ? 'PUT' : 'GET', `/jobs/${job.kind}`);
      struck.push(faults);
      const work = withFaults(user, faults);
      if ('query' in job.definition) await runQueryJob(work, job, job.definition);
      else {
        await runIngestStep(work, job, job.definition, async (records) => {
          if (faults.deletesParents) await deleteParents(await works.forSystem(connection), records);
        });
      }
      return { result: true, commit: true };
    });
  } finally {
    for (const faults of struck) faults.release();
  }
}
