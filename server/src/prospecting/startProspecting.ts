import { recordIdSchema } from '@scoreline/contract/wire';
import { CALLS_PER_TRAINING, judgeRolling, rollingProbabilities, trainOnLast } from '@scoreline/scoring';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Database, Queue } from '../database/index.ts';
import { callModelReport, storeModel, takeDueTraining } from './modelStore.ts';
import { countCallsSince, observedCalls } from './observedCalls.ts';

/** The queue whose jobs each look whether an org's calls teach something new. */
export const TRAIN_CALL_MODEL_QUEUE = 'train-call-model';
const trainCallModelSchema = z.object({ orgId: recordIdSchema });

/** So many calls are predicted at least before the order may go by a model. */
const FEWEST_CALLS = 2 * CALLS_PER_TRAINING;

export interface Prospecting {
  /** Has the org's model trained again when a day has passed. Meant to run after every pass of the sync. */
  enqueueDueTraining(orgId: string): Promise<void>;
}

/** Starts to learn from the orgs' calls. */
export async function startProspecting({
  database,
  queue,
}: {
  readonly database: Database;
  readonly queue: Queue;
}): Promise<Prospecting> {
  await queue.work(TRAIN_CALL_MODEL_QUEUE, {
    batchSize: 1,
    schema: trainCallModelSchema,
    async handle(jobs) {
      for (const { orgId } of jobs) await trainModelOf(database, orgId);
    },
  });
  return {
    enqueueDueTraining: (orgId) =>
      database.transaction(async (connection) => {
        if (await takeDueTraining(connection, orgId))
          await queue.enqueue(connection, TRAIN_CALL_MODEL_QUEUE, [{ orgId }]);
      }),
  };
}

/**
 * Trains the org's model and judges it by calls that it had not seen. Answers whether it did: only where there are calls
 * enough, and as many new ones as are predicted by one model.
 */
export async function trainModelOf(database: Database, orgId: string): Promise<boolean> {
  if (!(await isWorthTraining(database, orgId))) return false;
  const calls = await observedCalls(database, orgId);
  if (calls.length < FEWEST_CALLS) return false;
  const probabilities: number[] = [];
  for (const block of rollingProbabilities(calls)) {
    probabilities.push(...block);
    // Between two trainings the process answers what has come in.
    await nextTurn();
  }
  await storeModel(database, orgId, {
    calls: calls.length,
    model: trainOnLast(calls),
    verdict: judgeRolling(calls, probabilities),
  });
  return true;
}

async function isWorthTraining(database: Database, orgId: string): Promise<boolean> {
  const last = await callModelReport(database, orgId);
  if (last === null) return true;
  const since = new Date(last.trainedAt);
  return (await countCallsSince(database, orgId, since, CALLS_PER_TRAINING)) === CALLS_PER_TRAINING;
}
