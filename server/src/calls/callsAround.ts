import type { Connection } from '../database/index.ts';
import type { CallRecord } from './callRecord.ts';
import { RECORD_COLUMNS, withInstants, type Stored } from './findCalls.ts';

/** A call beside others to the same number. */
export type CallToNumber = CallRecord & {
  /** As `hashNumber` makes it: the same for all calls to one number. */
  readonly numberHash: string;
  /** Whether it began no earlier than the calls that were asked for, so that what came before it is here too. */
  readonly isCovered: boolean;
};

/** A time that counts beside the one at which a call is now known to have begun. */
export interface FormerStart {
  readonly callId: string;
  readonly startedAt: Date;
}

/**
 * The rep's answered calls to the numbers of these calls, from some time before the first of them began until the
 * same time after the last began, per number. The calls themselves are among them where they were answered.
 */
export async function answeredCallsAround(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  callIds: readonly string[],
  formerStarts: readonly FormerStart[],
  windowSeconds: number,
): Promise<CallToNumber[]> {
  const rows = await connection.query<Stored<CallToNumber>>(
    `with start as (
       select number_hash, started_at from call
       where org_id = $1 and call_id = any($3::uuid[]) and started_at is not null
       union all
       select call.number_hash, former.started_at
       from unnest($4::uuid[], $5::timestamptz[]) as former (call_id, started_at)
       join call on call.org_id = $1 and call.call_id = former.call_id
     ), span as (
       select number_hash, min(started_at) - make_interval(secs => $6) as first,
         max(started_at) + make_interval(secs => $6) as last
       from start group by number_hash
     )
     select ${RECORD_COLUMNS}, call.number_hash as "numberHash",
       call.started_at >= span.first + make_interval(secs => $6) as "isCovered"
     from span join call on call.org_id = $1 and call.user_id = $2 and call.number_hash = span.number_hash
       and call.started_at between span.first and span.last
     where call.answered
     order by call.number_hash, call.started_at, call.call_id`,
    [
      orgId,
      userId,
      callIds,
      formerStarts.map(({ callId }) => callId),
      formerStarts.map(({ startedAt }) => startedAt.toISOString()),
      windowSeconds,
    ],
  );
  return rows.map(withInstants);
}
