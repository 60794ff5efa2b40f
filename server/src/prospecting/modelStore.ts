import type { CallModelReport } from '@scoreline/contract';
import type { CallModel, RollingVerdict } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** A model of an org's calls with its verdict. */
export interface TrainedModel {
  /** Calls that were learned from. */
  readonly calls: number;
  readonly model: CallModel;
  readonly verdict: RollingVerdict;
}

const ASKED_AGAIN_AFTER = '1 day';

/** Whether the org's model is to be looked at now: once a day, whoever asks. */
export async function takeDueTraining(connection: Connection, orgId: string): Promise<boolean> {
  const taken = await connection.query(
    `insert into call_model as known (org_id) values ($1)
     on conflict (org_id) do update set requested_at = now()
     where known.requested_at < now() - $2::interval returning org_id`,
    [orgId, ASKED_AGAIN_AFTER],
  );
  return taken.length === 1;
}

export async function storeModel(
  connection: Connection,
  orgId: string,
  { calls, model, verdict }: TrainedModel,
): Promise<void> {
  await connection.query(
    `insert into call_model (org_id, trained_at, calls, predicted_calls, model, model_auc, recency_auc,
       difference_low, difference_high, is_used)
     values ($1, now(), $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (org_id) do update set trained_at = now(), calls = excluded.calls,
       predicted_calls = excluded.predicted_calls, model = excluded.model, model_auc = excluded.model_auc,
       recency_auc = excluded.recency_auc, difference_low = excluded.difference_low,
       difference_high = excluded.difference_high, is_used = excluded.is_used`,
    [
      orgId,
      calls,
      verdict.predictedCalls,
      JSON.stringify(model),
      verdict.modelAuc,
      verdict.recencyAuc,
      verdict.differenceLow,
      verdict.differenceHigh,
      verdict.isBetter,
    ],
  );
}

/** The model by which the org's lists are ordered; null while recency does as well. */
export async function modelInUse(connection: Connection, orgId: string): Promise<CallModel | null> {
  const [row] = await connection.query<{ model: CallModel }>(
    'select model from call_model where org_id = $1 and is_used',
    [orgId],
  );
  return row?.model ?? null;
}

/** How well the org's model did; null while none was trained. */
export async function callModelReport(
  connection: Connection,
  orgId: string,
): Promise<CallModelReport | null> {
  const [row] = await connection.query<Omit<CallModelReport, 'trainedAt'> & { trainedAt: Date }>(
    `select calls, predicted_calls as "predictedCalls", model_auc as "modelAuc", recency_auc as "recencyAuc",
       difference_low as "differenceLow", difference_high as "differenceHigh", is_used as "isUsed",
       trained_at as "trainedAt"
     from call_model where org_id = $1 and trained_at is not null`,
    [orgId],
  );
  return row === undefined ? null : { ...row, trainedAt: row.trainedAt.toISOString() };
}
