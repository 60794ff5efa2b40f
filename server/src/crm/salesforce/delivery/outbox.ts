import type { CallRecord } from '../../../calls/index.ts';
import type { Connection } from '../../../database/index.ts';

/** A call whose Task is due. */
export interface DueDelivery {
  readonly callId: string;
  /** The call's version that the org has; null while it is not known to have any. */
  readonly deliveredVersion: number | null;
  /** How often the org refused the call since it was due. */
  readonly attempts: number;
  readonly dueSince: Date;
}

/** What was sent in the same moment shares a request, and a rep's card has time to be worked out. */
const SETTLE_SECONDS = 1.5;
/** A rep who has just hung up is about to choose an outcome: one Task with it beats two writes. */
const WRAP_UP_SECONDS = 120;
/** A late fact of the network changes figures, not what the rep said: it can wait for company. */
const AMENDMENT_SECONDS = 10;

/**
 * Marks the calls that ended as due, in the transaction that learned of their change. A consultation becomes no Task:
 * the call that it was about has one. A mark only ever moves
 * forward in version and back in time, so marks may come twice and in any order. Only a newer version wakes a dead
 * letter, and has its own days before it is given up.
 *
 * @param at the moment of the mark; the database's clock when absent
 */
export async function markDue(
  connection: Connection,
  orgId: string,
  calls: readonly CallRecord[],
  at?: Date,
): Promise<void> {
  const ended = calls.filter(({ state, purpose }) => state === 'ended' && purpose === 'prospect');
  if (ended.length === 0) return;
  await connection.query(
    `insert into crm_delivery as known (org_id, call_id, due_version, due_since, due_at)
     select $1, call_id, version, coalesce($6, now()),
       case when outcome_version is null
         then greatest(coalesce($6, now()) + $7::interval, coalesce(ended_at, $6, now()) + $8::interval)
         else coalesce($6, now()) + $7::interval end
     from unnest($2::uuid[], $3::integer[], $4::integer[], $5::timestamptz[])
       as changed (call_id, version, outcome_version, ended_at)
     order by call_id
     on conflict (org_id, call_id) do update set
       due_version = greatest(known.due_version, excluded.due_version),
       due_since = case when known.dead_at is null then coalesce(known.due_since, excluded.due_since)
         else excluded.due_since end,
       due_at = least(known.due_at, case
         when known.delivered_version is null then excluded.due_at
         when (select outcome_version from unnest($2::uuid[], $4::integer[]) as said (call_id, outcome_version)
               where said.call_id = known.call_id) > known.delivered_version then excluded.due_at
         else coalesce($6, now()) + $9::interval end),
       attempts = 0, dead_at = null
     where excluded.due_version > coalesce(known.delivered_version, -1) and known.deleted_at is null
       and (known.dead_at is null or excluded.due_version > coalesce(known.due_version, -1))`,
    [
      orgId,
      ended.map(({ callId }) => callId),
      ended.map(({ version }) => version),
      ended.map(({ outcomeVersion }) => outcomeVersion),
      ended.map(({ endedAt }) => endedAt),
      at?.toISOString() ?? null,
      `${SETTLE_SECONDS} seconds`,
      `${WRAP_UP_SECONDS} seconds`,
      `${AMENDMENT_SECONDS} seconds`,
    ],
  );
}

/** The longest due calls of the org, at most so many; those that a bulk load carries are left out. */
export async function dueDeliveries(
  connection: Connection,
  orgId: string,
  now: Date,
  limit: number,
): Promise<DueDelivery[]> {
  return connection.query<DueDelivery>(
    `select call_id as "callId", delivered_version as "deliveredVersion", attempts, due_since as "dueSince"
     from crm_delivery where org_id = $1 and due_at <= $2 and load_id is null
     order by due_at, call_id limit $3`,
    [orgId, now.toISOString(), limit],
  );
}

/** The same of calls that were never sent, for a bulk load. */
export async function dueForLoad(
  connection: Connection,
  orgId: string,
  now: Date,
  limit: number,
): Promise<DueDelivery[]> {
  return connection.query<DueDelivery>(
    `select call_id as "callId", delivered_version as "deliveredVersion", attempts, due_since as "dueSince"
     from crm_delivery
     where org_id = $1 and due_at <= $2 and load_id is null and delivered_version is null and attempts = 0
     order by due_at, call_id limit $3`,
    [orgId, now.toISOString(), limit],
  );
}

/** Notes which versions of the calls the org has now. What became due meanwhile stays due. */
export async function recordDelivered(
  connection: Connection,
  orgId: string,
  delivered: readonly { callId: string; taskId: string; version: number }[],
): Promise<void> {
  if (delivered.length === 0) return;
  await connection.query(
    `update crm_delivery set task_id = done.task_id, delivered_version = done.version, delivered_at = now(),
       last_error = null, last_error_at = null, attempts = 0, dead_at = null, load_id = null, load_version = null,
       due_at = case when due_version > done.version then coalesce(due_at, now()) end,
       due_since = case when due_version > done.version then now() end
     from unnest($2::uuid[], $3::text[], $4::integer[]) as done (call_id, task_id, version)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = done.call_id`,
    [
      orgId,
      delivered.map(({ callId }) => callId),
      delivered.map(({ taskId }) => taskId),
      delivered.map(({ version }) => version),
    ],
  );
}

/** A call at a version. */
export interface CallVersion {
  readonly callId: string;
  readonly version: number;
}

/** The marks of calls that the org has already are taken away, up to the versions that were seen. */
export async function recordNothingDue(
  connection: Connection,
  orgId: string,
  calls: readonly CallVersion[],
): Promise<void> {
  if (calls.length === 0) return;
  await connection.query(
    `update crm_delivery set due_at = null, due_since = null, attempts = 0
     from unnest($2::uuid[], $3::integer[]) as seen (call_id, version)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = seen.call_id and due_version <= seen.version`,
    [orgId, calls.map(({ callId }) => callId), calls.map(({ version }) => version)],
  );
}

/** A refused call: when to try again, or null for never. */
export interface Refused extends CallVersion {
  /** The org's code, and behind it the field that it names. */
  readonly reason: string;
  readonly retryAt: Date | null;
}

/**
 * Notes why each call was refused; one that cannot be tried again becomes a dead letter. A version that became due
 * while the refused one was under way stays due: it may be what the org accepts.
 */
export async function recordRefused(
  connection: Connection,
  orgId: string,
  refused: readonly Refused[],
): Promise<void> {
  if (refused.length === 0) return;
  await connection.query(
    `update crm_delivery set last_error = failed.reason, last_error_at = now(), attempts = attempts + 1,
       due_at = case when due_version > failed.version then coalesce(due_at, now()) else failed.retry_at end,
       dead_at = case when failed.retry_at is null and due_version <= failed.version then now() end,
       load_id = null, load_version = null
     from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::integer[])
       as failed (call_id, reason, retry_at, version)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = failed.call_id`,
    [
      orgId,
      refused.map(({ callId }) => callId),
      refused.map(({ reason }) => reason),
      refused.map(({ retryAt }) => retryAt?.toISOString() ?? null),
      refused.map(({ version }) => version),
    ],
  );
}
