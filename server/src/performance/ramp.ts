import type { Period } from '@scoreline/scoring';
import { medianOf, workingDaysOf } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { peersOf } from '../crm/index.ts';
import type { Connection } from '../database/index.ts';

/** A rep who does this share of the team's median has arrived. */
const ARRIVED_SHARE = 0.8;
/** Colleagues are a measure once they have called for this many months longer. */
const ESTABLISHED_MONTHS = 6;
/** Whoever has called for longer is new no more. */
const LONGEST_RAMP_MONTHS = 12;

interface RampQuestion {
  readonly orgId: string;
  readonly userId: string;
  readonly roleId: string | null;
  /** `YYYY-MM-DD` in the rep's zone. */
  readonly today: string;
}

/** A rep's first months: in which one the rep is, and after how many the rep had arrived. */
export interface Ramp {
  /** 1 for the first; null once the rep has arrived. */
  readonly month: number | null;
  readonly monthsToArrive: number | null;
}

/** Of a rep who is not new, or whose first months nobody asks about. */
export const NO_RAMP: Ramp = { month: null, monthsToArrive: null };

/**
 * Compares each whole month since a rep's first call with the same month of established colleagues of the role, in
 * conversations per working day. Where there are none, nobody is new.
 */
export async function rampOf(connection: Connection, question: RampQuestion, period: Period): Promise<Ramp> {
  const { orgId, userId, roleId, today } = question;
  if (roleId === null) return NO_RAMP;
  const asOf = today < period.endDay ? today : period.endDay;
  const peers = await peersOf(connection, question, roleId);
  const firstDays = await firstDaysOf(connection, orgId, [userId, ...peers]);
  const first = firstDays.get(userId);
  if (first === undefined || monthsBetween(first, asOf) >= LONGEST_RAMP_MONTHS) return NO_RAMP;
  const established = peers.filter((peer) => {
    const day = firstDays.get(peer);
    return day !== undefined && monthsBetween(day, first) >= ESTABLISHED_MONTHS;
  });
  if (established.length === 0) return NO_RAMP;
  for (let month = 1; ; month += 1) {
    const span = monthSpan(first, month);
    if (span.endDay >= asOf) return { month, monthsToArrive: null };
    const rates = await conversationsPerDay(connection, orgId, [userId, ...established], span);
    const median = medianOf(established.map((peer) => rates.get(peer) ?? 0));
    if ((rates.get(userId) ?? 0) >= ARRIVED_SHARE * median) return { month: null, monthsToArrive: month };
  }
}

async function firstDaysOf(
  connection: Connection,
  orgId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query<{ userId: string; day: string | null }>(
    `select rep.user_id as "userId",
       (select min(day) from rep_day where org_id = $1 and user_id = rep.user_id) as day
     from unnest($2::text[]) as rep (user_id)`,
    [orgId, userIds],
  );
  return new Map(rows.flatMap(({ userId, day }) => (day === null ? [] : [[userId, day]])));
}

async function conversationsPerDay(
  connection: Connection,
  orgId: string,
  userIds: readonly string[],
  span: { readonly startDay: string; readonly endDay: string },
): Promise<ReadonlyMap<string, number>> {
  const days = Math.max(workingDaysOf(span).length, 1);
  const rows = await connection.query<{ userId: string; conversations: number }>(
    `select user_id as "userId", sum(conversations)::bigint as conversations from rep_day
     where org_id = $1 and user_id = any($2::text[]) and day between $3 and $4 group by user_id`,
    [orgId, userIds, span.startDay, span.endDay],
  );
  return new Map(rows.map(({ userId, conversations }) => [userId, conversations / days]));
}

function monthsBetween(first: string, last: string): number {
  return DateTime.fromISO(last, { zone: 'utc' }).diff(DateTime.fromISO(first, { zone: 'utc' }), 'months')
    .months;
}

/** The rep's month of this number, from the first day on. */
function monthSpan(first: string, month: number): { startDay: string; endDay: string } {
  const start = DateTime.fromISO(first, { zone: 'utc' });
  return {
    startDay: isoDay(start.plus({ months: month - 1 })),
    endDay: isoDay(start.plus({ months: month }).minus({ days: 1 })),
  };
}

function isoDay(moment: DateTime): string {
  const day = moment.toISODate();
  if (day === null) throw new RangeError('The day is not valid');
  return day;
}
