import type { IncomingMessage } from 'node:http';

import express from 'express';
import type { RequestHandler, Response, Router } from 'express';

import { limitExceeded, serverUnavailable } from '../apiError.ts';
import type { ApiError } from '../apiError.ts';
import { bearerToken } from '../oauth.ts';
import type { Fault } from './fault.ts';
import { faultsBody } from './fault.ts';
import { UnknownName } from './faultPlan.ts';
import type { FaultPlan, RequestFaults } from './faultPlan.ts';

/** Where faults meet requests. */
export interface FaultEdge {
  /** Goes before the resources, so that it can take requests and answers away. */
  readonly middleware: RequestHandler;
  /** `PUT`, `GET` and `DELETE /sandbox/faults`. */
  readonly router: Router;
  /** What was drawn for a request that came through the middleware. */
  readonly of: (request: IncomingMessage) => RequestFaults | null;
  /** Ends the requests that wait. */
  close(): void;
}

/** @param revoke ends a session for good. */
export function createFaultEdge(plan: FaultPlan, revoke: (token: string) => void): FaultEdge {
  const drawn = new WeakMap<IncomingMessage, RequestFaults>();
  const delays = createDelays();
  const strikes = strikeTable(delays, revoke);
  return {
    middleware(request, response, next) {
      if (!request.path.startsWith('/services/')) {
        next();
        return;
      }
      const faults = plan.strike(request.method, request.path);
      drawn.set(request, faults);
      const { ending, latencyMilliseconds } = faults;
      const proceed = (): void => {
        const strike = ending === null ? undefined : strikes[ending.kind];
        if (ending === null || !strike) next();
        else strike({ response, fault: ending, next });
      };
      if (latencyMilliseconds === 0) proceed();
      else delays.after(response, latencyMilliseconds, proceed);
    },
    router: planRouter(plan),
    of: (request) => drawn.get(request) ?? null,
    close: () => delays.close(),
  };
}

interface Strike {
  readonly response: Response;
  readonly fault: Fault;
  readonly next: () => void;
}

type StrikeTable = Readonly<Partial<Record<Fault['kind'], (strike: Strike) => void>>>;

function strikeTable(delays: Delays, revoke: (token: string) => void): StrikeTable {
  const neverAnswer = (response: Response, fault: Fault): void => {
    const milliseconds = 'milliseconds' in fault ? fault.milliseconds : undefined;
    delays.after(response, milliseconds, () => response.destroy());
  };
  const insteadOfAnswer = (response: Response, action: () => void): void => {
    response.end = ((): Response => {
      action();
      return response;
    }) as typeof response.end;
  };
  return {
    unavailable: ({ response }) => refuse(response, serverUnavailable()),
    requestLimitExceeded: ({ response }) => refuse(response, limitExceeded()),
    droppedSocket: ({ response }) => response.destroy(),
    timeOutBeforeCommit: ({ response, fault }) => neverAnswer(response, fault),
    expiredSession({ response, next }) {
      const token = bearerToken(response.req.headers.authorization);
      if (token !== null) revoke(token);
      next();
    },
    timeOutAfterCommit({ response, fault, next }) {
      insteadOfAnswer(response, () => neverAnswer(response, fault));
      next();
    },
    droppedAnswer({ response, next }) {
      insteadOfAnswer(response, () => response.destroy());
      next();
    },
  };
}

interface Delays {
  /**
   * Runs the action after a while, at the latest at the close; not at all once the client has gone.
   * @param milliseconds undefined waits for the close.
   */
  after(response: Response, milliseconds: number | undefined, action: () => void): void;
  close(): void;
}

function createDelays(): Delays {
  const waiting = new Set<() => void>();
  return {
    after(response, milliseconds, action) {
      const finish = (): void => {
        stop();
        action();
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(finish, milliseconds);
      const stop = (): void => {
        clearTimeout(timer);
        waiting.delete(finish);
      };
      waiting.add(finish);
      response.on('close', stop);
    },
    close() {
      for (const finish of [...waiting]) finish();
    },
  };
}

function planRouter(plan: FaultPlan): Router {
  const router = express.Router();
  router.put('/sandbox/faults', express.json(), (request, response) => {
    const body = faultsBody.safeParse(request.body);
    const refusal = body.success ? setPlan(plan, body.data) : describeIssue(body.error.issues[0]);
    if (refusal === null) response.json({ faults: plan.list() });
    else response.status(400).json({ message: refusal });
  });
  router.get('/sandbox/faults', (_request, response) => {
    response.json({ faults: plan.list() });
  });
  router.delete('/sandbox/faults', (_request, response) => {
    plan.clear();
    response.status(204).end();
  });
  return router;
}

/** Sets the plan, or answers what is wrong with it. */
function setPlan(
  plan: FaultPlan,
  body: { faults: readonly Fault[]; seed?: number | undefined },
): string | null {
  try {
    plan.set(body.faults, body.seed);
    return null;
  } catch (error) {
    if (error instanceof UnknownName) return error.message;
    throw error;
  }
}

function describeIssue(issue: { message: string; path: PropertyKey[] } | undefined): string {
  return `${issue?.message ?? 'Invalid body'} at ${issue?.path.map(String).join('.') || 'the top level'}`;
}

function refuse(response: Response, error: ApiError): void {
  response.status(error.status).json([error.entry()]);
}
