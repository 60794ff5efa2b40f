import express from 'express';
import type { Request, Response } from 'express';
import type pg from 'pg';

import { ApiError, malformedJson, notFound } from '../apiError.ts';
import { ApexException } from '../apex/apexCall.ts';
import { runApex } from '../apex/runApex.ts';
import type { ApexOptions } from '../apex/runApex.ts';
import { deleteParents } from '../faults/deleteParents.ts';
import { withFaults } from '../faults/faultPlan.ts';
import type { RequestFaults } from '../faults/faultPlan.ts';
import { bearerToken } from '../oauth.ts';
import { inTransaction } from '../storage/database.ts';
import type { Ended, Isolation } from '../storage/database.ts';
import type { Sessions } from '../sessions.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { WorkSource } from '../workSource.ts';
import { dispatch } from './api.ts';
import type { ApiRequest, ApiResponse, OrgIdentity, Route } from './api.ts';
import { NEWEST_VERSION, OLDEST_VERSION, versionList } from './resources.ts';

export interface RestOptions {
  readonly pool: pg.Pool;
  readonly sessions: Sessions;
  readonly works: WorkSource;
  readonly routes: readonly Route[];
  readonly org: OrgIdentity;
  readonly faultsOf: (request: Request) => RequestFaults | null;
  readonly apex: ApexOptions;
  readonly onError: (error: unknown) => void;
}

const BODY_LIMIT = '6mb';
/** Of an upload to a bulk job. */
const UPLOAD_LIMIT = '100mb';
const UPLOAD_PATH = /^\/jobs\/ingest\/\w+\/batches$/;

/** The network edge: authenticates, opens one transaction per request, and writes the answer. */
export function restRouter(options: RestOptions): express.Router {
  const router = express.Router();
  const json = express.json({ limit: BODY_LIMIT, strict: false, type: 'application/json' });
  router.get(['/services/data', '/services/data/'], (_request, response) => {
    response.json(versionList());
  });
  const csv = express.text({ limit: UPLOAD_LIMIT, type: 'text/csv' });
  router.use('/services/data/:version', json, csv, async (request: Request, response: Response) => {
    await respond(options, response, () => answerRest(options, request));
  });
  router.post('/lightning/apex/:className/:methodName', json, async (request, response) => {
    await respond(options, response, () => answerApex(options, request));
  });
  router.use(['/services', '/lightning/apex'], answerError(options));
  return router;
}

async function answerRest(options: RestOptions, request: Request): Promise<ApiResponse> {
  const [, version = ''] = /^v(\d+\.0)$/.exec(String(request.params['version'])) ?? [];
  const number = Number(version);
  if (!(number >= OLDEST_VERSION && number <= NEWEST_VERSION)) throw notFound();
  checkMediaType(request);
  const path = request.path === '/' ? '' : request.path;
  const isSnapshot = path === '/graphql' || request.method === 'GET';
  return withUser(options, request, isSnapshot ? 'snapshot' : 'each statement', async (work) => {
    const apiRequest: ApiRequest = {
      method: request.method,
      path,
      search: new URL(request.originalUrl, options.org.instanceUrl).searchParams,
      headers: headersOf(request),
      body: request.body as unknown,
      version,
      work,
      org: options.org,
    };
    const result = await dispatch(options.routes, apiRequest);
    return { result, commit: result.status < 400 };
  });
}

async function answerApex(options: RestOptions, request: Request): Promise<ApiResponse> {
  const { className, methodName } = request.params;
  return withUser(options, request, 'each statement', async (userMode) => {
    const call = {
      userMode,
      systemMode: await options.works.forSystem(userMode.connection),
      parameters: (request.body as unknown) ?? {},
    };
    try {
      const result = await runApex(options.apex, String(className), String(methodName), call);
      return { result: { status: 200, body: result }, commit: true };
    } catch (error) {
      if (!(error instanceof ApexException)) throw error;
      return { result: { status: 500, body: { message: error.message } }, commit: false };
    }
  });
}

async function withUser(
  options: RestOptions,
  request: Request,
  isolation: Isolation,
  run: (work: UnitOfWork) => Promise<Ended<ApiResponse>>,
): Promise<ApiResponse> {
  const token = bearerToken(request.headers.authorization);
  const userId = token === null ? null : options.sessions.userOf(token);
  if (userId === null) throw sessionEnded();
  const faults = options.faultsOf(request);
  if (faults?.deletesParents) {
    await inTransaction(options.pool, async (connection) => {
      await deleteParents(await options.works.forSystem(connection), request.body);
      return { result: null, commit: true };
    });
  }
  try {
    return await inTransaction(
      options.pool,
      async (connection) => {
        const work = await options.works.forUser(connection, userId);
        if (!work) throw sessionEnded();
        return run(faults === null ? work : withFaults(work, faults));
      },
      isolation,
    );
  } finally {
    faults?.release();
  }
}

async function respond(
  options: RestOptions,
  response: Response,
  answer: () => Promise<ApiResponse>,
): Promise<void> {
  try {
    const result = await answer();
    result.afterCommit?.();
    send(response, result);
  } catch (error) {
    send(response, errorResponse(options, error));
  }
}

function send(response: Response, { status, body, text, headers }: ApiResponse): void {
  response.status(status).set(headers ?? {});
  if (text !== undefined) response.send(text);
  else if (body === undefined) response.end();
  else response.json(body);
}

function errorResponse(options: RestOptions, error: unknown): ApiResponse {
  if (error instanceof ApiError) return { status: error.status, body: [error.entry()] };
  options.onError(error);
  const entry = { errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred' };
  return { status: 500, body: [entry] };
}

/** What goes wrong before a resource is reached: a body that is no JSON, or one that is too large. */
function answerError(options: RestOptions): express.ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const type = error instanceof Error && 'type' in error ? error.type : null;
    if (type === 'entity.parse.failed') {
      const message = error instanceof Error ? error.message : 'invalid JSON';
      send(response, errorResponse(options, malformedJson(message)));
    } else if (type === 'entity.too.large') {
      const tooLarge = new ApiError(
        413,
        'REQUEST_ENTITY_TOO_LARGE',
        'The request is larger than the resource takes',
      );
      send(response, errorResponse(options, tooLarge));
    } else send(response, errorResponse(options, error));
  };
}

function checkMediaType(request: Request): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const expected = UPLOAD_PATH.test(request.path) ? 'text/csv' : 'application/json';
  if (!hasBody || request.is(expected) !== false) return;
  const type = request.headers['content-type'] ?? '';
  throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', `unsupported content type: ${type}`);
}

function headersOf(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

function sessionEnded(): ApiError {
  return new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}
