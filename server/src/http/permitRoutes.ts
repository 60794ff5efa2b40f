import {
  emptyRequestSchema,
  permitRequestSchema,
  transferRequestSchema,
  type PermitResponse,
} from '@scoreline/contract/wire';
import { Router, type Response } from 'express';
import type { Ledger } from '../calls/index.ts';
import type { Configuration } from '../config.ts';
import { permitCall, permitRejoin, permitTransfer, type DialingRules } from '../dialing/index.ts';
import { holdNumber } from '../prospecting/index.ts';
import { authenticate } from './authenticate.ts';
import { callPathSchema } from './matchRoutes.ts';
import { checkShape, readBody } from './readBody.ts';

export interface PermitRoutesOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly rules: DialingRules;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a switch asks a permit for: a call, the transfer of one, the return to one. */
export function permitRoutes({ configuration, ledger, rules, now }: PermitRoutesOptions): Router {
  const router = Router();
  const { database, personalDataKey } = ledger;
  const options = { database, personalDataKey, rules, holdNumber, now };
  const authentication = { ...configuration, now };
  router.post('/v1/calls', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const wish = readBody(permitRequestSchema, request);
    answer(response, await permitCall(organization, userId, wish, options));
  });
  router.post('/v1/calls/:callId/transfers', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const { number } = readBody(transferRequestSchema, request);
    answer(response, await permitTransfer(organization, userId, callId, number, options));
  });
  router.post('/v1/calls/:callId/rejoin', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    readBody(emptyRequestSchema, request);
    answer(response, await permitRejoin(organization, userId, callId, options));
  });
  return router;
}

function answer(response: Response, permit: PermitResponse): void {
  response.setHeader('Cache-Control', 'no-store');
  response.json(permit);
}
