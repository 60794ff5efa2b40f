import { recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { repOf } from '../crm/index.ts';
import type { Database, JobFailure, Queue } from '../database/index.ts';
import { markCardDue } from './dueCards.ts';
import { takeDueReps } from './dueReps.ts';
import { rollUpRep } from './rollUpRep.ts';

/** The queue whose jobs each bring one rep's figures up to date and make the rep's card due. */
export const ROLL_UP_REP_QUEUE = 'roll-up-rep';
const rollUpRepSchema = z.object({ orgId: recordIdSchema, userId: recordIdSchema });
export type RollUpRep = z.infer<typeof rollUpRepSchema>;

export interface PerformanceOptions {
  readonly database: Database;
  readonly queue: Queue;
  /** Whether a switch or carrier reports for this org: then only what it saw counts. */
  readonly networkReports: (orgId: string) => boolean;
}

export interface Performance {
  /**
   * Asks for the cards that are out of date for another reason than a call: a new day, other targets or weights, a
   * publication that failed. Meant to run after every pass of the sync.
   */
  enqueueDueReps(orgId: string): Promise<void>;
}

/** Jobs of one rep are cheap to repeat and rare; a batch only saves polling. */
const REPS_PER_BATCH = 20;

/** Some are read from the store while others are added up: neither side waits for the other. */
const REPS_AT_ONCE = 4;

/** Starts to keep the reps' figures and cards in step with the ledger. */
export async function startPerformance(options: PerformanceOptions): Promise<Performance> {
  await options.queue.work(ROLL_UP_REP_QUEUE, {
    batchSize: REPS_PER_BATCH,
    schema: rollUpRepSchema,
    handle: (jobs) => rollUpBatch(options, jobs),
  });
  return {
    enqueueDueReps: (orgId) =>
      options.database.transaction(async (connection) => {
        const due = await takeDueReps(connection, orgId);
        const jobs = due.map((userId): RollUpRep => ({ orgId, userId }));
        await options.queue.enqueue(connection, ROLL_UP_REP_QUEUE, jobs);
      }),
  };
}

/** Rolls up each rep once, a few at a time, and gives the jobs that failed. Rejects where the store does. */
export async function rollUpBatch(
  options: Omit<PerformanceOptions, 'queue'>,
  jobs: readonly RollUpRep[],
): Promise<JobFailure[]> {
  const failures: JobFailure[] = [];
  const sameRep = Map.groupBy(jobs.entries(), ([, { orgId, userId }]) => `${orgId} ${userId}`);
  const waiting = [...sameRep.values()];
  const work = async (): Promise<void> => {
    for (let entries = waiting.shift(); entries !== undefined; entries = waiting.shift()) {
      const [, job] = entries[0] ?? [];
      if (job !== undefined && !(await rollUpIfKnown(options, job)))
        failures.push(...entries.map(([index]) => ({ index, reason: 'REP_NOT_SYNCED' })));
    }
  };
  // What is under way ends before its jobs are handed out again.
  const ended = await Promise.allSettled(Array.from({ length: REPS_AT_ONCE }, work));
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return failures;
}

/** Brings a rep's figures up to date; whether the rep is known. */
async function rollUpIfKnown(
  { database, networkReports }: Omit<PerformanceOptions, 'queue'>,
  { orgId, userId }: RollUpRep,
): Promise<boolean> {
  const copy = await repOf(database, orgId, userId);
  if (copy === null) return false;
  const basis = networkReports(orgId) ? ('verified' as const) : ('reported' as const);
  await rollUpRep(database, { orgId, userId, basis, timeZone: copy.timeZone });
  await markCardDue(database, orgId, userId);
  return true;
}
