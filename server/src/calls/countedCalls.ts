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

/** Stands between the values of a column. None holds it: they are codes, numbers and hashes in base64url. */
const SEPARATOR = ',';

/** Codes and hashes, by the columns that hold them. */
const CODES = {
  evidence: 'evidence',
  direction: 'direction',
  purpose: 'purpose',
  endCause: 'end_cause',
  endedBy: 'ended_by',
  outcome: 'outcome',
  numberHash: 'number_hash',
} as const;

/** What PostgreSQL writes as JSON has it. */
const VALUES = {
  answered: 'answered',
  ringSeconds: 'ring_seconds',
  talkSeconds: 'talk_seconds',
  holdSeconds: 'hold_seconds',
  afterCallSeconds: 'after_call_seconds',
  talkRatio: "measured ->> 'talkRatio'",
  startedMs: 'floor(extract(epoch from started_at) * 1000)::bigint',
} as const;

/** The calls column by column, as one text each; null without calls. */
type PackedCalls = Readonly<Record<keyof typeof CODES | keyof typeof VALUES, string | null>>;

type Columns = { readonly [Field in keyof CountedCall]: readonly CountedCall[Field][] };

const PACKED_COLUMNS = [
  ...Object.entries(CODES).map(([field, column]) => packed(field, column, '')),
  ...Object.entries(VALUES).map(([field, column]) => packed(field, column, 'null')),
].join(', ');

function packed(field: string, column: string, none: string): string {
  return `string_agg(coalesce((${column})::text, '${none}'), '${SEPARATOR}') as "${field}"`;
}

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
  // A text for each column is made and read several times faster than a row, or a JSON array, for each call.
  const [row] = await connection.query<PackedCalls>(
    `select ${PACKED_COLUMNS} from (
       select * from call
       where org_id = $1 and user_id = $2 and started_at >= $3 and started_at < $4 and state = 'ended'
       order by started_at, call_id
     ) counted`,
    [orgId, userId, span.from, span.until],
  );
  return row === undefined || row.startedMs === null ? [] : unpacked(row);
}

function unpacked(row: PackedCalls): CountedCall[] {
  const codes = Object.keys(CODES).map((field) => {
    const values = (row[field as keyof PackedCalls] ?? '').split(SEPARATOR);
    return [field, values.map((value) => (value === '' ? null : value))];
  });
  const values = Object.keys(VALUES).map((field) => [
    field,
    JSON.parse(`[${row[field as keyof PackedCalls] ?? ''}]`),
  ]);
  const columns = Object.fromEntries([...codes, ...values]) as Columns;
  if (Object.values(columns).some(({ length }) => length !== columns.startedMs.length))
    throw new Error('The columns of the counted calls differ in length');
  return columns.startedMs.map((_, index) => callAt(columns, index));
}

function callAt(columns: Columns, index: number): CountedCall {
  const at = <Field extends keyof CountedCall>(field: Field) => columns[field][index] as CountedCall[Field];
  return {
    state: 'ended',
    evidence: at('evidence'),
    direction: at('direction'),
    purpose: at('purpose'),
    answered: at('answered'),
    ringSeconds: at('ringSeconds'),
    talkSeconds: at('talkSeconds'),
    holdSeconds: at('holdSeconds'),
    afterCallSeconds: at('afterCallSeconds'),
    endCause: at('endCause'),
    endedBy: at('endedBy'),
    outcome: at('outcome'),
    numberHash: at('numberHash'),
    talkRatio: at('talkRatio'),
    startedMs: at('startedMs'),
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
