import { CALL_GOALS, type CallGoal, type CallModelQuality, type CallModelReport } from '@scoreline/contract';
import type { CallModel, CallModels } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';

/** What an org's calls taught for one goal. */
export interface TrainedModel {
  readonly quality: CallModelQuality;
  /** Null where it is not good enough to go by. */
  readonly model: CallModel | null;
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

/** Replaces what was learned before, within the caller's transaction. */
export async function storeModels(
  connection: Connection,
  orgId: string,
  models: Readonly<Record<CallGoal, TrainedModel>>,
): Promise<void> {
  const rows = CALL_GOALS.map((goal) => ({ goal, ...models[goal] }));
  await connection.query(
    `insert into call_goal_model (org_id, goal, quality, model)
     select $1, goal, quality, model
     from jsonb_to_recordset($2::jsonb) as each (goal text, quality jsonb, model jsonb)
     on conflict (org_id, goal) do update set quality = excluded.quality, model = excluded.model`,
    [orgId, JSON.stringify(rows)],
  );
  await connection.query(
    `insert into call_model (org_id, trained_at) values ($1, now())
     on conflict (org_id) do update set trained_at = now()`,
    [orgId],
  );
}

/** The models by which the org's lists are ordered. */
export async function modelsInUse(connection: Connection, orgId: string): Promise<CallModels> {
  const rows = await connection.query<{ goal: CallGoal; model: CallModel }>(
    'select goal, model from call_goal_model where org_id = $1 and model is not null',
    [orgId],
  );
  const modelOf = new Map(rows.map(({ goal, model }) => [goal, model]));
  return { reach: modelOf.get('reach') ?? null, convert: modelOf.get('convert') ?? null };
}

/** How well the org's models did; null while none was trained. */
export async function callModelReport(
  connection: Connection,
  orgId: string,
): Promise<CallModelReport | null> {
  const [row] = await connection.query<{
    trainedAt: Date;
    reach: CallModelQuality;
    convert: CallModelQuality;
  }>(
    `select trained_at as "trainedAt", reach.quality as reach, convert.quality as convert
     from call_model
     join call_goal_model reach on reach.org_id = call_model.org_id and reach.goal = 'reach'
     join call_goal_model convert on convert.org_id = call_model.org_id and convert.goal = 'convert'
     where call_model.org_id = $1 and trained_at is not null`,
    [orgId],
  );
  return row === undefined ? null : { ...row, trainedAt: row.trainedAt.toISOString() };
}
