import type { Connection } from 'jsforce';
import pg from 'pg';
import type { RunningSandbox } from './sandbox.ts';

/** What the ledger's rows add up to, by SQL that shares nothing with the relay's own. */
export interface RecomputedCalls {
  readonly dials: number;
  readonly connects: number;
  readonly conversations: number;
  readonly meetings: number;
  readonly talkSeconds: number;
  readonly afterCallSeconds: number;
  readonly wrappedCalls: number;
  readonly handleSeconds: number;
  readonly handledDials: number;
}

export interface RecomputedSales {
  readonly quota: number;
  readonly wonAmount: number;
  readonly openAmount: number;
  readonly promised: number;
  readonly kept: number;
  readonly calendarMeetings: number;
  readonly won: number;
  readonly decided: number;
}

/** A quarter with its days, both included, in the reps' zone. */
export interface Quarter {
  readonly startDay: string;
  readonly endDay: string;
}

const TIME_ZONE = 'America/Denver';

/** Asks the relay's database, whose folder and key the sandbox keeps. */
export async function askLedger<Row extends object>(
  sandbox: RunningSandbox,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const port = Number(new URL(sandbox.url).port) + 3;
  const { databasePassword } = sandbox.secrets as unknown as { databasePassword: string };
  const client = new pg.Client({
    host: 'localhost',
    port,
    user: 'postgres',
    password: databasePassword,
    database: 'relay',
  });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** How far a rep's ledger has come. */
export async function positionInLedger(sandbox: RunningSandbox, userId: string): Promise<number> {
  const [row] = await askLedger<{ position: string }>(
    sandbox,
    'select position from rep_position where user_id = $1',
    [userId],
  );
  return Number(row?.position ?? 0);
}

/**
 * A rep's calls of a quarter. A number counts once a day: as a dial until somebody was reached, three times at most; as a
 * connect, a conversation and a meeting the first time that it is one; with its talk the first time, and when it led further.
 */
export async function recomputedCalls(
  sandbox: RunningSandbox,
  userId: string,
  { startDay, endDay }: Quarter,
): Promise<RecomputedCalls> {
  const [row] = await askLedger<Record<keyof RecomputedCalls, string>>(
    sandbox,
    `with mine as (
       select *, (started_at at time zone '${TIME_ZONE}')::date as day,
         direction = 'outbound' as dialed,
         case when answered then talk_seconds else 0 end as talk,
         direction = 'outbound' and answered and talk_seconds >= 10 and outcome is distinct from 'voicemail' as connect
       from call
       where user_id = $1 and state = 'ended' and evidence in ('verified', 'contradicted') and purpose = 'prospect'
         and (started_at at time zone '${TIME_ZONE}')::date between $2 and $3
     ), judged as (
       select *, connect and talk >= 60 as conversed, connect and talk >= 60 and outcome = 'meeting' as met from mine
     ), placed as (
       select *, count(*) over before = 0 as first,
         count(*) filter (where dialed) over before as dials_before,
         connect and not coalesce(bool_or(connect) over before, false) as connects,
         conversed and not coalesce(bool_or(conversed) over before, false) as converses,
         met and not coalesce(bool_or(met) over before, false) as meets,
         coalesce(bool_or(connect) over before, false) as was_reached
       from judged
       window before as (partition by number_hash, day order by started_at, call_id
         rows between unbounded preceding and 1 preceding)
     ), counted as (
       select *, dialed and not was_reached and (dials_before < 3 or connects) as dials,
         connects or converses or meets as further
       from placed
     ), kept as (
       select * from counted where not dialed or dials or further
     )
     select count(*) filter (where dials) as dials,
       count(*) filter (where connects) as connects,
       count(*) filter (where converses) as conversations,
       count(*) filter (where meets) as meetings,
       coalesce(sum(talk) filter (where first or further), 0) as "talkSeconds",
       coalesce(sum(least(after_call_seconds, 1800)) filter (where after_call_seconds is not null), 0)
         as "afterCallSeconds",
       count(after_call_seconds) as "wrappedCalls",
       coalesce(sum(ring_seconds + talk + case when answered then hold_seconds else 0 end + least(after_call_seconds, 1800))
         filter (where dials and after_call_seconds is not null), 0) as "handleSeconds",
       count(after_call_seconds) filter (where dials) as "handledDials"
     from kept`,
    [userId, startDay, endDay],
  );
  if (row === undefined) throw new Error('A sum has no row');
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Number(value)]),
  ) as unknown as RecomputedCalls;
}

/** A rep's sales of a quarter, read from the org itself. */
export async function recomputedSales(
  connection: Connection,
  userId: string,
  { startDay, endDay }: Quarter,
): Promise<RecomputedSales> {
  const rows = async (soql: string) => (await connection.query<Record<string, unknown>>(soql)).records;
  const sum = (records: readonly Record<string, unknown>[], field: string) =>
    records.reduce((total, record) => total + Number(record[field] ?? 0), 0);
  const inQuarter = (field: string) => `${field} >= ${startDay} AND ${field} <= ${endDay}`;
  const closing = await rows(
    `SELECT Amount, IsWon, IsClosed FROM Opportunity WHERE OwnerId = '${userId}' AND ${inQuarter('CloseDate')}`,
  );
  const quotas = await rows(
    `SELECT QuotaAmount FROM ForecastingQuota WHERE QuotaOwnerId = '${userId}' AND ${inQuarter('StartDate')}`,
  );
  const today = dayIn(new Date());
  const promises = await rows(
    `SELECT ActivityDate, CompletedDateTime FROM Task
     WHERE OwnerId = '${userId}' AND TaskSubtype = 'Task' AND Call_Id__c = null AND ${inQuarter('ActivityDate')}`,
  );
  const due = promises.filter(
    (promise) => String(promise['ActivityDate']) < today || promise['CompletedDateTime'] !== null,
  );
  const events = await rows(`SELECT CreatedDate, AccountId, WhoId FROM Event WHERE OwnerId = '${userId}'`);
  const newMeetings = new Set(
    events
      .map((event) => [
        String(event['AccountId'] ?? event['WhoId']),
        dayIn(new Date(String(event['CreatedDate']))),
      ])
      .filter(([, day]) => day !== undefined && day >= startDay && day <= endDay)
      .map((parts) => parts.join(' ')),
  );
  const cohortStart = monthsBefore(startDay, 9);
  const cohort = (
    await rows(`SELECT CreatedDate, CloseDate, IsWon, IsClosed FROM Opportunity WHERE OwnerId = '${userId}'`)
  ).filter((deal) => {
    const created = dayIn(new Date(String(deal['CreatedDate'])));
    return (
      created >= cohortStart &&
      created <= endDay &&
      deal['IsClosed'] === true &&
      String(deal['CloseDate']) <= endDay
    );
  });
  return {
    quota: sum(quotas, 'QuotaAmount'),
    wonAmount: sum(
      closing.filter(({ IsWon }) => IsWon === true),
      'Amount',
    ),
    openAmount: sum(
      closing.filter(({ IsClosed }) => IsClosed === false),
      'Amount',
    ),
    promised: due.length,
    kept: due.filter((promise) => keptInTime(promise)).length,
    calendarMeetings: newMeetings.size,
    won: cohort.filter(({ IsWon }) => IsWon === true).length,
    decided: cohort.length,
  };
}

function keptInTime(promise: Record<string, unknown>): boolean {
  const completed = promise['CompletedDateTime'];
  return typeof completed === 'string' && dayIn(new Date(completed)) <= String(promise['ActivityDate']);
}

/** The day of a moment where the reps work. */
export function dayIn(moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(moment);
}

function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}

/** Mondays to Fridays from one day to another, both included. */
export function workingDays(first: string, last: string): number {
  let days = 0;
  for (let ms = Date.parse(`${first}T00:00:00Z`); ms <= Date.parse(`${last}T00:00:00Z`); ms += 86_400_000)
    if (new Date(ms).getUTCDay() % 6 !== 0) days += 1;
  return days;
}
