import {
  callBackRequestSchema,
  emptyRequestSchema,
  listIdSchema,
  skipRequestSchema,
  startListRequestSchema,
} from '@scoreline/contract/wire';
import { Router, type Request, type Response } from 'express';
import * as z from 'zod/mini';
import type { Ledger } from '../calls/index.ts';
import type { Configuration } from '../config.ts';
import {
  callModelReport,
  endPowerList,
  passOver,
  pausePowerList,
  readPowerList,
  startPowerList,
  takeNextPerson,
} from '../prospecting/index.ts';
import { authenticate } from './authenticate.ts';
import { checkShape, readBody } from './readBody.ts';

export interface ListRoutesOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const listPathSchema = z.object({ listId: listIdSchema });

/** The list that a rep works through: ids of records alone, and none but those that the rep's own page gave. */
export function listRoutes({ configuration, ledger, now }: ListRoutesOptions): Router {
  const router = Router();
  const { database, personalDataKey } = ledger;
  const options = { database, personalDataKey, now };
  const repOf = async (request: Request) => {
    const { organization, userId } = await authenticate(request, { ...configuration, now });
    return { orgId: organization.orgId, userId };
  };
  const listIdOf = (request: Request): string => checkShape(listPathSchema, request.params).listId;

  router.post('/v1/lists', async (request, response) => {
    const rep = await repOf(request);
    const wish = readBody(startListRequestSchema, request);
    answer(response, { list: await startPowerList(options, rep, wish) });
  });
  router.get('/v1/lists/current', async (request, response) => {
    answer(response, { list: await readPowerList(options, await repOf(request)) });
  });
  router.get('/v1/lists/model', async (request, response) => {
    const { orgId } = await repOf(request);
    answer(response, { model: await callModelReport(database, orgId) });
  });
  router.post('/v1/lists/:listId/skip', async (request, response) => {
    const rep = await repOf(request);
    const wish = readBody(skipRequestSchema, request);
    answer(response, { list: await passOver(options, rep, listIdOf(request), wish) });
  });
  router.post('/v1/lists/:listId/call-back', async (request, response) => {
    const rep = await repOf(request);
    const wish = readBody(callBackRequestSchema, request);
    answer(response, { list: await passOver(options, rep, listIdOf(request), wish) });
  });
  for (const [name, act] of [
    ['next', takeNextPerson],
    ['pause', pausePowerList],
    ['end', endPowerList],
  ] as const)
    router.post(`/v1/lists/:listId/${name}`, async (request, response) => {
      const rep = await repOf(request);
      readBody(emptyRequestSchema, request);
      answer(response, { list: await act(options, rep, listIdOf(request)) });
    });
  return router;
}

function answer(response: Response, body: object): void {
  response.setHeader('Cache-Control', 'no-store');
  response.json(body);
}
