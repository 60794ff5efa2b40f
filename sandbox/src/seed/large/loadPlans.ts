import { DateTime } from 'luxon';
import type { LocalOrg } from '../../org/index.ts';
import type { PastCall } from './calls.ts';
import { stamps } from './loadDeals.ts';
import { savedAtMs } from './loadLedger.ts';
import type { Staff } from './staff.ts';

export interface PlanNames {
  readonly userIdOf: (rep: number) => string;
  readonly recordIdOf: (call: PastCall) => string;
  /** The account of a contact; null for a lead. */
  readonly accountIdOf: (call: PastCall) => string | null;
}

/** What a rep of average pace is to sell in a quarter. */
const QUARTER_QUOTA = 42_000;
const MEETING_MINUTES = 45;
/** When meetings begin, in the rep's zone. */
const MEETING_HOURS = [9, 10, 11, 14, 15, 16] as const;

/** Writes a quota for each rep and quarter of the span. */
export async function loadQuotas(
  org: LocalOrg,
  { reps }: Staff,
  userIdOf: PlanNames['userIdOf'],
  span: { readonly from: DateTime; readonly now: DateTime },
): Promise<void> {
  const quarters: string[] = [];
  for (let day = span.from.startOf('quarter'); day <= span.now; day = day.plus({ quarters: 1 }))
    quarters.push(day.toISODate() ?? '');
  await org.load(
    'ForecastingQuota',
    reps.flatMap(({ pace }, rep) =>
      quarters.map((StartDate) => ({
        QuotaOwnerId: userIdOf(rep),
        StartDate,
        QuotaAmount: Math.round((QUARTER_QUOTA * pace) / 1_000) * 1_000,
        IsAmount: true,
      })),
    ),
  );
}

/** Writes the meetings that calls ended with, each on a working day of the next two weeks. */
export async function loadMeetings(
  org: LocalOrg,
  calls: readonly PastCall[],
  { reps, teams }: Staff,
  names: PlanNames,
): Promise<void> {
  const agreed = calls.filter(({ outcome }) => outcome === 'meeting');
  await org.load(
    'Event',
    agreed.map((call) => {
      const zone = teams[reps[call.rep]?.team ?? 0]?.zone ?? 'UTC';
      const start = meetingStart(call, zone);
      const userId = names.userIdOf(call.rep);
      return {
        Subject: 'Meeting',
        Type: 'Meeting',
        OwnerId: userId,
        WhoId: names.recordIdOf(call),
        AccountId: names.accountIdOf(call),
        StartDateTime: start.toUTC().toISO(),
        EndDateTime: start.plus({ minutes: MEETING_MINUTES }).toUTC().toISO(),
        DurationInMinutes: MEETING_MINUTES,
        ActivityDate: start.toISODate(),
        ...stamps(userId, savedAtMs(call)),
      };
    }),
  );
}

function meetingStart(call: PastCall, zone: string): DateTime {
  const days = 2 + (call.ordinal % 9);
  const day = DateTime.fromMillis(call.startedMs, { zone }).startOf('day').plus({ days });
  const workday = day.weekday > 5 ? day.plus({ days: 8 - day.weekday }) : day;
  return workday.set({ hour: MEETING_HOURS[call.ordinal % MEETING_HOURS.length] ?? 10 });
}
