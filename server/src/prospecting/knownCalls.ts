import type { OutcomeCode } from '@scoreline/contract';
import { factsOf, type KnownCall, type PastCall } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';
import { momentOf } from './callHistory.ts';

interface StoredCall {
  readonly numberHash: string;
  readonly startedAt: Date;
  readonly answered: boolean;
  readonly outcome: OutcomeCode | null;
  readonly timeZone: string;
  readonly leadSource: string | null;
}

/** A season's calls of a large team; older ones tell of other people and other reps. */
const MOST_CALLS = 20_000;
/** As many calls of one number as ranking looks at. */
const CALLS_PER_NUMBER = 100;

/**
 * The org's last calls in the order in which they began, each with what was known of the number before it. A call
 * without an outcome teaches nothing, but counts as an attempt for those after it.
 */
export async function knownCalls(connection: Connection, orgId: string): Promise<KnownCall[]> {
  const calls = await connection.query<StoredCall>(
    `select call.number_hash as "numberHash", call.started_at as "startedAt", call.answered, call.outcome,
       coalesce(rep.time_zone, 'UTC') as "timeZone", lead.lead_source as "leadSource"
     from (
       select * from call
       where org_id = $1 and direction = 'outbound' and purpose = 'prospect'
         and started_at is not null and number_hash is not null and state = 'ended'
       order by opened_at desc limit ${MOST_CALLS}) call
     left join crm_user rep on rep.org_id = call.org_id and rep.user_id = call.user_id
     left join call_personal personal on personal.org_id = call.org_id and personal.call_id = call.call_id
     left join crm_lead lead on lead.org_id = call.org_id and lead.lead_id = personal.record_id
     order by call.started_at, call.call_id`,
    [orgId],
  );
  const histories = new Map<string, PastCall[]>();
  return calls.flatMap(({ numberHash, startedAt, answered, outcome, timeZone, leadSource }) => {
    const moment = momentOf(startedAt, timeZone);
    const history = histories.get(numberHash) ?? [];
    const facts = factsOf(history.slice(-CALLS_PER_NUMBER), moment, leadSource);
    histories.set(numberHash, [...history, { ...moment, answered, outcome }]);
    return outcome === null ? [] : [{ facts, answered, outcome }];
  });
}

/** How many calls were permitted since a moment, counted up to a limit. */
export async function countCallsSince(
  connection: Connection,
  orgId: string,
  since: Date,
  limit: number,
): Promise<number> {
  const [row] = await connection.query<{ calls: number }>(
    `select count(*) as calls from (
       select from call where org_id = $1 and opened_at > $2 limit $3) recent`,
    [orgId, since.toISOString(), limit],
  );
  return row?.calls ?? 0;
}
