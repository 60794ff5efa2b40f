import type { Connection, Queue } from '../database/index.ts';
import { lockCalls } from './lockCalls.ts';
import { CALL_CHANGED_QUEUE, type CallChanged } from './recordEvents.ts';

export interface RecordAssignment {
  readonly orgId: string;
  readonly callIds: readonly string[];
  readonly recordId: string;
}

/**
 * Enters which record calls belong to, as their reps chose: a new version of each, and the job
 * {@link CALL_CHANGED_QUEUE}, in the caller's transaction. A call that has the record already, or whose personal data
 * was erased, stays as it is. Gives the ledger position of each rep concerned.
 */
export async function assignRecord(
  connection: Connection,
  queue: Queue,
  { orgId, callIds, recordId }: RecordAssignment,
): Promise<ReadonlyMap<string, number>> {
  const headers = await lockCalls(connection, orgId, callIds);
  const changed = await connection.query<{ callId: string }>(
    `update call_personal set record_id = $3
     where org_id = $1 and call_id = any($2::uuid[]) and record_id is distinct from $3
     returning call_id as "callId"`,
    [orgId, [...headers.keys()], recordId],
  );
  const jobs: CallChanged[] = [];
  for (const { callId } of changed) {
    const header = headers.get(callId)?.header;
    if (header === undefined) continue;
    header.position.value += 1;
    await connection.query(
      `update call set version = $3, record_version = $3, position = $4 where org_id = $1 and call_id = $2`,
      [orgId, callId, header.version, header.position.value],
    );
    jobs.push({ orgId, callId, userId: header.userId });
  }
  const positions = new Map(
    [...headers.values()].map(({ header: { userId, position } }) => [userId, position.value]),
  );
  for (const [userId, position] of positions)
    await connection.query('update rep_position set position = $3 where org_id = $1 and user_id = $2', [
      orgId,
      userId,
      position,
    ]);
  await queue.enqueue(connection, CALL_CHANGED_QUEUE, jobs);
  return positions;
}
