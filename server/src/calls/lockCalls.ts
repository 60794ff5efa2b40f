import type { Connection } from '../database/index.ts';
import { eventOf, EVENT_COLUMNS, type EventRow, type StoredEvent } from './eventStore.ts';

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

/** A call that may be changed, with all it has so far. Notes and follow-up days are not among the events. */
export interface LockedCall {
  readonly header: CallHeader;
  readonly events: readonly StoredEvent[];
}

type CallRow = { readonly callId: string; readonly userId: string; readonly version: number } & (
  EventRow | { readonly [Column in keyof EventRow]: null }
);

/**
 * Those of the org's calls that exist, with their reps' positions locked until the end of the transaction: so the
 * changes of one rep happen one after another. Locks are taken in the order of the user ids, so that two transactions
 * never wait for each other. The calls are read after that, in a statement that sees what was committed meanwhile.
 */
export async function lockCalls(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<Map<string, LockedCall>> {
  const ids = [...new Set(callIds.map((callId) => callId.toLowerCase()))];
  const positions = await connection.query<{ userId: string; position: number }>(
    `select user_id as "userId", position from rep_position
     where org_id = $1
       and user_id in (select user_id from call where org_id = $1 and call_id = any($2::uuid[]))
     order by user_id for update`,
    [orgId, ids],
  );
  const rows = await connection.query<CallRow>(
    `select call.call_id as "callId", call.user_id as "userId", call.version, ${EVENT_COLUMNS}
     from call left join call_event event using (org_id, call_id)
     where call.org_id = $1 and call.call_id = any($2::uuid[]) and call.user_id = any($3)`,
    [orgId, ids, positions.map(({ userId }) => userId)],
  );
  const positionOf = new Map(positions.map(({ userId, position }) => [userId, { value: position }]));
  return new Map(
    [...Map.groupBy(rows, ({ callId }) => callId)].flatMap(([callId, own]) => {
      const [{ userId, version } = { userId: '', version: 0 }] = own;
      const position = positionOf.get(userId);
      if (position === undefined) return [];
      const header = { orgId, callId, userId, version: version + 1, position };
      return [
        [callId, { header, events: own.flatMap((row) => (row.witness === null ? [] : [eventOf(row)])) }],
      ];
    }),
  );
}
