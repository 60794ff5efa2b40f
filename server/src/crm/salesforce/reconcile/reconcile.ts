import type { Ledger } from '../../../calls/index.ts';
import type { Connection } from '../../../database/index.ts';
import type { SalesforceOrganizations } from '../organizations.ts';
import { askForTasks, CALLS_PER_QUESTION } from './callTasks.ts';
import { judgeTasks, makeDueAgain, type Judgements } from './judgeTasks.ts';

export interface Reconciliation extends Judgements {
  /** Calls that were compared with their Tasks. */
  readonly compared: number;
  /** Calls of which the org had no Task although it had taken one; they are delivered again. */
  readonly missing: number;
}

export interface ReconcileOptions {
  readonly ledger: Ledger;
  readonly organizations: SalesforceOrganizations;
  readonly orgId: string;
  /** Calls delivered since then are compared. */
  readonly since: Date;
  readonly onProgress?: (progress: { readonly compared: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/**
 * Compares every call that was delivered since a moment with its Task in the org, and mends what differs: a missing
 * Task is delivered again, a deleted one is noted and stays deleted, an archived one is left alone, an outcome that
 * was edited in the org becomes the call's. Repeating it changes nothing more.
 *
 * @throws CrmError
 */
export async function reconcile(options: ReconcileOptions): Promise<Reconciliation> {
  const { ledger, organizations, orgId, onProgress, signal } = options;
  const { database } = ledger;
  const session = organizations.sessionOf(orgId);
  const [count] = await database.query<{ total: number }>(
    `select count(*) as total from crm_delivery
     where org_id = $1 and delivered_at >= $2 and delivered_version is not null`,
    [orgId, options.since.toISOString()],
  );
  let compared = 0;
  let missing = 0;
  let last = '00000000-0000-0000-0000-000000000000';
  while (signal?.aborted !== true) {
    const rows = await database.query<{ callId: string }>(
      `select call_id as "callId" from crm_delivery
       where org_id = $1 and delivered_at >= $2 and delivered_version is not null and call_id > $3
       order by call_id limit $4`,
      [orgId, options.since.toISOString(), last, CALLS_PER_QUESTION],
    );
    const callIds = rows.map(({ callId }) => callId);
    if (callIds.length === 0) break;
    const absent = await withoutDeleted(
      database,
      orgId,
      await askForTasks(database, session, orgId, callIds),
    );
    await database.query('delete from crm_call_task where org_id = $1 and call_id = any($2::uuid[])', [
      orgId,
      absent,
    ]);
    await makeDueAgain(database, orgId, absent);
    missing += absent.length;
    compared += callIds.length;
    last = callIds.at(-1) ?? last;
    onProgress?.({ compared, total: count?.total ?? 0 });
  }
  return { compared, missing, ...(await judgeTasks(ledger, orgId, signal)) };
}

/** A Task that was deleted is gone from the recycle bin some day, and is not missed then. */
async function withoutDeleted(
  connection: Connection,
  orgId: string,
  callIds: readonly string[],
): Promise<string[]> {
  const rows = await connection.query<{ callId: string }>(
    `select call_id as "callId" from crm_delivery
     where org_id = $1 and call_id = any($2::uuid[]) and deleted_at is null`,
    [orgId, callIds],
  );
  return rows.map(({ callId }) => callId);
}

const DAY_MS = 86_400_000;
/** Farther back than reps think of a call, and than any outage that was not noticed. */
const LOOK_BACK_MS = 8 * DAY_MS;

/** Reconciles an org once a day, whichever worker comes first; null when it is not due. */
export async function reconcileWhenDue(
  options: Omit<ReconcileOptions, 'since'>,
): Promise<Reconciliation | null> {
  const { ledger, orgId } = options;
  const taken = await ledger.database.query(
    `update crm_pace set reconciled_at = now()
     where org_id = $1 and coalesce(reconciled_at, '-infinity') < now() - interval '1 day' returning org_id`,
    [orgId],
  );
  if (taken.length === 0) return null;
  return reconcile({ ...options, since: new Date(Date.now() - LOOK_BACK_MS) });
}
