import type { Connection } from '../storage/database.ts';

/** What became of a row; null while it waits. */
export type RowOutcome = 'created' | 'saved' | 'failed';

/** A row of an upload or of a query's result. */
export interface JobRow {
  readonly position: number;
  /** In the order of the job's columns. */
  readonly cells: readonly string[];
  readonly outcome: RowOutcome | null;
  readonly recordId: string | null;
  /** As the results write it: code, message and fields. */
  readonly error: string | null;
}

const ROW_COLUMNS = 'position, cells, outcome, record_id AS "recordId", error';

/** Appends rows from position 0 on. */
export async function insertRows(
  connection: Connection,
  jobId: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  await connection.query(
    `INSERT INTO local_org.bulk_row (job_id, position, cells)
     SELECT $1, ordinality - 1, cells FROM unnest($2::jsonb[]) WITH ORDINALITY AS given (cells, ordinality)`,
    [jobId, rows.map((cells) => JSON.stringify(cells))],
  );
}

/** The next rows that have no outcome, in order. */
export async function waitingRows(connection: Connection, jobId: string, maximum: number): Promise<JobRow[]> {
  return connection.query<JobRow>(
    `SELECT ${ROW_COLUMNS} FROM local_org.bulk_row WHERE job_id = $1 AND outcome IS NULL ORDER BY position LIMIT $2`,
    [jobId, maximum],
  );
}

export async function storeOutcomes(
  connection: Connection,
  jobId: string,
  rows: readonly Pick<JobRow, 'position' | 'outcome' | 'recordId' | 'error'>[],
): Promise<void> {
  await connection.query(
    `UPDATE local_org.bulk_row r SET outcome = given.outcome, record_id = given.record_id, error = given.error
       FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS given (position, outcome, record_id, error)
      WHERE r.job_id = $1 AND r.position = given.position`,
    [
      jobId,
      rows.map(({ position }) => position),
      rows.map(({ outcome }) => outcome),
      rows.map(({ recordId }) => recordId),
      rows.map(({ error }) => error),
    ],
  );
}

/** The rows with one of these outcomes, or those that wait, in order. */
export async function rowsWith(
  connection: Connection,
  jobId: string,
  outcomes: readonly RowOutcome[] | 'waiting',
): Promise<JobRow[]> {
  const [condition, values] =
    outcomes === 'waiting' ? ['outcome IS NULL', []] : ['outcome = ANY($2::text[])', [outcomes]];
  return connection.query<JobRow>(
    `SELECT ${ROW_COLUMNS} FROM local_org.bulk_row WHERE job_id = $1 AND ${condition} ORDER BY position`,
    [jobId, ...values],
  );
}

/** A page of a result. */
export async function rowsFrom(
  connection: Connection,
  jobId: string,
  start: number,
  maximum: number,
): Promise<JobRow[]> {
  return connection.query<JobRow>(
    `SELECT ${ROW_COLUMNS} FROM local_org.bulk_row WHERE job_id = $1 AND position >= $2 ORDER BY position LIMIT $3`,
    [jobId, start, maximum],
  );
}
