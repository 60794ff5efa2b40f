import { suggestedTargetsPathSchema } from '@scoreline/contract/wire';
import { Router } from 'express';
import type { Ledger } from '../calls/index.ts';
import type { Configuration } from '../config.ts';
import { suggestedTargets } from '../performance/index.ts';
import { authenticate } from './authenticate.ts';
import { checkShape } from './readBody.ts';

export interface TargetRoutesOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a role's people reached, as targets: of five people at least, as the percentiles on every card are. */
export function targetRoutes({ configuration, ledger, now }: TargetRoutesOptions): Router {
  const router = Router();
  router.get('/v1/suggested-targets/:roleId/:periodStart', async (request, response) => {
    const { organization } = await authenticate(request, { ...configuration, now });
    const { roleId, periodStart } = checkShape(suggestedTargetsPathSchema, request.params);
    const day = new Date(now()).toISOString().slice(0, 10);
    const targets = await suggestedTargets(ledger.database, organization.orgId, { roleId, periodStart, day });
    response.setHeader('Cache-Control', 'no-store');
    response.json({ targets });
  });
  return router;
}
