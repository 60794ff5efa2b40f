import { callIdSchema, recordChoiceRequestSchema } from '@scoreline/contract/wire';
import { Router } from 'express';
import * as z from 'zod/mini';
import type { Ledger } from '../calls/index.ts';
import type { Configuration } from '../config.ts';
import { chooseRecord, pendingMatches } from '../crm/index.ts';
import { authenticate } from './authenticate.ts';
import { checkShape, readBody } from './readBody.ts';

export interface MatchRoutesOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const callPathSchema = z.object({ callId: callIdSchema });

/** Which record a call belongs to, where its number leads to several: the rep's to see and to choose. */
export function matchRoutes({ configuration, ledger, now }: MatchRoutesOptions): Router {
  const router = Router();
  const authentication = { ...configuration, now };
  router.get('/v1/calls/pending-matches', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    response.setHeader('Cache-Control', 'no-store');
    response.json(await pendingMatches(ledger.database, { orgId: organization.orgId, userId }));
  });
  router.post('/v1/calls/:callId/record', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const { recordId } = readBody(recordChoiceRequestSchema, request);
    response.json(await chooseRecord(ledger, { orgId: organization.orgId, userId }, callId, recordId));
  });
  return router;
}
