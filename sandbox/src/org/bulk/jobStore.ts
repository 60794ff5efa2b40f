import type { Connection } from '../storage/database.ts';
import type { IngestDefinition, JobKind, JobState, QueryDefinition } from './jobDefinition.ts';

/** A bulk job as it stands. */
export interface BulkJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly userId: string;
  /** e.g. `66.0` */
  readonly apiVersion: string;
  readonly definition: IngestDefinition | QueryDefinition;
  /** The columns of the upload or of the result, once they are known. */
  readonly columns: readonly string[] | null;
  readonly processedCount: number;
  readonly failedCount: number;
  readonly errorMessage: string | null;
  /** As the REST API writes times. */
  readonly createdDate: string;
  readonly systemModstamp: string;
  readonly totalMilliseconds: number;
}

/** What changes of a job. */
export interface JobChange {
  readonly state?: JobState;
  readonly columns?: readonly string[];
  readonly processedCount?: number;
  readonly failedCount?: number;
  readonly errorMessage?: string;
}

const TIME = `'YYYY-MM-DD"T"HH24:MI:SS.MS"+0000"'`;
const JOB_COLUMNS = `
  id, kind, state, user_id AS "userId", api_version AS "apiVersion", definition, columns,
  processed_count AS "processedCount", failed_count AS "failedCount", error_message AS "errorMessage",
  to_char(created_at AT TIME ZONE 'UTC', ${TIME}) AS "createdDate",
  to_char(changed_at AT TIME ZONE 'UTC', ${TIME}) AS "systemModstamp",
  (extract(epoch FROM changed_at - created_at) * 1000)::int AS "totalMilliseconds"`;

export async function createJobTables(connection: Connection): Promise<void> {
  await connection.query(
    `CREATE TABLE IF NOT EXISTS local_org.bulk_job (
       id text PRIMARY KEY, kind text NOT NULL, state text NOT NULL, user_id text NOT NULL, api_version text NOT NULL,
       definition jsonb NOT NULL, columns jsonb, upload text,
       processed_count int NOT NULL DEFAULT 0, failed_count int NOT NULL DEFAULT 0, error_message text,
       created_at timestamptz NOT NULL DEFAULT now(), changed_at timestamptz NOT NULL DEFAULT now())`,
  );
  await connection.query(
    `CREATE TABLE IF NOT EXISTS local_org.bulk_row (
       job_id text NOT NULL REFERENCES local_org.bulk_job ON DELETE CASCADE, position int NOT NULL, cells jsonb NOT NULL,
       outcome text, record_id text, error text, PRIMARY KEY (job_id, position))`,
  );
}

export async function insertJob(
  connection: Connection,
  job: Pick<BulkJob, 'id' | 'kind' | 'state' | 'userId' | 'apiVersion' | 'definition'>,
): Promise<BulkJob> {
  const [row] = await connection.query<BulkJob>(
    `INSERT INTO local_org.bulk_job (id, kind, state, user_id, api_version, definition)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${JOB_COLUMNS}`,
    [job.id, job.kind, job.state, job.userId, job.apiVersion, JSON.stringify(job.definition)],
  );
  if (!row) throw new Error('The new job is missing');
  return row;
}

/** A job of this user, or null. Locked, it waits for the batch that is being processed. */
export async function readJob(
  connection: Connection,
  kind: JobKind,
  id: string,
  userId: string | null,
  isLocked = false,
): Promise<BulkJob | null> {
  const [row] = await connection.query<BulkJob>(
    `SELECT ${JOB_COLUMNS} FROM local_org.bulk_job WHERE kind = $1 AND id = $2 AND user_id = $3
     ${isLocked ? 'FOR UPDATE' : ''}`,
    [kind, id, userId],
  );
  return row ?? null;
}

/** The oldest job that has something left to do and that nobody else works on, locked. */
export async function lockNextJob(connection: Connection): Promise<BulkJob | null> {
  const [row] = await connection.query<BulkJob>(
    `SELECT ${JOB_COLUMNS} FROM local_org.bulk_job WHERE state IN ('UploadComplete', 'InProgress')
      ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return row ?? null;
}

export async function changeJob(connection: Connection, id: string, change: JobChange): Promise<BulkJob> {
  const [row] = await connection.query<BulkJob>(
    `UPDATE local_org.bulk_job SET changed_at = clock_timestamp(), state = coalesce($2, state),
       columns = coalesce($3, columns), processed_count = coalesce($4, processed_count),
       failed_count = coalesce($5, failed_count), error_message = coalesce($6, error_message)
     WHERE id = $1 RETURNING ${JOB_COLUMNS}`,
    [
      id,
      change.state ?? null,
      change.columns === undefined ? null : JSON.stringify(change.columns),
      change.processedCount ?? null,
      change.failedCount ?? null,
      change.errorMessage ?? null,
    ],
  );
  if (!row) throw new Error(`The job ${id} is missing`);
  return row;
}

export async function deleteJob(connection: Connection, id: string): Promise<void> {
  await connection.query('DELETE FROM local_org.bulk_job WHERE id = $1', [id]);
}

/** Keeps the upload of a job. Answers false where it has one. */
export async function storeUpload(connection: Connection, id: string, upload: string): Promise<boolean> {
  const rows = await connection.query(
    'UPDATE local_org.bulk_job SET upload = $2 WHERE id = $1 AND upload IS NULL RETURNING id',
    [id, upload],
  );
  return rows.length > 0;
}

/** The upload, which the job gives up: its rows take its place. */
export async function takeUpload(connection: Connection, id: string): Promise<string> {
  const [row] = await connection.query<{ upload: string | null }>(
    'SELECT upload FROM local_org.bulk_job WHERE id = $1',
    [id],
  );
  await connection.query(`UPDATE local_org.bulk_job SET upload = '' WHERE id = $1`, [id]);
  return row?.upload ?? '';
}
