import type { DateTime } from 'luxon';
import type { Chance } from './chance.ts';
import { courseOf, SETUP_MS, type Course } from './course.ts';
import type { Customers, Prospect } from './customers.ts';
import { NOTES } from './names.ts';
import { e164 } from './numbers.ts';
import type { CompanyPlan } from './plan.ts';
import type { Rep, Staff } from './staff.ts';

/** A call of the past, as switch and softphone saw it. Times within it are whole milliseconds. */
export interface PastCall extends Course {
  readonly callId: string;
  /** Counts the rep's calls from 1, oldest first. */
  readonly ordinal: number;
  readonly rep: number;
  readonly prospect: Prospect;
  readonly numberE164: string;
  readonly startedMs: number;
  /** The rep's own day. */
  readonly day: string;
  readonly note: string;
  readonly followUpOn: string | null;
}

/** Calls of the last minutes would still be under way. */
const SETTLED_MS = 20 * 60_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** When the working hours begin. */
const FIRST_HOUR = 8;

/** How often calls begin in the hours from 8 to 17 of the rep's day: people take lunch. */
const HOURS = [0.5, 1.1, 1.4, 1.2, 0.5, 0.9, 1.1, 1.3, 1.3, 0.7] as const;
/** Every call of the company, rep by rep and oldest first. */
export function makeCalls(
  plan: CompanyPlan,
  staff: Staff,
  customers: Customers,
  chance: Chance,
  now: DateTime,
): PastCall[] {
  const pace = staff.reps.reduce((sum, rep) => sum + rep.pace, 0);
  const calls: PastCall[] = [];
  let paceBefore = 0;
  for (const [index, rep] of staff.reps.entries()) {
    // Rounding the running sum gives exactly the planned number of calls.
    const first = Math.round((plan.calls * paceBefore) / pace);
    paceBefore += rep.pace;
    const count = Math.round((plan.calls * paceBefore) / pace) - first;
    const own = ({ rep: owner, doNotCall }: Prospect): boolean => owner === index && !doNotCall;
    const prospects = { contacts: customers.contacts.filter(own), leads: customers.leads.filter(own) };
    calls.push(
      ...callsOfRep({ index, rep, count, prospects, chance, latestMs: now.toMillis() - SETTLED_MS }),
    );
  }
  return calls;
}

interface RepCalls {
  readonly index: number;
  readonly rep: Rep;
  readonly count: number;
  readonly prospects: { readonly contacts: readonly Prospect[]; readonly leads: readonly Prospect[] };
  readonly chance: Chance;
  readonly latestMs: number;
}

function callsOfRep({ index, rep, count, prospects, chance, latestMs }: RepCalls): PastCall[] {
  const calls: PastCall[] = [];
  let freeAtMs = 0;
  for (const { day, moments } of momentsOf(rep, count, chance, latestMs)) {
    for (const { hour, atMs } of moments) {
      const startedMs = Math.max(atMs, freeAtMs);
      const course = courseOf(rep, hour, chance);
      const prospect = prospectAt(prospects, startedMs, chance);
      const isTalk = ['meeting', 'callBack', 'noInterest'].includes(course.outcome);
      const followUpMs = startedMs + chance.whole(2, 14) * DAY_MS;
      calls.push({
        ...course,
        callId: uuidV7(startedMs, chance),
        ordinal: calls.length + 1,
        rep: index,
        prospect,
        numberE164: e164(prospect.mobilePhone ?? prospect.phone),
        startedMs,
        day,
        note: isTalk && chance.happens(0.4) ? chance.pick(NOTES) : '',
        followUpOn:
          course.outcome === 'callBack' && chance.happens(0.5)
            ? new Date(followUpMs).toISOString().slice(0, 10)
            : null,
      });
      const lengthMs = SETUP_MS + course.ringMs + course.talkMs + course.holdMs + course.afterCallMs;
      freeAtMs = startedMs + lengthMs + chance.whole(20, 90) * 1_000;
    }
  }
  return calls;
}

interface Moment {
  readonly hour: number;
  readonly atMs: number;
}

/** When a rep's calls begin: spread over the working days by how busy they are, in the rep's working hours. */
function momentsOf(
  rep: Rep,
  count: number,
  chance: Chance,
  latestMs: number,
): { readonly day: string; readonly moments: readonly Moment[] }[] {
  const days = rep.workdays.map((each) => ({ ...each, weight: each.weight * chance.between(0.7, 1.3) }));
  const total = days.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  let given = 0;
  const result = [];
  for (const { day, midnightMs, weight } of days) {
    before += weight;
    const upTo = Math.round((count * before) / total);
    const moments = Array.from({ length: upTo - given }, () => momentIn(midnightMs, chance, latestMs));
    given = upTo;
    result.push({ day, moments: moments.sort((one, other) => one.atMs - other.atMs) });
  }
  return result;
}

/** A moment of a working day; one that has not come yet is moved to the part of today's working hours that has. */
function momentIn(midnightMs: number, chance: Chance, latestMs: number): Moment {
  const hour = weightedIndex(HOURS, chance) + FIRST_HOUR;
  const atMs = midnightMs + hour * HOUR_MS + chance.whole(0, 3_599) * 1_000 + chance.whole(0, 999);
  if (atMs <= latestMs) return { hour, atMs };
  const openedMs = midnightMs + FIRST_HOUR * HOUR_MS;
  return { hour, atMs: openedMs + Math.floor((latestMs - openedMs) * chance.next()) };
}

function weightedIndex(weights: readonly number[], chance: Chance): number {
  let rest = chance.next() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (rest -= weight) < 0),
  );
}

/** Whom a rep calls: leads that exist and are not converted yet, or else contacts. */
function prospectAt({ contacts, leads }: RepCalls['prospects'], atMs: number, chance: Chance): Prospect {
  if (leads.length > 0 && chance.happens(0.4)) {
    const lead = chance.pick(leads);
    if (lead.createdMs < atMs && (lead.convertedMs ?? Infinity) > atMs + HOUR_MS) return lead;
  }
  return chance.pick(contacts);
}

/** RFC 9562, version 7: 48 bits of epoch milliseconds, then chance instead of randomness. */
function uuidV7(epochMs: number, chance: Chance): string {
  const digits = (count: number): string =>
    Math.floor(chance.next() * 16 ** count)
      .toString(16)
      .padStart(count, '0');
  const time = Math.floor(epochMs).toString(16).padStart(12, '0');
  const variant = (8 + chance.whole(0, 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${digits(6)}${digits(6)}`;
}
