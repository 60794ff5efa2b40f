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
  /** ISO 8601 UTC instant. */
  readonly startedAt: string;
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
  const rows = await connection.query<Omit<CountedCall, 'startedAt'> & { readonly startedMs: number }>(
    `select state, evidence, direction, purpose, answered, ring_seconds as "ringSeconds",
       talk_seconds as "talkSeconds", hold_seconds as "holdSeconds", after_call_seconds as "afterCallSeconds",
       end_cause as "endCause", ended_by as "endedBy", outcome, number_hash as "numberHash",
       (measured ->> 'talkRatio')::double precision as "talkRatio",
       (extract(epoch from started_at) * 1000)::bigint as "startedMs"
     from call
     where org_id = $1 and user_id = $2 and started_at >= $3 and started_at < $4 and state = 'ended'
     order by started_at, call_id`,
    [orgId, userId, span.from, span.until],
  );
  return rows.map(({ startedMs, ...row }) => ({ ...row, startedAt: new Date(startedMs).toISOString() }));
}

/** When the rep's first and last calls began; null without calls. */
export async function startsOfRep(
  connection: Connection,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
): Promise<{ readonly first: string; readonly last: string } | null> {
  const [row] = await connection.query<{ first: Date | null; last: Date | null }>(
    `select min(started_at) as first, max(started_at) as last from call
     where org_id = $1 and user_id = $2 and started_at is not null`,
    [orgId, userId],
  );
  if (!row?.first || !row.last) return null;
  return { first: row.first.toISOString(), last: row.last.toISOString() };
}

/** When calls begin, and were once taken to begin, of which something changed. */
export interface ChangedStart {
  readonly position: number;
  /** ISO 8601 UTC instants; none of a call that was only permitted. */
  readonly starts: readonly string[];
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
    starts: starts.flatMap((start) => (start === null ? [] : [start.toISOString()])),
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
