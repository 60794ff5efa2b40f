import type { Connection } from '../database/index.ts';
import type { CallRecord } from './callRecord.ts';

/** What of a call its rep's figures are made of. */
export type CountedCall = Pick<
  CallRecord,
  | 'state'
  | 'evidence'
  | 'direction'
  | 'purpose'
  | 'answered'
  | 'ringSeconds'
  | 'talkSeconds'
  | 'holdSeconds'
  | 'afterCallSeconds'
  | 'endCause'
  | 'endedBy'
  | 'outcome'
> & {
  /** Epoch milliseconds. */
  readonly startedMs: number;
  /** The rep's share of all speech, 0 to 1; null where it was not measured. */
  readonly talkRatio: number | null;
  /** As `hashNumber` makes it: the same for all calls to one number. */
  readonly numberHash: string;
};

/**
 * The rep's ended calls that began in a span of time, in the order in which they began.
 *
 * @param span ISO 8601 instants, or `-infinity` and `infinity`; the last one not included
 */
export async function callsToCount(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  span: { readonly from: string; readonly until: string },
): Promise<CountedCall[]> {
  const [row] = await connection.query<{ calls: PackedCall[] | null }>(
    `select json_agg(json_build_array(state, evidence, direction, purpose, answered, ring_seconds, talk_seconds,
         hold_seconds, after_call_seconds, end_cause, ended_by, outcome, number_hash, talk_ratio, started_ms)) as calls
     from (
       select *, (measured ->> 'talkRatio')::double precision as talk_ratio,
         floor(extract(epoch from started_at) * 1000)::bigint as started_ms
       from call
       where org_id = $1 and user_id = $2 and started_at >= $3 and started_at < $4 and state = 'ended'
       order by started_at, call_id
     ) counted`,
    [orgId, userId, span.from, span.until],
  );
  return (row?.calls ?? []).map(unpacked);
}

/** In the order of the query: one text with all calls is read several times faster than a row for each. */
type PackedCall = readonly [
  state: CountedCall['state'],
  evidence: CountedCall['evidence'],
  direction: CountedCall['direction'],
  purpose: CountedCall['purpose'],
  answered: boolean,
  ringSeconds: number,
  talkSeconds: number,
  holdSeconds: number,
  afterCallSeconds: number | null,
  endCause: CountedCall['endCause'],
  endedBy: CountedCall['endedBy'],
  outcome: CountedCall['outcome'],
  numberHash: string,
  talkRatio: number | null,
  startedMs: number,
];

function unpacked(call: PackedCall): CountedCall {
  return {
    state: call[0],
    evidence: call[1],
    direction: call[2],
    purpose: call[3],
    answered: call[4],
    ringSeconds: call[5],
    talkSeconds: call[6],
    holdSeconds: call[7],
    afterCallSeconds: call[8],
    endCause: call[9],
    endedBy: call[10],
    outcome: call[11],
    numberHash: call[12],
    talkRatio: call[13],
    startedMs: call[14],
  };
}

/** When the rep's first and last calls began; null without calls. */
export async function startsOfRep(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
): Promise<{ readonly firstMs: number; readonly lastMs: number } | null> {
  const [row] = await connection.query<{ first: Date | null; last: Date | null }>(
    `select min(started_at) as first, max(started_at) as last from call
     where org_id = $1 and user_id = $2 and started_at is not null`,
    [orgId, userId],
  );
  if (!row?.first || !row.last) return null;
  return { firstMs: row.first.getTime(), lastMs: row.last.getTime() };
}

/** When calls begin, and were once taken to begin, of which something changed. */
export interface ChangedStart {
  readonly position: number;
  /** Epoch milliseconds; none of a call that was only permitted. */
  readonly startsMs: readonly number[];
}

/** The starts of the rep's calls that changed after a position, oldest change first: the next page starts at the last one's. */
export async function changedStartsOfRep(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  afterPosition: number,
  limit: number,
): Promise<ChangedStart[]> {
  const rows = await connection.query<{ position: number; starts: (Date | null)[] }>(
    `select position, array_append(coalesce(earlier_starts, '{}'), started_at) as starts from call
     where org_id = $1 and user_id = $2 and position > $3
     order by position limit $4`,
    [orgId, userId, afterPosition, limit],
  );
  return rows.map(({ position, starts }) => ({
    position,
    startsMs: starts.flatMap((start) => (start === null ? [] : [start.getTime()])),
  }));
}

/** The rep's ledger position: every call that changed up to it is in the ledger. */
export async function positionOfRep(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
): Promise<number> {
  const [row] = await connection.query<{ position: number }>(
    'select position from rep_position where org_id = $1 and user_id = $2',
    [orgId, userId],
  );
  return row?.position ?? 0;
}

/** When these records were first dialed by anybody, by record id; those that never were are left out. */
export async function firstDialsTo(
  connection: Connection,
  orgId: string,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await connection.query<{ recordId: string; startedAt: Date }>(
    `select personal.record_id as "recordId", min(call.started_at) as "startedAt"
     from call_personal personal join call using (org_id, call_id)
     where personal.org_id = $1 and personal.record_id = any($2::text[])
       and call.direction = 'outbound' and call.started_at is not null
     group by personal.record_id`,
    [orgId, recordIds],
  );
  return new Map(rows.map(({ recordId, startedAt }) => [recordId, startedAt]));
}
