import { ApiError } from '../apiError.ts';
import type { SaveResult } from '../changes/saveMany.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { InvalidUpload, readCsv } from './csv.ts';
import { checkColumns, recordOf, saveBatch } from './ingestBatch.ts';
import type { IngestDefinition } from './jobDefinition.ts';
import { insertRows, storeOutcomes, waitingRows } from './jobRows.ts';
import type { JobRow } from './jobRows.ts';
import { changeJob, takeUpload } from './jobStore.ts';
import type { BulkJob } from './jobStore.ts';

/** Records in one batch, and in one transaction. */
const BATCH_SIZE = 200;

/**
 * Takes an ingest job one step on: first its upload becomes rows, then batch after batch is saved, each with its
 * outcomes in its own transaction, so that a job which is interrupted goes on where it was.
 * @param beforeBatch sees the records of a batch before they are saved.
 */
export async function runIngestStep(
  work: UnitOfWork,
  job: BulkJob,
  definition: IngestDefinition,
  beforeBatch: (records: readonly object[]) => Promise<void>,
): Promise<void> {
  const object = work.schema.object(definition.object);
  if (!object) throw new Error(`The object ${definition.object} is unknown`);
  if (job.columns === null) {
    await readUpload(work, job, object, definition);
    return;
  }
  const { columns } = job;
  const rows = await waitingRows(work.connection, job.id, BATCH_SIZE);
  const records = rows.map(({ cells }) => recordOf(work, object, columns, cells));
  await beforeBatch(records);
  const results = await saveOrFail(work, job, () => saveBatch(work, object, definition, records));
  if (results === null) return;
  await storeOutcomes(
    work.connection,
    job.id,
    rows.map((row, index) => outcomeOf(row, results[index])),
  );
  await changeJob(work.connection, job.id, {
    state: rows.length < BATCH_SIZE ? 'JobComplete' : 'InProgress',
    processedCount: job.processedCount + rows.length,
    failedCount: job.failedCount + results.filter(({ success }) => !success).length,
  });
}

/** What is wrong with the whole batch, e.g. a key that this user can no longer read, is wrong with the job. */
async function saveOrFail(
  work: UnitOfWork,
  job: BulkJob,
  save: () => Promise<SaveResult[]>,
): Promise<SaveResult[] | null> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const errorMessage = `InvalidBatch : ${error.message}`;
    await changeJob(work.connection, job.id, { state: 'Failed', errorMessage });
    return null;
  }
}

async function readUpload(
  work: UnitOfWork,
  job: BulkJob,
  object: ObjectDefinition,
  definition: IngestDefinition,
): Promise<void> {
  try {
    const { columns, rows } = readCsv(await takeUpload(work.connection, job.id), definition.lineEnding);
    await insertRows(work.connection, job.id, rows);
    await changeJob(work.connection, job.id, { state: 'InProgress', columns });
    checkColumns(work, object, columns);
  } catch (error) {
    if (!(error instanceof InvalidUpload)) throw error;
    await changeJob(work.connection, job.id, { state: 'Failed', errorMessage: error.message });
  }
}

function outcomeOf(
  { position }: JobRow,
  result: SaveResult | undefined,
): Pick<JobRow, 'position' | 'outcome' | 'recordId' | 'error'> {
  if (result?.success) {
    const outcome = result.created ? 'created' : 'saved';
    return { position, outcome, recordId: result.id ?? null, error: null };
  }
  const errors = (result?.errors ?? []).map(
    ({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(' ')} --`,
  );
  return { position, outcome: 'failed', recordId: null, error: errors.join(';') };
}
