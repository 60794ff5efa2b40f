import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Connection } from '../../../database/index.ts';
import { CrmError } from '../../port.ts';
import type { SalesforceSession } from '../session.ts';
import { readLoad } from './readLoad.ts';
import type { RefusedCall } from './sendTasks.ts';

/** From so many new Tasks on, one load costs the org and its daily requests less than collections do. */
const BULK_FROM = 2_000;
const UPSERT_TASKS = {
  object: 'Task',
  operation: 'upsert',
  externalIdFieldName: 'Call_Id__c',
  contentType: 'CSV',
  lineEnding: 'LF',
};
/** Whether the rep promised something in the call that the org does not have. */
const HAS_PROMISE = `exists (select from call_personal personal
         where personal.org_id = crm_delivery.org_id and personal.call_id = crm_delivery.call_id
           and personal.follow_up_on is distinct from crm_delivery.follow_up_on)`;
const LOAD_ALONE_MINUTES = 10;
const ASK_FOR_BULK_AGAIN_HOURS = 1;
const FIRST_POLL_SECONDS = 1;
const LONGEST_POLL_SECONDS = 30;

const jobSchema = z.object({
  id: z.string().check(z.regex(/^[\w]{15,18}$/u)),
  state: z.string(),
  numberRecordsFailed: z.optional(z.number()),
});
const failedSchema = z.array(z.object({ Call_Id__c: z.string() }));

/** What a load is made of. */
export interface LoadContext {
  readonly connection: Connection;
  readonly session: SalesforceSession;
  readonly orgId: string;
  readonly now: Date;
  /** The monotonic moment (ms) after which nothing may be sent. */
  readonly until: number;
}

/** Whether more new Tasks are due than collections should carry, and no load is under way. */
export async function needsLoad(
  { connection, orgId, now }: LoadContext,
  bulkFrom = BULK_FROM,
): Promise<boolean> {
  const [row] = await connection.query<{ needs: boolean }>(
    `select count(*) > $3 and not exists (select from crm_bulk_load where org_id = $1)
       and not exists (select from crm_pace where org_id = $1 and no_bulk_until > $2) as needs
     from (select from crm_delivery
           where org_id = $1 and due_at <= $2 and load_id is null and delivered_version is null and attempts = 0
           limit $3 + 1) as waiting`,
    [orgId, now.toISOString(), bulkFrom],
  );
  return row?.needs === true;
}

/**
 * Hands new Tasks to the org as one load of its Bulk API, and gives the calls that could not go yet; null where the
 * org has no Bulk API for the relay, which then sends them as ever. The note of the load is committed last: after a
 * crash in between, the calls are sent again, and the org has each once all the same.
 *
 * @throws CrmError
 */
export async function startLoad(context: LoadContext): Promise<readonly RefusedCall[] | null> {
  const { connection, session, orgId, now, until } = context;
  const job = await openJob(context);
  if (job === null) return null;
  const { csv, callIds, versions, unknown } = await readLoad(connection, orgId, now);
  if (callIds.length === 0) return unknown;
  const path = `/jobs/ingest/${job.id}`;
  await session.request({ method: 'PUT', path: `${path}/batches`, body: csv, until }, z.unknown());
  await session.request({ method: 'PATCH', path, body: { state: 'UploadComplete' }, until }, jobSchema);
  const loadId = randomUUID();
  await connection.query(
    `insert into crm_bulk_load (org_id, load_id, job_id, started_at, poll_at)
     values ($1, $2, $3, $4, $4::timestamptz + $5 * interval '1 second')`,
    [orgId, loadId, job.id, now.toISOString(), FIRST_POLL_SECONDS],
  );
  await connection.query(
    `update crm_delivery set load_id = $2, load_version = loaded.version
     from unnest($3::uuid[], $4::integer[]) as loaded (call_id, version)
     where crm_delivery.org_id = $1 and crm_delivery.call_id = loaded.call_id`,
    [orgId, loadId, callIds, versions],
  );
  return unknown;
}

async function openJob(context: LoadContext): Promise<z.infer<typeof jobSchema> | null> {
  const { connection, session, orgId, now, until } = context;
  try {
    return await session.request(
      { method: 'POST', path: '/jobs/ingest', body: UPSERT_TASKS, until },
      jobSchema,
    );
  } catch (error) {
    if (!(error instanceof CrmError) || error.isRetryable) throw error;
    await connection.query(
      `update crm_pace set no_bulk_until = $2::timestamptz + $3 * interval '1 hour' where org_id = $1`,
      [orgId, now.toISOString(), ASK_FOR_BULK_AGAIN_HOURS],
    );
    return null;
  }
}

/**
 * Asks for the load that is under way, when it is time, and takes in what became of its rows. Those that the org
 * refused are due again: alone, where the answer shows how to mend them.
 *
 * @throws CrmError
 */
export async function followLoad(context: LoadContext): Promise<void> {
  const { connection, session, orgId, now, until } = context;
  const [load] = await connection.query<{ loadId: string; jobId: string; startedAt: Date }>(
    `select load_id as "loadId", job_id as "jobId", started_at as "startedAt" from crm_bulk_load
     where org_id = $1 and poll_at <= $2`,
    [orgId, now.toISOString()],
  );
  if (load === undefined) return;
  const path = `/jobs/ingest/${load.jobId}`;
  const job = await askForJob(context, path);
  const { state } = job;
  if (state === 'JobComplete') {
    const failed =
      job.numberRecordsFailed === 0
        ? []
        : await session.request({ method: 'GET', path: `${path}/failedResults`, until }, failedSchema);
    await recordWritten(
      context,
      load.loadId,
      failed.map((row) => row.Call_Id__c),
    );
  } else if (state !== 'Failed' && state !== 'Aborted') {
    const seconds = Math.min(LONGEST_POLL_SECONDS, (now.getTime() - load.startedAt.getTime()) / 4_000);
    await connection.query(
      `update crm_bulk_load set poll_at = $3::timestamptz + $4 * interval '1 second'
       where org_id = $1 and load_id = $2`,
      [orgId, load.loadId, now.toISOString(), Math.max(FIRST_POLL_SECONDS, seconds)],
    );
    return;
  }
  await endLoad(context, load.loadId);
  if (state !== 'JobComplete') throw new CrmError(`BULK_JOB_${state.toUpperCase()}`, true);
}

/**
 * Whether other Tasks wait for a load: so no account is written by both at once, and the backlog goes first. An org
 * that takes its time holds nobody up for longer than some minutes; whoever meets at an account then tries again.
 */
export async function waitsForLoad({ connection, orgId, now }: LoadContext): Promise<boolean> {
  const rows = await connection.query(
    `select from crm_bulk_load where org_id = $1 and started_at > $2::timestamptz - $3 * interval '1 minute'`,
    [orgId, now.toISOString(), LOAD_ALONE_MINUTES],
  );
  return rows.length > 0;
}

/** A job that the org no longer has, or no longer shows, has failed: its calls must not wait for it for ever. */
async function askForJob(
  { session, until }: LoadContext,
  path: string,
): Promise<Pick<z.infer<typeof jobSchema>, 'state' | 'numberRecordsFailed'>> {
  try {
    return await session.request({ method: 'GET', path, until }, jobSchema);
  } catch (error) {
    if (error instanceof CrmError && !error.isRetryable) return { state: 'Failed' };
    throw error;
  }
}

/**
 * All that the org did not refuse it has written; which Task it is the next read of the org tells. What was promised
 * in these calls goes behind, as Tasks of its own.
 */
async function recordWritten(
  { connection, orgId }: LoadContext,
  loadId: string,
  failedCallIds: readonly string[],
): Promise<void> {
  await connection.query(
    `update crm_delivery set delivered_version = load_version, delivered_at = now(), last_error = null,
       last_error_at = null, attempts = 0, dead_at = null,
       due_at = case when due_version > load_version or ${HAS_PROMISE} then coalesce(due_at, now()) end,
       due_since = case when due_version > load_version or ${HAS_PROMISE} then now() end, load_id = null,
       load_version = null
     where org_id = $1 and load_id = $2 and not call_id = any($3::uuid[])`,
    [orgId, loadId, failedCallIds],
  );
}

async function endLoad({ connection, orgId, now }: LoadContext, loadId: string): Promise<void> {
  await connection.query(
    `update crm_delivery set load_id = null, load_version = null, attempts = attempts + 1,
       due_at = coalesce(due_at, $3)
     where org_id = $1 and load_id = $2`,
    [orgId, loadId, now.toISOString()],
  );
  await connection.query('delete from crm_bulk_load where org_id = $1 and load_id = $2', [orgId, loadId]);
}
