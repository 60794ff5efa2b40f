import type { Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import { z } from 'zod';

/** How long `GET /sandbox/held` waits before it says that nothing is held. */
const LONGEST_WAIT_MS = 20_000;

const holdBody = z.object({ path: z.string().startsWith('/') });

/** Lets a test stand between the org's commit and its answer. */
export interface HeldAnswers {
  /** Goes before the resources, so that it can hold back their answers. */
  readonly middleware: RequestHandler;
  /** `POST /sandbox/hold {path}`, `GET /sandbox/held`, `POST /sandbox/release`. */
  readonly router: Router;
  /** Lets go of whatever is held or waits. */
  close(): void;
}

/** The request whose path begins so is served and committed, but its answer waits until the release. */
export function createHeldAnswers(): HeldAnswers {
  let armedPath: string | null = null;
  let release: (() => void) | null = null;
  const waiting = new Set<() => void>();

  const hold = (response: Response): void => {
    const end = response.end.bind(response) as (...parameters: unknown[]) => Response;
    response.end = ((...parameters: unknown[]) => {
      release = () => {
        release = null;
        end(...parameters);
      };
      for (const wake of [...waiting]) wake();
      return response;
    }) as typeof response.end;
  };

  const router = express.Router();
  router.post('/sandbox/hold', express.json(), (request, response) => {
    const body = holdBody.safeParse(request.body);
    if (!body.success) {
      response.status(400).json({ message: 'Name the path whose answer is to be held' });
      return;
    }
    armedPath = body.data.path;
    response.status(204).end();
  });
  router.post('/sandbox/release', (_request, response) => {
    armedPath = null;
    release?.();
    response.status(204).end();
  });
  router.get('/sandbox/held', (_request: Request, response: Response) => {
    if (release !== null) {
      response.json({ held: true });
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      waiting.delete(finish);
      response.status(release === null ? 408 : 200).json({ held: release !== null });
    };
    const timer = setTimeout(finish, LONGEST_WAIT_MS);
    waiting.add(finish);
    response.on('close', () => {
      clearTimeout(timer);
      waiting.delete(finish);
    });
  });
  return {
    middleware: (request, response, next) => {
      if (armedPath !== null && request.originalUrl.startsWith(armedPath)) {
        armedPath = null;
        hold(response);
      }
      next();
    },
    router,
    close: () => {
      release?.();
      for (const wake of [...waiting]) wake();
    },
  };
}
