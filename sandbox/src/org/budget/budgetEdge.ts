import express from 'express';
import type { Router } from 'express';
import { z } from 'zod';

import { limitExceeded } from '../apiError.ts';
import type { RequestBudget } from './requestBudget.ts';

const count = z.int().min(0).max(1_000_000_000);
const budgetBody = z.strictObject({ dailyRequests: count.optional(), used: count.optional() });

/**
 * Counts every request to a REST resource, tells the usage in its answer, and refuses it once the day's allocation is
 * used up. `PUT /sandbox/budget {dailyRequests?, used?}` changes the allocation.
 */
export function budgetRouter(budget: RequestBudget): Router {
  const router = express.Router();
  router.put('/sandbox/budget', express.json(), (request, response) => {
    const body = budgetBody.safeParse(request.body);
    if (!body.success) {
      response.status(400).json({ message: 'dailyRequests and used are whole numbers, 0 or more' });
      return;
    }
    budget.set(body.data);
    response.json(budget.usage());
  });
  router.use('/services/data/:version', (_request, response, next) => {
    const isAllowed = budget.spend();
    const { used, maximum } = budget.usage();
    response.set('Sforce-Limit-Info', `api-usage=${used}/${maximum}`);
    if (isAllowed) {
      next();
      return;
    }
    const refusal = limitExceeded();
    response.status(refusal.status).json([refusal.entry()]);
  });
  return router;
}
