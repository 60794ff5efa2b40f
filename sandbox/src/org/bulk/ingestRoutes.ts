import { objectAccess } from '../access/permissions.ts';
import { ApiError } from '../apiError.ts';
import { externalIdField } from '../changes/upsertRecord.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from '../rest/api.ts';
import { parseBody } from '../rest/bodies.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { writeCsv } from './csv.ts';
import type { IngestDefinition } from './jobDefinition.ts';
import { ingestDefinition } from './jobDefinition.ts';
import { changeState, describeJob, invalidState, jobHeader, jobOf, removeJob } from './jobRoutes.ts';
import { rowsWith } from './jobRows.ts';
import type { JobRow } from './jobRows.ts';
import { insertJob, storeUpload } from './jobStore.ts';

/** Ingest jobs of Bulk API 2.0: open, upload, close, ask, fetch results, delete. */
export const ingestRoutes: readonly Route[] = [
  { method: 'POST', path: '/jobs/ingest', handle: open },
  { method: 'PUT', path: '/jobs/ingest/:id/batches', handle: upload },
  {
    method: 'PATCH',
    path: '/jobs/ingest/:id',
    handle: (request, { id = '' }) => changeState(request, 'ingest', id),
  },
  {
    method: 'GET',
    path: '/jobs/ingest/:id',
    handle: (request, { id = '' }) => describeJob(request, 'ingest', id),
  },
  {
    method: 'DELETE',
    path: '/jobs/ingest/:id',
    handle: (request, { id = '' }) => removeJob(request, 'ingest', id),
  },
  { method: 'GET', path: '/jobs/ingest/:id/successfulResults', handle: successfulResults },
  { method: 'GET', path: '/jobs/ingest/:id/failedResults', handle: failedResults },
  { method: 'GET', path: '/jobs/ingest/:id/unprocessedrecords', handle: unprocessedRecords },
];

const JOB_PREFIX = '750';

async function open(request: ApiRequest): Promise<ApiResponse> {
  const { work } = request;
  const definition = parseBody(ingestDefinition, request.body);
  const object = ingestObject(request, definition.object);
  checkKey(request, object, definition);
  const job = await insertJob(work.connection, {
    id: await work.ids.next(work.connection, JOB_PREFIX),
    kind: 'ingest',
    state: 'Open',
    userId: work.access.userId ?? '',
    apiVersion: request.version,
    definition: { ...definition, object: object.name },
  });
  return { status: 200, body: jobHeader(job) };
}

function ingestObject({ work }: ApiRequest, name: string): ObjectDefinition {
  const object = work.schema.object(name);
  if (object && object.kind !== 'view' && objectAccess(work.access, object).read) return object;
  throw new ApiError(
    400,
    'INVALIDENTITY',
    `InvalidEntity : Entity '${name}' is not supported by the Bulk API.`,
  );
}

function checkKey({ work }: ApiRequest, object: ObjectDefinition, definition: IngestDefinition): void {
  if (definition.operation !== 'upsert') return;
  const name = definition.externalIdFieldName ?? '';
  if (name === '') {
    throw invalidJob(
      `External ID was blank for ${object.name}. An External ID must be specified for upsert.`,
    );
  }
  try {
    externalIdField(work, object, name);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw invalidJob(
      `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
    );
  }
}

function invalidJob(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}

async function upload(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  const job = await jobOf(request, 'ingest', id, true);
  if (job.state !== 'Open') throw invalidState(`The job is ${job.state}: only an open one takes data`);
  if (typeof request.body !== 'string') {
    throw new ApiError(400, 'INVALIDBATCH', 'The upload must be CSV, as text/csv');
  }
  if (!(await storeUpload(request.work.connection, job.id, request.body))) {
    throw new ApiError(
      400,
      'INVALIDBATCH',
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  }
  return { status: 201 };
}

async function successfulResults(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  return results(request, id, ['created', 'saved'], ['sf__Id', 'sf__Created'], (row) => [
    row.recordId ?? '',
    String(row.outcome === 'created'),
  ]);
}

async function failedResults(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  return results(request, id, ['failed'], ['sf__Id', 'sf__Error'], (row) => [
    row.recordId ?? '',
    row.error ?? '',
  ]);
}

/** The rows that an aborted or failed job never came to. */
async function unprocessedRecords(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  return results(request, id, 'waiting', [], () => []);
}

async function results(
  request: ApiRequest,
  id: string,
  outcomes: Parameters<typeof rowsWith>[2],
  leading: readonly string[],
  leadingCells: (row: JobRow) => readonly string[],
): Promise<ApiResponse> {
  const job = await jobOf(request, 'ingest', id);
  const rows = await rowsWith(request.work.connection, job.id, outcomes);
  return {
    status: 200,
    text: writeCsv(
      [...leading, ...(job.columns ?? [])],
      rows.map((row) => [...leadingCells(row), ...row.cells]),
      job.definition.lineEnding,
    ),
    headers: { 'Content-Type': 'text/csv' },
  };
}
