import { findCalls, recordOrgOutcomes, type Ledger, type OrgOutcome } from '../../../calls/index.ts';
import type { Connection } from '../../../database/index.ts';
import { Refusal } from '../../../refusal.ts';
import { chooseRecord } from '../../matching/chooseRecord.ts';
import { judgeTask, type DeliveryState, type TaskInOrg } from './judgeTask.ts';

/** How many calls came to each verdict. */
export interface Judgements {
  /** Outcomes that were edited in the org, and are now the calls'. */
  readonly edited: number;
  /** Tasks that were deleted in the org, and stay so. */
  readonly deleted: number;
  /** Tasks that came back from the org's recycle bin. */
  readonly restored: number;
  /** Tasks with an older version than the relay wrote, which are written again. */
  readonly outdated: number;
}

type TaskRow = TaskInOrg &
  DeliveryState & {
    readonly callId: string;
    readonly recordId: string | null;
    /** To the microsecond: what was read again meanwhile is not judged yet. */
    readonly readAt: string;
  };
const TASKS_PER_ROUND = 500;

/**
 * Draws the conclusions from everything that was read of the calls' Tasks since the last time.
 *
 * @param signal ends it after a round; what is left is judged the next time
 */
export async function judgeTasks(ledger: Ledger, orgId: string, signal?: AbortSignal): Promise<Judgements> {
  const total = { edited: 0, deleted: 0, restored: 0, outdated: 0 };
  while (signal?.aborted !== true) {
    const tasks = await unjudgedTasks(ledger.database, orgId);
    if (tasks.length === 0) break;
    const round = await judgeRound(ledger, orgId, tasks);
    total.edited += round.edited;
    total.deleted += round.deleted;
    total.restored += round.restored;
    total.outdated += round.outdated;
  }
  return total;
}

async function unjudgedTasks(connection: Connection, orgId: string): Promise<TaskRow[]> {
  return connection.query<TaskRow>(
    `select task.call_id as "callId", task.version, task.outcome, task.record_id as "recordId",
       task.is_deleted as "isDeleted", task.is_archived as "isArchived", task.read_at::text as "readAt",
       delivery.deleted_at is not null as "isNotedDeleted",
       case when delivery.delivered_at < task.read_at - interval '2 minutes'
         then delivery.delivered_version end as "deliveredVersion"
     from crm_call_task task left join crm_delivery delivery using (org_id, call_id)
     where task.org_id = $1 and not task.is_judged order by task.call_id limit $2`,
    [orgId, TASKS_PER_ROUND],
  );
}

async function judgeRound(ledger: Ledger, orgId: string, tasks: readonly TaskRow[]): Promise<Judgements> {
  const { database } = ledger;
  const found = await findCalls(
    database,
    orgId,
    tasks.map(({ callId }) => callId),
  );
  const calls = new Map(found.map((call) => [call.callId, call]));
  const edits: OrgOutcome[] = [];
  const lists = { deleted: [] as string[], restored: [] as string[], outdated: [] as string[] };
  for (const task of tasks) {
    const call = calls.get(task.callId);
    if (call === undefined) continue;
    const verdict = judgeTask(call, task, task);
    if (verdict.kind === 'edited')
      edits.push({ callId: task.callId, outcome: verdict.outcome, version: task.version });
    else if (verdict.kind !== 'fine') lists[verdict.kind].push(task.callId);
  }
  const edited = await recordOrgOutcomes(ledger, orgId, edits);
  await takeOverRecords(ledger, orgId, tasks);
  await database.transaction(async (connection) => {
    await noteDeleted(connection, orgId, lists.deleted);
    await makeDueAgain(connection, orgId, [...lists.restored, ...lists.outdated]);
    await connection.query(
      `update crm_call_task task set is_judged = true
       from unnest($2::uuid[], $3::timestamptz[]) as judged (call_id, read_at)
       where task.org_id = $1 and task.call_id = judged.call_id and task.read_at = judged.read_at`,
      [orgId, tasks.map(({ callId }) => callId), tasks.map(({ readAt }) => readAt)],
    );
  });
  const { deleted, restored, outdated } = lists;
  return {
    edited,
    deleted: deleted.length,
    restored: restored.length,
    outdated: outdated.length,
  };
}

/** A call whose number leads to several records, and whose rep named one on its Task, has that one. */
async function takeOverRecords(ledger: Ledger, orgId: string, tasks: readonly TaskRow[]): Promise<void> {
  const named = new Map(tasks.map(({ callId, recordId }) => [callId, recordId]));
  const waiting = await ledger.database.query<{ callId: string; userId: string }>(
    `select call_id as "callId", user_id as "userId" from crm_pending_match
     where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, [...named].flatMap(([callId, recordId]) => (recordId === null ? [] : [callId]))],
  );
  for (const { callId, userId } of waiting)
    await chooseRecord(ledger, { orgId, userId }, callId, named.get(callId) ?? '').catch((error: unknown) => {
      // A record that cannot stand for the number stays on the Task; the call goes on waiting.
      if (!(error instanceof Refusal)) throw error;
    });
}

async function noteDeleted(connection: Connection, orgId: string, callIds: readonly string[]): Promise<void> {
  await connection.query(
    `update crm_delivery set deleted_at = now(), due_at = null, due_since = null
     where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
}

/** The org has an older version of these calls, or none: they are sent again. */
export async function makeDueAgain(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<void> {
  await connection.query(
    `update crm_delivery delivery set deleted_at = null, dead_at = null, attempts = 0, due_at = now(),
       due_since = now(),
       delivered_version = (select task.version from crm_call_task task
         where task.org_id = $1 and task.call_id = delivery.call_id and not task.is_deleted)
     where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, callIds],
  );
}
