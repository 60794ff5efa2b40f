import { ApiError } from '../apiError.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from '../rest/api.ts';
import { parseBody } from '../rest/bodies.ts';
import { writeCsv } from './csv.ts';
import { queryDefinition } from './jobDefinition.ts';
import { changeState, describeJob, invalidState, jobHeader, jobOf, removeJob } from './jobRoutes.ts';
import { rowsFrom } from './jobRows.ts';
import { insertJob } from './jobStore.ts';
import { checkBulkQuery } from './runQueryJob.ts';

/** Query jobs of Bulk API 2.0. */
export const queryJobRoutes: readonly Route[] = [
  { method: 'POST', path: '/jobs/query', handle: open },
  {
    method: 'PATCH',
    path: '/jobs/query/:id',
    handle: (request, { id = '' }) => changeState(request, 'query', id),
  },
  {
    method: 'GET',
    path: '/jobs/query/:id',
    handle: (request, { id = '' }) => describeJob(request, 'query', id),
  },
  {
    method: 'DELETE',
    path: '/jobs/query/:id',
    handle: (request, { id = '' }) => removeJob(request, 'query', id),
  },
  { method: 'GET', path: '/jobs/query/:id/results', handle: results },
];

const JOB_PREFIX = '750';
/** Rows of a page where the request does not say. */
const DEFAULT_PAGE_SIZE = 250_000;

async function open(request: ApiRequest): Promise<ApiResponse> {
  const { work } = request;
  const definition = parseBody(queryDefinition, request.body);
  const object = checkBulkQuery(work, definition.query);
  const job = await insertJob(work.connection, {
    id: await work.ids.next(work.connection, JOB_PREFIX),
    kind: 'query',
    state: 'UploadComplete',
    userId: work.access.userId ?? '',
    apiVersion: request.version,
    definition: { ...definition, object },
  });
  return { status: 200, body: jobHeader(job), afterCommit: request.org.wakeBulk };
}

/** A page of the result. `Sforce-Locator` leads to the next one; behind the last it is the word null. */
async function results(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  const job = await jobOf(request, 'query', id);
  if (job.state !== 'JobComplete') throw invalidState(`The job is ${job.state}: it has no result`);
  const start = startOf(request.search.get('locator'));
  const maximum = pageSizeOf(request.search.get('maxRecords'));
  const rows = await rowsFrom(request.work.connection, job.id, start, maximum);
  const end = start + rows.length;
  return {
    status: 200,
    text: writeCsv(
      job.columns ?? [],
      rows.map(({ cells }) => cells),
      job.definition.lineEnding,
    ),
    headers: {
      'Content-Type': 'text/csv',
      'Sforce-Locator': end < job.processedCount ? locatorOf(end) : 'null',
      'Sforce-NumberOfRecords': String(rows.length),
    },
  };
}

function locatorOf(start: number): string {
  return Buffer.from(String(start)).toString('base64url');
}

function startOf(locator: string | null): number {
  if (locator === null || locator === '') return 0;
  const text = Buffer.from(locator, 'base64url').toString();
  if (!/^\d{1,9}$/.test(text)) throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return Number(text);
}

function pageSizeOf(maxRecords: string | null): number {
  if (maxRecords === null) return DEFAULT_PAGE_SIZE;
  if (!/^[1-9]\d{0,8}$/.test(maxRecords)) {
    throw new ApiError(400, 'INVALID_INPUT', 'maxRecords must be a whole number, 1 or more');
  }
  return Number(maxRecords);
}
