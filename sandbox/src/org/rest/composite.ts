import { z } from 'zod';

import { ApiError } from '../apiError.ts';
import { inSavepoint } from '../storage/database.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import { parseBody } from './bodies.ts';
import { resolveReferences } from './compositeReferences.ts';
import { runSubrequest } from './subrequest.ts';

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

/** A subrequest's answer, and whether it stops an all-or-none series: a refusal, or a collection that was undone. */
interface Answered {
  readonly response: SubResponse;
  readonly hasFailed: boolean;
}

const PROCESSING_HALTED = [
  {
    errorCode: 'PROCESSING_HALTED',
    message: 'The transaction was rolled back since another operation in the same transaction failed.',
  },
];

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
        if (!allOrNone || !answered.some(({ hasFailed }) => hasFailed)) {
          return { result: answered.map(({ response }) => response), commit: true };
        }
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
): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const subrequest of series) {
    const isHalted = allOrNone && answered.some(({ hasFailed }) => hasFailed);
    answered.push(
      isHalted
        ? answerOf(subrequest, { status: 400, body: PROCESSING_HALTED })
        : await runOne(routes, { ...request, isAllOrNone: allOrNone }, subrequest, answered),
    );
  }
  return answered;
}

async function runOne(
  routes: readonly Route[],
  request: ApiRequest,
  subrequest: Subrequest,
  answered: readonly Answered[],
): Promise<Answered> {
  const values = new Map(
    answered
      .filter(({ response }) => response.httpStatusCode < 400)
      .map(({ response }) => [response.referenceId, response.body]),
  );
  try {
    const url = String(resolveReferences(subrequest.url, values));
    const body = resolveReferences(subrequest.body, values);
    const response = await runSubrequest(routes, request, {
      method: subrequest.method,
      url,
      body,
      headers: lowerCaseNames(subrequest.httpHeaders ?? {}),
    });
    return answerOf(subrequest, response);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return answerOf(subrequest, { status: error.status, body: [error.entry()] });
  }
}

function answerOf(subrequest: Subrequest, response: ApiResponse): Answered {
  return {
    response: {
      body: response.body ?? null,
      httpHeaders: response.headers ?? {},
      httpStatusCode: response.status,
      referenceId: subrequest.referenceId,
    },
    hasFailed: response.status >= 400 || response.isUndone === true,
  };
}

/** Nothing stays, so the requests that had succeeded answer that they were halted. */
function haltAll(answered: readonly Answered[]): SubResponse[] {
  return answered.map(({ response, hasFailed }) =>
    hasFailed ? response : { ...response, httpHeaders: {}, httpStatusCode: 400, body: PROCESSING_HALTED },
  );
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
