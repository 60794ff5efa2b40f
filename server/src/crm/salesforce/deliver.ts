import { callIdSchema, recordIdSchema } from '@scoreline/contract/wire';
import * as z from 'zod/mini';
import { findCalls } from '../../calls/index.ts';
import {
  WholeBatchFailed,
  type Connection,
  type Database,
  type JobFailure,
  type Queue,
} from '../../database/index.ts';
import { repsOf } from '../copies.ts';
import { matchCalls } from '../matching/matchCalls.ts';
import { CrmError } from '../port.ts';
import { lockDeliveries, recordDelivered, recordRefused } from './deliveries.ts';
import { isRetryableCode } from './errorCodes.ts';
import type { SalesforceOrganizations } from './organizations.ts';
import { sendTasks, type DueCall, type RefusedCall } from './sendTasks.ts';
import type { SalesforceSession } from './session.ts';
import { TASKS_PER_REQUEST } from './upsertTasks.ts';

/** The queue whose jobs each bring one call's Task up to date. */
export const DELIVER_CALL_QUEUE = 'deliver-call';
export const deliverCallSchema = z.object({ orgId: recordIdSchema, callId: callIdSchema });
export type DeliverCall = z.infer<typeof deliverCallSchema>;

export interface DeliveryOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly organizations: SalesforceOrganizations;
}

/** No copy of the rep yet, so the day of the call in the rep's zone is not known: the next sync brings it. */
const REP_UNKNOWN_CODE = 'REP_NOT_SYNCED';

/** Starts to keep the org's Tasks in step with the ledger. */
export async function startDelivery(options: DeliveryOptions): Promise<void> {
  await options.queue.work(DELIVER_CALL_QUEUE, {
    batchSize: TASKS_PER_REQUEST,
    schema: deliverCallSchema,
    handle: (jobs) => deliverBatch(options, jobs),
  });
}

/**
 * Brings the Tasks of these calls up to date and gives the jobs that failed. A call whose newest version the org has
 * is left alone, so a repeated or outrun job does nothing.
 * @throws WholeBatchFailed when an org could not be asked
 */
export async function deliverBatch(
  { database, organizations }: Omit<DeliveryOptions, 'queue'>,
  jobs: readonly DeliverCall[],
): Promise<JobFailure[]> {
  const failures: JobFailure[] = [];
  for (const [orgId, orgJobs] of Map.groupBy(jobs.entries(), ([, job]) => job.orgId)) {
    const callIds = [...new Set(orgJobs.map(([, { callId }]) => callId))];
    const session = organizations.sessionOf(orgId);
    const refused = await database
      .transaction((connection) => deliverCalls(connection, session, orgId, callIds))
      .catch((error: unknown) => {
        throw error instanceof CrmError ? new WholeBatchFailed(error.message, error) : error;
      });
    const codes = new Map(refused.map(({ callId, code }) => [callId, code]));
    for (const [index, { callId }] of orgJobs) {
      const code = codes.get(callId);
      if (code !== undefined) failures.push({ index, reason: code, final: !isTemporary(code) });
    }
  }
  return failures;
}

function isTemporary(code: string): boolean {
  return code === REP_UNKNOWN_CODE || isRetryableCode(code);
}

/** The calls are read under their locks, so what is sent is the newest version and nobody sends an older one. */
async function deliverCalls(
  connection: Connection,
  session: SalesforceSession,
  orgId: string,
  callIds: readonly string[],
): Promise<readonly RefusedCall[]> {
  const deliveries = await lockDeliveries(connection, orgId, callIds);
  const calls = await matchCalls(connection, orgId, await findCalls(connection, orgId, callIds));
  const reps = await repsOf(connection, orgId, [...new Set(calls.map(({ userId }) => userId))]);
  const due: DueCall[] = [];
  const unknown: RefusedCall[] = [];
  for (const call of calls) {
    const deliveredVersion = deliveries.get(call.callId)?.deliveredVersion ?? null;
    if (call.state !== 'ended' || call.version <= (deliveredVersion ?? -1)) continue;
    const timeZone = reps.get(call.userId)?.timeZone;
    if (timeZone === undefined) unknown.push({ callId: call.callId, code: REP_UNKNOWN_CODE });
    else due.push({ call, timeZone, deliveredVersion });
  }
  const sent = await sendTasks(session, due);
  const refused = [...unknown, ...sent.refused];
  await recordDelivered(connection, orgId, sent.delivered);
  await recordRefused(connection, orgId, refused);
  return refused;
}
