import type { DailySquares, DaySpan } from '@scoreline/scoring';
import type { Connection } from '../database/index.ts';
import { columnOf, NO_TALLY, TALLY_FIELDS, type Tally, type TallyInMaking } from './tally.ts';

/** What a rep's day adds up to. */
export interface DatedTally {
  /** `YYYY-MM-DD` in the rep's zone. */
  readonly day: string;
  readonly tally: Tally;
}

interface Rep {
  readonly orgId: string;
  readonly userId: string;
}

const COLUMNS = TALLY_FIELDS.map(columnOf);
const COLUMN_LIST = COLUMNS.join(', ');
/** The days' figures column by column, from the sixth parameter on. */
const GIVEN_FIGURES = COLUMNS.map((_, index) => `$${index + 6}::bigint[]`).join(', ');
const PACKED_COLUMNS = ['day', ...COLUMNS]
  .map((column) => `string_agg(${column}::text, ',')`)
  .join(" || ';' || ");
/** Of these the squares of the daily counts are wanted. */
const SQUARED = ['dials', 'connects', 'conversations'] as const satisfies readonly (keyof DailySquares)[];

/**
 * Puts these tallies in the place of everything the rep's days had in these spans, and notes the days of which something
 * changed. The caller holds the rep's lock.
 */
export async function replaceDays(
  connection: Connection,
  { orgId, userId }: Rep,
  spans: readonly DaySpan[],
  tallies: readonly DatedTally[],
): Promise<void> {
  await connection.query(
    `with given as (
       select * from unnest($3::date[], ${GIVEN_FIGURES}) as each (day, ${COLUMN_LIST})
     ), removed as (
       delete from rep_day using unnest($4::date[], $5::date[]) as span (first, last)
       where org_id = $1 and user_id = $2 and rep_day.day between span.first and span.last
         and not exists (select from given where given.day = rep_day.day)
       returning rep_day.day
     ), written as (
       insert into rep_day as known (org_id, user_id, day, ${COLUMN_LIST})
       select $1, $2, day, ${COLUMN_LIST} from given
       on conflict (org_id, user_id, day) do update
       set ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
       where (${COLUMNS.map((column) => `known.${column}`).join(', ')})
         is distinct from (${COLUMNS.map((column) => `excluded.${column}`).join(', ')})
       returning known.day
     )
     insert into rep_changed_day (org_id, user_id, day)
     select $1, $2, day from removed union select $1, $2, day from written
     on conflict do nothing`,
    [
      orgId,
      userId,
      tallies.map(({ day }) => day),
      spans.map(({ startDay }) => startDay),
      spans.map(({ endDay }) => endDay),
      ...TALLY_FIELDS.map((field) => tallies.map(({ tally }) => tally[field])),
    ],
  );
}

/** The rep's days in a span that have calls, in their order. */
export async function daysOf(
  connection: Connection,
  { orgId, userId }: Rep,
  span: DaySpan,
): Promise<DatedTally[]> {
  // One text is made and read several times faster than a row for each day.
  const [row] = await connection.query<{ packed: string | null }>(
    `select ${PACKED_COLUMNS} as packed from (
       select * from rep_day where org_id = $1 and user_id = $2 and day between $3 and $4 order by day
     ) each`,
    [orgId, userId, span.startDay, span.endDay],
  );
  return row === undefined || row.packed === null ? [] : unpacked(row.packed);
}

function unpacked(packed: string): DatedTally[] {
  const [days = [], ...columns] = packed.split(';').map((column) => column.split(','));
  return days.map((day, index) => {
    const tally: TallyInMaking = { ...NO_TALLY };
    for (const [place, field] of TALLY_FIELDS.entries()) tally[field] = Number(columns[place]?.[index]);
    return { day, tally };
  });
}

/** The sum of those of the days that lie in a span, with the squares of the daily counts. */
export function tallyOf(
  days: readonly DatedTally[],
  { startDay, endDay }: DaySpan,
): { readonly totals: Tally; readonly dailySquares: DailySquares } {
  const totals: TallyInMaking = { ...NO_TALLY };
  const dailySquares = { dials: 0, connects: 0, conversations: 0 };
  for (const { day, tally } of days) {
    if (day < startDay || day > endDay) continue;
    for (const field of TALLY_FIELDS) totals[field] += tally[field];
    for (const field of SQUARED) dailySquares[field] += tally[field] ** 2;
  }
  return { totals, dailySquares };
}

/** The first day on which the rep called or was called; null for none. */
export async function firstDayOf(connection: Connection, { orgId, userId }: Rep): Promise<string | null> {
  const [row] = await connection.query<{ day: string | null }>(
    'select min(day) as day from rep_day where org_id = $1 and user_id = $2',
    [orgId, userId],
  );
  return row?.day ?? null;
}
