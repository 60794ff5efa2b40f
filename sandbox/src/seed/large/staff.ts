import type { DateTime } from 'luxon';
import { workdays, type Workday } from './calendar.ts';
import type { Chance } from './chance.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import type { Country } from './numbers.ts';
import type { CompanyPlan } from './plan.ts';

export interface Team {
  readonly name: string;
  readonly zone: string;
  readonly country: Country;
  readonly locale: string;
}

export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  /** The index of the team. */
  readonly team: number;
}

/** A rep and what makes this one different from the others. */
export interface Rep extends Person {
  /** Share of the calls that a person answers. */
  readonly answerRate: number;
  /** Half of the conversations are shorter. */
  readonly medianTalkSeconds: number;
  /** Share of the longer conversations that end with a meeting. */
  readonly meetingRate: number;
  readonly winRate: number;
  /** Calls in relation to the others. */
  readonly pace: number;
  readonly absences: readonly Absence[];
  /** The days on which the rep works. */
  readonly workdays: readonly Workday[];
}

export interface Absence {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly reason: 'vacation' | 'illness' | 'training';
}

export interface Staff {
  readonly teams: readonly Team[];
  readonly managers: readonly Person[];
  readonly reps: readonly Rep[];
}

const TEAMS: readonly Team[] = [
  { name: 'East', zone: 'America/New_York', country: 'US', locale: 'en_US' },
  { name: 'Central', zone: 'America/Chicago', country: 'US', locale: 'en_US' },
  { name: 'Mountain', zone: 'America/Denver', country: 'US', locale: 'en_US' },
  { name: 'West', zone: 'America/Los_Angeles', country: 'US', locale: 'en_US' },
  { name: 'United Kingdom', zone: 'Europe/London', country: 'GB', locale: 'en_GB' },
  { name: 'Germany', zone: 'Europe/Berlin', country: 'DE', locale: 'de_DE' },
];
/** Working days that an absence of each kind lasts, at most. */
const LONGEST = { vacation: 10, illness: 4, training: 2 } as const;

/** The managers and their teams of reps, each with a name of their own. */
export function makeStaff(plan: CompanyPlan, chance: Chance, from: DateTime, now: DateTime): Staff {
  const teams = Array.from({ length: plan.managers }, (_, index) => TEAMS[index % TEAMS.length] ?? TEAMS[0]);
  const known = teams.filter((team) => team !== undefined);
  const namer = personNamer(chance);
  const managers = known.map((_, team) => ({ ...namer(), team }));
  const reps = Array.from({ length: plan.reps }, (_, index): Rep => {
    const team = index % known.length;
    const { zone, country } = known[team] ?? { zone: 'UTC', country: 'US' as const };
    const days = workdays(from, now, zone, country);
    const absences = absencesOf(days, chance, plan.years);
    return {
      ...namer(),
      team,
      answerRate: chance.between(0.08, 0.25),
      medianTalkSeconds: chance.between(65, 150),
      meetingRate: chance.between(0.08, 0.3),
      winRate: chance.between(0.14, 0.38),
      pace: Math.min(1.8, Math.max(0.55, chance.logNormal(1, 0.22))),
      absences,
      workdays: days.filter(
        ({ day }) => !absences.some((each) => each.firstDay <= day && day <= each.lastDay),
      ),
    };
  });
  return { teams: known, managers, reps };
}

/** First and last names in changing pairs, none twice. */
function personNamer(chance: Chance): () => { firstName: string; lastName: string } {
  const taken = new Set<string>();
  return () => {
    for (;;) {
      const person = { firstName: chance.pick(FIRST_NAMES), lastName: chance.pick(LAST_NAMES) };
      const name = `${person.firstName} ${person.lastName}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return person;
    }
  };
}

/** Two or three vacations a year, now and then an illness or a training; none of them overlaps another. */
function absencesOf(days: readonly Workday[], chance: Chance, years: number): Absence[] {
  const absences: Absence[] = [];
  const kinds = ['vacation', 'vacation', 'vacation', 'illness', 'illness', 'training'] as const;
  for (let count = 0; count < kinds.length * years; count += 1) {
    const reason = kinds[count % kinds.length] ?? 'illness';
    const start = chance.whole(0, days.length - 1);
    const end = Math.min(days.length - 1, start + chance.whole(0, LONGEST[reason] - 1));
    const firstDay = days[start]?.day ?? '';
    const lastDay = days[end]?.day ?? '';
    if (absences.some((each) => firstDay <= each.lastDay && each.firstDay <= lastDay)) continue;
    absences.push({ firstDay, lastDay, reason });
  }
  return absences.sort((one, other) => (one.firstDay < other.firstDay ? -1 : 1));
}
