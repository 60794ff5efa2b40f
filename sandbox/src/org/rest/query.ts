import { ApiError } from '../apiError.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runSoql } from '../soql/runSoql.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import type { QueryPage } from './queryCursors.ts';

const MAXIMUM_PAGE_SIZE = 2_000;
const MINIMUM_PAGE_SIZE = 200;

export const queryRoutes: readonly Route[] = [
  { method: 'GET', path: '/query', handle: (request) => query(request, 'query') },
  { method: 'GET', path: '/queryAll', handle: (request) => query(request, 'queryAll') },
  {
    method: 'GET',
    path: '/query/:locator',
    handle: (request, { locator = '' }) => queryMore(request, locator, 'query'),
  },
  {
    method: 'GET',
    path: '/queryAll/:locator',
    handle: (request, { locator = '' }) => queryMore(request, locator, 'queryAll'),
  },
];

async function query(request: ApiRequest, resource: 'query' | 'queryAll'): Promise<ApiResponse> {
  const soql = request.search.get('q');
  if (soql === null) throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const { totalSize, records } = await runSoql(request.work, request.work.connection, {
    soql,
    includesDeleted: resource === 'queryAll',
    version: request.version,
  });
  if (records.length === 0) return { status: 200, body: { totalSize, done: true, records } };
  const size = pageSize(request);
  if (records.length > size && typeOf(records[0]) === 'AggregateResult') {
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  }
  const page = request.org.cursors.open(request.work.access.userId, records, size);
  return { status: 200, body: pageBody(request, page, resource) };
}

function typeOf(record: OrgRecord | undefined): string | undefined {
  return (record?.['attributes'] as { type: string } | undefined)?.type;
}

async function queryMore(
  request: ApiRequest,
  locator: string,
  resource: 'query' | 'queryAll',
): Promise<ApiResponse> {
  const page = request.org.cursors.page(request.work.access.userId, locator, pageSize(request));
  if (!page) throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return Promise.resolve({ status: 200, body: pageBody(request, page, resource) });
}

function pageBody(request: ApiRequest, page: QueryPage, resource: string): unknown {
  const { totalSize, records, next } = page;
  if (next === null) return { totalSize, done: true, records };
  const nextRecordsUrl = `/services/data/v${request.version}/${resource}/${next}`;
  return { totalSize, done: false, nextRecordsUrl, records };
}

/** Reads `Sforce-Query-Options: batchSize=…`; the org keeps it between 200 and 2,000. */
function pageSize(request: ApiRequest): number {
  const size = /batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  if (size === undefined) return MAXIMUM_PAGE_SIZE;
  return Math.min(MAXIMUM_PAGE_SIZE, Math.max(MINIMUM_PAGE_SIZE, Number(size)));
}
