import type { Connection } from '../../database/index.ts';

/** What the relay knows of a call's Task. */
export interface Delivery {
  readonly callId: string;
  readonly taskId: string | null;
  /** The call's version that the org has; null while it is not known to have any. */
  readonly deliveredVersion: number | null;
}

/** How long a transaction may wait for the org while it holds its locks: longer than two requests may take. */
const IDLE_TIMEOUT_MS = 90_000;

/**
 * Locks the deliveries of these calls until the transaction ends. Everybody locks in the order of the call ids, so
 * that two workers wait for one another and never both.
 */
export async function lockDeliveries(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  await connection.query("select set_config('idle_in_transaction_session_timeout', $1, true)", [
    String(IDLE_TIMEOUT_MS),
  ]);
  await connection.query(
    `insert into crm_delivery (org_id, call_id)
     select $1, call_id from unnest($2::uuid[]) as call_id order by call_id
     on conflict (org_id, call_id) do nothing`,
    [orgId, callIds],
  );
  const rows = await connection.query<Delivery>(
    `select call_id as "callId", task_id as "taskId", delivered_version as "deliveredVersion"
     from crm_delivery where org_id = $1 and call_id = any($2::uuid[]) order by call_id for update`,
    [orgId, callIds],
  );
  return new Map(rows.map((row) => [row.callId, row]));
}

/** Notes which versions of the calls the org has now. */
export async function recordDelivered(
  connection: Connection,
  orgId: string,
  delivered: readonly { callId: string; taskId: string; version: number }[],
): Promise<void> {
  await connection.query(
    `update crm_delivery set task_id = done.task_id, delivered_version = done.version, delivered_at = now(),
       last_error = null, last_error_at = null
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

/** Notes the code with which the org refused each of these calls. */
export async function recordRefused(
  connection: Connection,
  orgId: string,
  refused: readonly { callId: string; code: string }[],
): Promise<void> {
  await connection.query(
    `update crm_delivery set last_error = failed.code, last_error_at = now()
     from unnest($2::uuid[], $3::text[]) as failed (call_id, code)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = failed.call_id`,
    [orgId, refused.map(({ callId }) => callId), refused.map(({ code }) => code)],
  );
}
