import { errorBody, SWITCH_SIGNATURE_HEADER } from '@scoreline/contract';
import {
  eventsRequestSchema,
  handLogRequestSchema,
  outcomeRequestSchema,
  recordIdSchema,
  sessionRequestSchema,
  switchEventsRequestSchema,
} from '@scoreline/contract/wire';
import express, { Router, type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { recordSoftphoneEvents, type Ledger } from '../calls/index.ts';
import { isSignedBySwitch, receiveSwitchEvents } from '../carriers/switch/index.ts';
import type { Configuration } from '../config.ts';
import { logByHand, type DialingRules } from '../dialing/index.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../sessions/index.ts';
import { authenticate } from './authenticate.ts';
import { listRoutes } from './listRoutes.ts';
import { logRequests } from './logRequests.ts';
import { callPathSchema, matchRoutes } from './matchRoutes.ts';
import { allowOrigins, checkOrigin } from './origins.ts';
import { permitRoutes } from './permitRoutes.ts';
import { recentRoutes } from './recentRoutes.ts';
import { bodyText, checkShape, parseJson, rawJsonBody, readBody } from './readBody.ts';
import { reportErrors } from './reportErrors.ts';
import { targetRoutes } from './targetRoutes.ts';

export interface AppOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly rules: DialingRules;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether new work can be taken; rejects when the database cannot be asked. */
  readonly isReady: () => Promise<boolean>;
  /** False for a process that only works: it answers the health routes alone. */
  readonly serveCalls: boolean;
  /** Of one address; sessions and look-ups of callers are limited to a tenth of it. */
  readonly requestsPerMinute?: number;
}

const REQUESTS_PER_MINUTE = 6_000;

/** The relay's HTTP face: thin routes over the capabilities, one error handler under them. */
export function createApp(options: AppOptions): Express {
  const { configuration, logger } = options;
  const perMinute = options.requestsPerMinute ?? REQUESTS_PER_MINUTE;
  const app = express();
  app.set('trust proxy', configuration.trustedProxies);
  app.set('query parser', false);
  app.use(helmet());
  app.use(logRequests(logger));
  app.use(healthRoutes(options));
  app.use(limitRequests(perMinute));
  app.use(allowOrigins(configuration.organizations));
  for (const path of ['/v1/sessions', '/v1/callers']) app.use(path, limitRequests(Math.ceil(perMinute / 10)));
  app.use('/v1', rawJsonBody());
  if (options.serveCalls)
    app.use(
      sessionRoutes(options),
      permitRoutes(options),
      callRoutes(options),
      recentRoutes(options),
      matchRoutes(options),
      listRoutes(options),
      targetRoutes(options),
      switchRoutes(options),
    );
  app.use(() => {
    throw new Refusal('routeNotFound');
  });
  app.use(reportErrors(logger));
  return app;
}

function limitRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new Refusal('tooManyRequests')),
  });
}

function healthRoutes({ isReady }: AppOptions): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    if (await isReady()) response.json({ status: 'ready' });
    else response.status(503).json(errorBody('databaseUnavailable'));
  });
  return router;
}

function sessionRoutes({ configuration, ledger, rules, now }: AppOptions): Router {
  const router = Router();
  const sessionOptions = {
    ...configuration,
    database: ledger.database,
    isUserActive: rules.isUserActive,
    now,
  };
  router.post('/v1/sessions', async (request, response) => {
    const { orgToken } = readBody(sessionRequestSchema, request);
    const session = await openSession(orgToken, sessionOptions, (organization) =>
      checkOrigin(request, organization),
    );
    response.setHeader('Cache-Control', 'no-store');
    response.json(session);
  });
  return router;
}

function callRoutes({ configuration, ledger, now }: AppOptions): Router {
  const router = Router();
  const authentication = { ...configuration, now };
  router.post('/v1/calls/:callId/events', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const { events, inbound } = readBody(eventsRequestSchema, request);
    const caller = { orgId: organization.orgId, userId };
    response.json(await recordSoftphoneEvents(ledger, caller, callId, events, inbound));
  });
  router.post('/v1/calls/:callId/outcome', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const outcome = readBody(outcomeRequestSchema, request);
    const caller = { orgId: organization.orgId, userId };
    response.json(await recordSoftphoneEvents(ledger, caller, callId, [outcome]));
  });
  router.post('/v1/calls/:callId/hand', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const log = { request: readBody(handLogRequestSchema, request), nowMs: now() };
    response.json(await logByHand(ledger, organization, userId, callId, log));
  });
  return router;
}

/** All that is read of a switch's body before its signature is verified. */
const senderSchema = z.object({ orgId: recordIdSchema });

function switchRoutes({ configuration, ledger, now }: AppOptions): Router {
  const router = Router();
  router.post('/v1/switch/events', async (request, response) => {
    const signature = request.get(SWITCH_SIGNATURE_HEADER);
    if (signature === undefined) throw new Refusal('signatureInvalid');
    const text = bodyText(request);
    const body = parseJson(text);
    const sender = z.safeParse(senderSchema, body);
    const organization = sender.success ? configuration.organizations.get(sender.data.orgId) : undefined;
    if (!isSignedBySwitch(signature, text, organization?.switchKeys ?? [], now()))
      throw new Refusal('signatureInvalid');
    response.json(await receiveSwitchEvents(ledger, checkShape(switchEventsRequestSchema, body)));
  });
  return router;
}
