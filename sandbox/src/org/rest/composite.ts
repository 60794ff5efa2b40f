import { z } from 'zod';

import { ApiError } from '../apiError.ts';
import { inSavepoint } from '../storage/database.ts';
import { dispatch } from './api.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import { parseBody } from './bodies.ts';
import { resolveReferences } from './compositeReferences.ts';

const MAXIMUM_SUBREQUESTS = 25;

const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PATCH', 'DELETE', 'PUT']),
      url: z.string(),
      referenceId: z.string().regex(/^\w+$/),
      body: z.unknown().optional(),
      httpHeaders: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

type Subrequest = z.output<typeof compositeBody>['compositeRequest'][number];

interface SubResponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

const HALTED_WITH_ALL =
  'The transaction was rolled back since another operation in the same transaction failed.';

/** A series of requests in one call, each able to refer to the answers before it. */
export function compositeRoute(routes: () => readonly Route[]): Route {
  return {
    method: 'POST',
    path: '/composite',
    handle: async (request) => {
      const { allOrNone, compositeRequest } = parseBody(compositeBody, request.body);
      checkSeries(compositeRequest);
      const responses = await inSavepoint(request.work.connection, async () => {
        const answered = await runSeries(routes(), request, compositeRequest, allOrNone);
        const hasFailed = answered.some(({ httpStatusCode }) => httpStatusCode >= 400);
        if (!allOrNone || !hasFailed) return { result: answered, commit: true };
        return { result: haltAll(answered), commit: false };
      });
      return { status: 200, body: { compositeResponse: responses } };
    },
  };
}

function checkSeries(series: readonly Subrequest[]): void {
  if (series.length > MAXIMUM_SUBREQUESTS) {
    throw new ApiError(
      400,
      'LIMIT_EXCEEDED',
      `The composite request has ${series.length} subrequests; at most ${MAXIMUM_SUBREQUESTS} are allowed.`,
    );
  }
  const ids = series.map(({ referenceId }) => referenceId);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) {
    throw new ApiError(400, 'INVALID_INPUT', `Duplicate referenceId provided in request: ${double}.`);
  }
}

async function runSeries(
  routes: readonly Route[],
  request: ApiRequest,
  series: readonly Subrequest[],
  allOrNone: boolean,
): Promise<SubResponse[]> {
  const answered: SubResponse[] = [];
  for (const subrequest of series) {
    const halted = allOrNone && answered.some(({ httpStatusCode }) => httpStatusCode >= 400);
    answered.push(
      halted
        ? { ...subResponse(subrequest, { status: 400, body: processingHalted(HALTED_WITH_ALL) }) }
        : await runOne(routes, request, subrequest, answered),
    );
  }
  return answered;
}

async function runOne(
  routes: readonly Route[],
  request: ApiRequest,
  subrequest: Subrequest,
  answered: readonly SubResponse[],
): Promise<SubResponse> {
  const values = new Map(
    answered
      .filter(({ httpStatusCode }) => httpStatusCode < 400)
      .map(({ referenceId, body }) => [referenceId, body]),
  );
  try {
    const url = String(resolveReferences(subrequest.url, values));
    const body = resolveReferences(subrequest.body, values);
    const address = new URL(url, 'http://org.local');
    const parts = /^\/services\/data\/v(\d+\.0)(\/.*)?$/.exec(address.pathname);
    if (!parts?.[1])
      throw new ApiError(400, 'INVALID_INPUT', `The url ${subrequest.url} is not a REST resource`);
    const response = await inSavepoint(request.work.connection, async () => {
      const result = await dispatch(routes, {
        ...request,
        method: subrequest.method,
        path: parts[2] ?? '',
        search: address.searchParams,
        body,
        version: parts[1] ?? request.version,
        headers: lowerCaseNames(subrequest.httpHeaders ?? {}),
      });
      return { result, commit: result.status < 400 };
    });
    return subResponse(subrequest, response);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return subResponse(subrequest, { status: error.status, body: [error.entry()] });
  }
}

function subResponse(subrequest: Subrequest, response: ApiResponse): SubResponse {
  return {
    body: response.body ?? null,
    httpHeaders: response.headers ?? {},
    httpStatusCode: response.status,
    referenceId: subrequest.referenceId,
  };
}

/** Nothing stays, so the requests that had succeeded answer that they were halted. */
function haltAll(answered: readonly SubResponse[]): SubResponse[] {
  return answered.map((response) =>
    response.httpStatusCode >= 400
      ? response
      : { ...response, httpHeaders: {}, httpStatusCode: 400, body: processingHalted(HALTED_WITH_ALL) },
  );
}

function processingHalted(message: string): unknown {
  return [{ errorCode: 'PROCESSING_HALTED', message }];
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
