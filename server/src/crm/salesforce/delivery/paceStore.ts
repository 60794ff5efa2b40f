import type { Connection } from '../../../database/index.ts';
import type { ApiUsage } from '../session.ts';
import { pauseSeconds, requestIntervalSeconds, type ApiBudget } from './pace.ts';

export interface Pace extends ApiBudget {
  /** No request before this moment but for a full batch. */
  readonly nextRequestAt: Date;
  /** Requests in a row that failed as a whole. */
  readonly failures: number;
  /** While it lies ahead the org is left alone. */
  readonly resumeAt: Date;
}

/** How the relay stands with the org. */
export async function readPace(connection: Connection, orgId: string, now: Date): Promise<Pace> {
  await connection.query(
    `insert into crm_pace (org_id, next_request_at, resume_at) values ($1, to_timestamp(0), to_timestamp(0))
     on conflict (org_id) do nothing`,
    [orgId],
  );
  const [pace] = await connection.query<Pace>(
    `select api_share as share, used_requests as "usedRequests", daily_requests as "dailyRequests", failures,
       next_request_at as "nextRequestAt", resume_at as "resumeAt",
       (select coalesce(sum(requests), 0) from crm_api_use
        where org_id = $1 and hour > $2::timestamptz - interval '24 hours') as "ownRequests"
     from crm_pace where org_id = $1`,
    [orgId, now.toISOString()],
  );
  if (pace === undefined) throw new Error('A pace that was inserted has no row');
  return pace;
}

/** Notes an answered request: the org is well, and when it may be asked next follows from its budget. */
export async function recordAnswered(
  connection: Connection,
  orgId: string,
  now: Date,
  usage: ApiUsage,
): Promise<void> {
  await recordUsage(connection, orgId, now, usage);
  const seconds = requestIntervalSeconds(await readPace(connection, orgId, now));
  await connection.query(
    `update crm_pace set failures = 0, failed_code = null, next_request_at = $2 where org_id = $1`,
    [orgId, laterBy(now, seconds)],
  );
}

/** Notes a request that failed as a whole, and leaves the org alone for a while. */
export async function recordFailed(
  connection: Connection,
  orgId: string,
  now: Date,
  failure: { readonly usage: ApiUsage; readonly code: string; readonly failures: number },
): Promise<void> {
  await recordUsage(connection, orgId, now, failure.usage);
  const seconds = pauseSeconds(failure.failures, failure.code, Math.random());
  await connection.query(
    `update crm_pace set failures = $2, failed_code = $3, resume_at = $4 where org_id = $1`,
    [orgId, failure.failures, failure.code, laterBy(now, seconds)],
  );
}

async function recordUsage(connection: Connection, orgId: string, now: Date, usage: ApiUsage): Promise<void> {
  await connection.query(
    `insert into crm_api_use as use (org_id, hour, requests) values ($1, date_trunc('hour', $2::timestamptz), $3)
     on conflict (org_id, hour) do update set requests = use.requests + excluded.requests`,
    [orgId, now.toISOString(), usage.sent],
  );
  await connection.query(
    `delete from crm_api_use where org_id = $1 and hour < $2::timestamptz - interval '48 hours'`,
    [orgId, now.toISOString()],
  );
  if (usage.limit === null) return;
  await connection.query(`update crm_pace set used_requests = $2, daily_requests = $3 where org_id = $1`, [
    orgId,
    usage.limit.used,
    usage.limit.maximum,
  ]);
}

function laterBy(moment: Date, seconds: number): string {
  return new Date(moment.getTime() + seconds * 1_000).toISOString();
}
