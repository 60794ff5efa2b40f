import type { Connection } from '../database/index.ts';
import type { CallDetail } from './callRecord.ts';
import { DETAIL_COLUMNS, withInstants, type Stored } from './findCalls.ts';

interface Rep {
  readonly orgId: string;
  readonly userId: string;
}

/** A call as a list shows it, which always has begun. */
export type RecentCall = CallDetail & {
  readonly startedAt: string;
  /** As `hashNumber` makes it; null where the caller withheld the number. */
  readonly numberHash: string | null;
  /** Digits behind the line's number; null for the line itself. */
  readonly extension: string | null;
};

/** The rep's last calls, newest first: all that were dialed or came in, consultations too. */
export async function recentCallsOf(
  connection: Connection,
  { orgId, userId }: Rep,
  limit: number,
): Promise<RecentCall[]> {
  const rows = await connection.query<Stored<RecentCall> & { readonly startedAt: Date }>(
    `select ${DETAIL_COLUMNS}, call.number_hash as "numberHash", personal.extension
     from call left join call_personal personal using (org_id, call_id)
     where call.org_id = $1 and call.user_id = $2 and call.started_at is not null
     order by call.started_at desc, call.call_id desc limit $3`,
    [orgId, userId, limit],
  );
  return rows.map((row) => ({ ...withInstants(row), startedAt: row.startedAt.toISOString() }));
}

/** How many calls the rep missed and has not looked at. */
export async function missedUnseenOf(connection: Connection, { orgId, userId }: Rep): Promise<number> {
  const [count] = await connection.query<{ missed: number }>(
    `select count(*) as missed from call
     where org_id = $1 and user_id = $2 and is_missed and not is_missed_seen`,
    [orgId, userId],
  );
  return count?.missed ?? 0;
}

/** The rep has looked at the missed calls, as far as they are known to be missed. */
export async function markMissedSeen(connection: Connection, { orgId, userId }: Rep): Promise<void> {
  await connection.query(
    `update call set is_missed_seen = true
     where org_id = $1 and user_id = $2 and is_missed and not is_missed_seen`,
    [orgId, userId],
  );
}
