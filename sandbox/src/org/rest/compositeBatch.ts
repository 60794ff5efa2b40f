import { z } from 'zod';

import { ApiError } from '../apiError.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import { parseBody } from './bodies.ts';
import { runSubrequest } from './subrequest.ts';

const MAXIMUM_SUBREQUESTS = 25;

const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PATCH', 'DELETE', 'PUT']),
      url: z.string(),
      richInput: z.unknown().optional(),
    }),
  ),
});

type BatchRequest = z.output<typeof batchBody>['batchRequests'][number];

const HALTED: ApiResponse = {
  status: 412,
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

/** Independent requests in one call: what one has changed stays, whatever becomes of the others. */
export function compositeBatchRoute(routes: () => readonly Route[]): Route {
  return {
    method: 'POST',
    path: '/composite/batch',
    handle: async (request) => {
      const { haltOnError, batchRequests } = parseBody(batchBody, request.body);
      if (batchRequests.length > MAXIMUM_SUBREQUESTS) {
        throw new ApiError(
          400,
          'LIMIT_EXCEEDED',
          `The batch has ${batchRequests.length} requests; at most ${MAXIMUM_SUBREQUESTS} are allowed.`,
        );
      }
      const answers: ApiResponse[] = [];
      for (const batchRequest of batchRequests) {
        const isHalted = haltOnError && answers.some(({ status }) => status >= 400);
        answers.push(isHalted ? HALTED : await runOne(routes(), request, batchRequest));
      }
      return {
        status: 200,
        body: {
          hasErrors: answers.some(({ status }) => status >= 400),
          results: answers.map(({ status, body }) => ({ statusCode: status, result: body ?? null })),
        },
      };
    },
  };
}

async function runOne(
  routes: readonly Route[],
  request: ApiRequest,
  { method, url, richInput }: BatchRequest,
): Promise<ApiResponse> {
  try {
    return await runSubrequest(routes, request, { method, url, body: richInput, headers: {} });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: [error.entry()] };
  }
}
