import type { CountingRules } from '@scoreline/scoring';
import { contributionsOf } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import type { CountedCall } from '../calls/index.ts';
import { addCall, NO_TALLY, type TallyInMaking } from './tally.ts';
import type { DatedTally } from './repDays.ts';

/** By what a rep's calls are added up to days. */
export interface DayRules extends Omit<CountingRules, 'ownPeople' | 'dayOf'> {
  /** The rep's IANA zone, in which a call has its day. */
  readonly timeZone: string;
}

/**
 * The tallies of the days of these calls, which are all of those days, in the order in which they began; days without calls are none.
 *
 * @param ownPeople the hashes of those of their numbers that are the org's own people's
 */
export function countDays(
  calls: readonly CountedCall[],
  ownPeople: ReadonlySet<string>,
  rules: DayRules,
): DatedTally[] {
  const dayOf = dayTeller(rules.timeZone);
  const contributions = contributionsOf(calls, { ...rules, dayOf, ownPeople });
  const days = new Map<string, TallyInMaking>();
  calls.forEach((call, index) => {
    const contribution = contributions[index];
    if (contribution === undefined) return;
    const day = dayOf(call.startedMs);
    let tally = days.get(day);
    if (tally === undefined) days.set(day, (tally = { ...NO_TALLY }));
    addCall(tally, call, contribution);
  });
  return [...days].map(([day, tally]) => ({ day, tally }));
}

/** Tells the day of a moment in a zone. Calls come in order, so the day's ends are worked out once a day. */
export function dayTeller(timeZone: string): (epochMs: number) => string {
  let known: { readonly day: string; readonly fromMs: number; readonly untilMs: number } | undefined;
  return (epochMs) => {
    if (known === undefined || epochMs < known.fromMs || epochMs >= known.untilMs)
      known = dayAround(epochMs, timeZone);
    return known.day;
  };
}

/** The instants between which a day lies in a zone, the last one not included. */
export function spanOfDays(
  startDay: string,
  endDay: string,
  timeZone: string,
): { from: string; until: string } {
  const first = DateTime.fromISO(startDay, { zone: timeZone }).startOf('day');
  const last = DateTime.fromISO(endDay, { zone: timeZone }).startOf('day').plus({ days: 1 });
  return { from: instantOf(first), until: instantOf(last) };
}

function dayAround(epochMs: number, timeZone: string) {
  const start = DateTime.fromMillis(epochMs, { zone: timeZone }).startOf('day');
  const day = start.toISODate();
  if (day === null) throw new RangeError('The zone or the moment is not valid');
  return { day, fromMs: start.toMillis(), untilMs: start.plus({ days: 1 }).toMillis() };
}

function instantOf(moment: DateTime): string {
  const instant = moment.toUTC().toISO();
  if (instant === null) throw new RangeError('The zone or the day is not valid');
  return instant;
}
