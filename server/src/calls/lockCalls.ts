import type { Connection } from '../database/index.ts';

/** A call that a transaction may change. */
export interface CallHeader {
  readonly orgId: string;
  readonly callId: string;
  readonly userId: string;
  /** The version the call will have if this transaction changes it. */
  readonly version: number;
  /** The rep's position; shared by all calls of the rep in the transaction. */
  readonly position: { value: number };
}

/**
 * Those of the org's calls that exist, with their reps' positions locked until the end of the transaction: so the
 * changes of one rep happen one after another. Locks are taken in the order of the user ids, so that two transactions
 * never wait for each other.
 */
export async function lockCalls(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<Map<string, CallHeader>> {
  const ids = [...new Set(callIds.map((callId) => callId.toLowerCase()))];
  const known = await connection.query<{ callId: string; userId: string }>(
    `select call_id as "callId", user_id as "userId" from call
     where org_id = $1 and call_id = any($2::uuid[])`,
    [orgId, ids],
  );
  const positions = await connection.query<{ userId: string; position: number }>(
    `select user_id as "userId", position from rep_position
     where org_id = $1 and user_id = any($2) order by user_id for update`,
    [orgId, [...new Set(known.map(({ userId }) => userId))]],
  );
  const positionOf = new Map(positions.map(({ userId, position }) => [userId, { value: position }]));
  const versions = await connection.query<{ callId: string; version: number }>(
    'select call_id as "callId", version from call where org_id = $1 and call_id = any($2::uuid[])',
    [orgId, ids],
  );
  const versionOf = new Map(versions.map(({ callId, version }) => [callId, version]));
  return new Map(
    known.map(({ callId, userId }) => {
      const position = positionOf.get(userId);
      if (position === undefined) throw new Error('A call has no position row of its rep');
      const version = (versionOf.get(callId) ?? 0) + 1;
      return [callId, { orgId, callId, userId, version, position }];
    }),
  );
}
