import { recordIdSchema } from '@scoreline/contract/wire';
import { FEWEST_CALLS_TO_LEARN, type CallGoal } from '@scoreline/contract';
import {
  CALLS_PER_TRAINING,
  judgeRolling,
  observedFor,
  rollingProbabilities,
  trainOnLast,
  type KnownCall,
} from '@scoreline/scoring';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Database, Queue } from '../database/index.ts';
import { callModelReport, storeModels, takeDueTraining, type TrainedModel } from './modelStore.ts';
import { countCallsSince, knownCalls } from './knownCalls.ts';

/** The queue whose jobs each look whether an org's calls teach something new. */
export const TRAIN_CALL_MODEL_QUEUE = 'train-call-model';
const trainCallModelSchema = z.object({ orgId: recordIdSchema });

export interface Prospecting {
  /** Has the org's models trained again when a day has passed. Meant to run after every pass of the sync. */
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
      for (const { orgId } of jobs) await trainModelsOf(database, orgId);
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
 * Trains the org's models and judges them by calls that they had not seen. Answers whether it did: only where there are
 * calls enough, and as many new ones as are predicted by one model.
 */
export async function trainModelsOf(database: Database, orgId: string): Promise<boolean> {
  if (!(await isWorthTraining(database, orgId))) return false;
  const calls = await knownCalls(database, orgId);
  if (calls.length < FEWEST_CALLS_TO_LEARN) return false;
  const models = { reach: await trainFor('reach', calls), convert: await trainFor('convert', calls) };
  await database.transaction((connection) => storeModels(connection, orgId, models));
  return true;
}

async function trainFor(goal: CallGoal, known: readonly KnownCall[]): Promise<TrainedModel> {
  const calls = observedFor(goal, known);
  const probabilities: number[] = [];
  for (const block of rollingProbabilities(calls, CALLS_PER_TRAINING[goal])) {
    probabilities.push(...block);
    // Between two trainings the process answers what has come in.
    await nextTurn();
  }
  const quality = judgeRolling(calls, probabilities);
  return { quality, model: quality.state === 'inUse' ? trainOnLast(calls) : null };
}

async function isWorthTraining(database: Database, orgId: string): Promise<boolean> {
  const last = await callModelReport(database, orgId);
  if (last === null) return true;
  const since = new Date(last.trainedAt);
  return (
    (await countCallsSince(database, orgId, since, CALLS_PER_TRAINING.reach)) === CALLS_PER_TRAINING.reach
  );
}
