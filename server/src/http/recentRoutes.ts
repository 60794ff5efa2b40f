import {
  callerRequestSchema,
  emptyRequestSchema,
  type MissedSeenResponse,
  type VoicemailResponse,
} from '@scoreline/contract/wire';
import { Router } from 'express';
import { callOfRep, markMissedSeen, missedUnseenOf, type Ledger } from '../calls/index.ts';
import { voicemailAddress } from '../carriers/switch/index.ts';
import type { Configuration } from '../config.ts';
import { findCallers, recentCalls } from '../crm/index.ts';
import { authenticate } from './authenticate.ts';
import { callPathSchema } from './matchRoutes.ts';
import { checkShape, readBody } from './readBody.ts';

export interface RecentRoutesOptions {
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Who calls, who called, and what they left. */
export function recentRoutes({ configuration, ledger, now }: RecentRoutesOptions): Router {
  const router = Router();
  const { database, personalDataKey } = ledger;
  const authentication = { ...configuration, now };
  router.post('/v1/callers', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { numberE164 } = readBody(callerRequestSchema, request);
    const caller = { orgId: organization.orgId, userId };
    response.setHeader('Cache-Control', 'no-store');
    response.json(await findCallers(database, personalDataKey, caller, numberE164));
  });
  router.get('/v1/calls/recent', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    response.setHeader('Cache-Control', 'no-store');
    response.json(await recentCalls(database, { orgId: organization.orgId, userId }));
  });
  router.post('/v1/calls/missed/seen', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    readBody(emptyRequestSchema, request);
    const caller = { orgId: organization.orgId, userId };
    await markMissedSeen(database, caller);
    const answer: MissedSeenResponse = { missedUnseen: await missedUnseenOf(database, caller) };
    response.json(answer);
  });
  router.get('/v1/calls/:callId/voicemail', async (request, response) => {
    const { organization, userId } = await authenticate(request, authentication);
    const { callId } = checkShape(callPathSchema, request.params);
    const call = await callOfRep(database, { orgId: organization.orgId, userId }, callId);
    const answer: VoicemailResponse = { url: voicemailAddress(organization, call, now()) };
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  });
  return router;
}
