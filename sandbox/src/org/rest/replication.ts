import { DateTime } from 'luxon';

import { ApiError } from '../apiError.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type { Condition } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import { runSoql } from '../soql/runSoql.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from './api.ts';
import { objectOfPath } from './describe.ts';

/** Which records were deleted or changed in a span of time. They stand before the routes that take an id. */
export const replicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects/:type/deleted', handle: deleted },
  { method: 'GET', path: '/sobjects/:type/updated', handle: updated },
];

const MAXIMUM_AGE_DAYS = 30;

/** From the start, inclusive, to the end, exclusive; both are whole minutes. */
interface Span {
  readonly start: DateTime;
  readonly end: DateTime;
}

async function deleted(request: ApiRequest, { type = '' }: PathValues): Promise<ApiResponse> {
  const span = spanOf(request);
  const records = await stampedRecords(request, type, span, true);
  const organization = await runSoql(request.work, request.work.connection, {
    soql: 'SELECT CreatedDate FROM Organization',
    includesDeleted: false,
    version: request.version,
  });
  return {
    status: 200,
    body: {
      deletedRecords: records.map((record) => ({ id: record['Id'], deletedDate: record['SystemModstamp'] })),
      // Nothing is ever purged here.
      earliestDateAvailable: organization.records[0]?.['CreatedDate'],
      latestDateCovered: latestDateCovered(request, span),
    },
  };
}

async function updated(request: ApiRequest, { type = '' }: PathValues): Promise<ApiResponse> {
  const span = spanOf(request);
  const records = await stampedRecords(request, type, span, false);
  return {
    status: 200,
    body: {
      ids: records.map((record) => record['Id']),
      latestDateCovered: latestDateCovered(request, span),
    },
  };
}

async function stampedRecords(
  request: ApiRequest,
  type: string,
  { start, end }: Span,
  isDeleted: boolean,
): Promise<readonly OrgRecord[]> {
  const object = objectOfPath(request.work, type);
  const stamp = { kind: 'field', path: fieldPath('SystemModstamp') } as const;
  const bound = (operator: '>=' | '<', time: DateTime): Condition => ({
    kind: 'compare',
    operand: stamp,
    operator,
    value: { kind: 'datetime', text: time.toUTC().toISO() ?? '' },
  });
  const isDeletedSo: Condition = {
    kind: 'compare',
    operand: { kind: 'field', path: fieldPath('IsDeleted') },
    operator: '=',
    value: { kind: 'boolean', value: isDeleted },
  };
  const { records } = await runQuery(
    request.work,
    request.work.connection,
    {
      ...emptyQuery(object.name),
      select: ['Id', 'SystemModstamp'].map((name) => ({ kind: 'field', path: fieldPath(name), alias: null })),
      where: { kind: 'and', parts: [isDeletedSo, bound('>=', start), bound('<', end)] },
      orderBy: [{ operand: stamp, descending: false, nulls: null }],
      includesDeleted: true,
      includesArchived: true,
    },
    request.version,
  );
  return records;
}

function spanOf(request: ApiRequest): Span {
  const [start, end] = [timeOf(request, 'start'), timeOf(request, 'end')];
  if (end <= start) throw invalidSpan('endDate must be at least one minute greater than startDate');
  if (start < request.work.now.minus({ days: MAXIMUM_AGE_DAYS })) {
    throw invalidSpan(`startDate before ${MAXIMUM_AGE_DAYS} days ago`);
  }
  return { start, end };
}

/** The org looks at the minutes of a time and not at its seconds. */
function timeOf(request: ApiRequest, name: string): DateTime {
  // A plus that was not encoded arrives as a space.
  const text = request.search.get(name)?.replace(' ', '+') ?? '';
  const time = DateTime.fromISO(text, { zone: 'utc' });
  if (!text.includes('T') || !time.isValid) throw invalidSpan(`${name}Date is no date and time: ${text}`);
  return time.startOf('minute');
}

function latestDateCovered(request: ApiRequest, { end }: Span): string {
  const covered = DateTime.min(end, request.work.now).toUTC().startOf('minute');
  return covered.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");
}

function invalidSpan(message: string): ApiError {
  return new ApiError(400, 'INVALID_REPLICATION_DATE', message);
}
