import { ApiError, notFound } from '../apiError.ts';
import type { ApiRequest, ApiResponse } from '../rest/api.ts';
import { parseBody } from '../rest/bodies.ts';
import type { JobKind, JobState } from './jobDefinition.ts';
import { stateChange } from './jobDefinition.ts';
import { changeJob, deleteJob, readJob } from './jobStore.ts';
import type { BulkJob } from './jobStore.ts';

/** The user's own job. Throws `NOT_FOUND`. */
export async function jobOf(
  { work }: ApiRequest,
  kind: JobKind,
  id: string,
  isLocked = false,
): Promise<BulkJob> {
  const job = await readJob(work.connection, kind, id, work.access.userId, isLocked);
  if (!job) throw notFound();
  return job;
}

/** Ends the upload of an ingest job, or aborts a job that is not over. */
export async function changeState(request: ApiRequest, kind: JobKind, id: string): Promise<ApiResponse> {
  const { state } = parseBody(stateChange, request.body);
  const job = await jobOf(request, kind, id, true);
  const allowed: readonly JobState[] =
    state === 'UploadComplete' ? ['Open'] : ['Open', 'UploadComplete', 'InProgress'];
  if (!allowed.includes(job.state)) throw invalidState(`A job that is ${job.state} cannot become ${state}`);
  const changed = await changeJob(request.work.connection, job.id, { state });
  return {
    status: 200,
    body: jobHeader(changed),
    ...(state === 'UploadComplete' ? { afterCommit: request.org.wakeBulk } : {}),
  };
}

export async function removeJob(request: ApiRequest, kind: JobKind, id: string): Promise<ApiResponse> {
  const job = await jobOf(request, kind, id, true);
  if (job.state === 'InProgress') throw invalidState('A job that is InProgress cannot be deleted');
  await deleteJob(request.work.connection, job.id);
  return { status: 204 };
}

/** What is told of a job when it is made or changed. */
export function jobHeader(job: BulkJob): Readonly<Record<string, unknown>> {
  const { definition, apiVersion, id } = job;
  const { columnDelimiter, contentType, lineEnding, object, operation } = definition;
  return {
    id,
    operation,
    object,
    createdById: job.userId,
    createdDate: job.createdDate,
    systemModstamp: job.systemModstamp,
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType,
    apiVersion: Number(apiVersion),
    lineEnding,
    columnDelimiter,
    ...('query' in definition
      ? {}
      : {
          externalIdFieldName: definition.externalIdFieldName,
          contentUrl: `services/data/v${apiVersion}/jobs/ingest/${id}/batches`,
        }),
  };
}

/** What is told of a job when it is asked for. */
export async function describeJob(request: ApiRequest, kind: JobKind, id: string): Promise<ApiResponse> {
  const job = await jobOf(request, kind, id);
  return {
    status: 200,
    body: {
      ...jobHeader(job),
      jobType: kind === 'ingest' ? 'V2Ingest' : 'V2Query',
      retries: 0,
      totalProcessingTime: job.totalMilliseconds,
      numberRecordsProcessed: job.processedCount,
      ...(kind === 'ingest' ? { numberRecordsFailed: job.failedCount } : {}),
      ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    },
  };
}

export function invalidState(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOBSTATE', message);
}
