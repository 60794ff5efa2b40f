import express from 'express';
import { z } from 'zod';

import type { Sessions } from './sessions.ts';

/** A person whom the local page can sign in as. */
export interface DemoUser {
  readonly userId: string;
  readonly name: string;
  readonly title: string | null;
  readonly role: string | null;
}

export interface DemoLoginOptions {
  readonly orgId: string;
  readonly instanceUrl: string;
  readonly sessions: Sessions;
  /** The active users who are people, not connected applications. */
  readonly listUsers: () => Promise<readonly DemoUser[]>;
  /** Whether an active user has this id, a person or not. */
  readonly hasUser: (userId: string) => Promise<boolean>;
}

const loginBody = z.object({ userId: z.string() });

/** Signing in by choosing a name: it exists in the local org alone. */
export function demoLoginRouter(options: DemoLoginOptions): express.Router {
  const router = express.Router();
  router.get('/sandbox/users', async (_request, response) => {
    response.json(await options.listUsers());
  });
  router.post('/sandbox/login', express.json(), async (request, response) => {
    const body = loginBody.safeParse(request.body);
    const userId = body.success ? body.data.userId : '';
    if (!(await options.hasUser(userId))) {
      response.status(400).json({ message: 'Choose one of the users of this org' });
      return;
    }
    response.json({
      accessToken: options.sessions.open(userId),
      instanceUrl: options.instanceUrl,
      userId,
      orgId: options.orgId,
    });
  });
  return router;
}
