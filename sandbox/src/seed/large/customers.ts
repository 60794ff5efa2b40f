import type { DateTime } from 'luxon';
import type { Chance } from './chance.ts';
import { COMPANY_FIRST, COMPANY_SECOND, FIRST_NAMES, INDUSTRIES, LAST_NAMES, TITLES } from './names.ts';
import { createNumbers, type Country } from './numbers.ts';
import type { CompanyPlan } from './plan.ts';
import type { Staff } from './staff.ts';

export interface Account {
  readonly name: string;
  readonly industry: string;
  readonly phone: string;
  readonly country: Country;
  readonly employees: number;
  /** The index of the rep who owns it. */
  readonly rep: number;
}

export interface Prospect {
  readonly kind: 'contact' | 'lead';
  /** Among the contacts or the leads. */
  readonly index: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly rep: number;
  readonly phone: string;
  readonly mobilePhone: string | null;
  readonly doNotCall: boolean;
  /** The index of a contact's account; null for a lead. */
  readonly account: number | null;
  readonly company: string;
  readonly createdMs: number;
  /** When a lead became a contact; null while it has not. */
  readonly convertedMs: number | null;
  /** The index of the contact that the lead became. */
  readonly convertedTo: number | null;
}

export interface Customers {
  readonly accounts: readonly Account[];
  readonly contacts: readonly Prospect[];
  readonly leads: readonly Prospect[];
}

const DAY_MS = 86_400_000;

interface Making {
  readonly plan: CompanyPlan;
  readonly staff: Staff;
  readonly chance: Chance;
  readonly fromMs: number;
  readonly nowMs: number;
  readonly numberOf: (country: Country) => string;
}

/** Accounts with their contacts, and leads, spread over the reps so that each calls their own country. */
export function makeCustomers(
  plan: CompanyPlan,
  staff: Staff,
  chance: Chance,
  span: { readonly from: DateTime; readonly now: DateTime },
): Customers {
  const making: Making = {
    plan,
    staff,
    chance,
    fromMs: span.from.toMillis(),
    nowMs: span.now.toMillis(),
    numberOf: createNumbers(),
  };
  const accounts = makeAccounts(making);
  return { accounts, contacts: makeContacts(making, accounts), leads: makeLeads(making) };
}

function countryOf({ staff }: Making, rep: number): Country {
  return staff.teams[staff.reps[rep]?.team ?? 0]?.country ?? 'US';
}

function makeAccounts(making: Making): Account[] {
  const { plan, chance, numberOf } = making;
  return Array.from({ length: plan.accounts }, (_, index): Account => {
    const rep = index % plan.reps;
    const country = countryOf(making, rep);
    // A step that shares no factor with their number visits every pair of words once.
    const pair = (index * 37) % (COMPANY_FIRST.length * COMPANY_SECOND.length);
    const second = COMPANY_SECOND[pair % COMPANY_SECOND.length] ?? '';
    const first = COMPANY_FIRST[Math.floor(pair / COMPANY_SECOND.length)] ?? '';
    return {
      name: `${first} ${second}`,
      industry: chance.pick(INDUSTRIES),
      phone: numberOf(country),
      country,
      employees: Math.round(chance.logNormal(80, 1.1)) + 2,
      rep,
    };
  });
}

function makePerson(making: Making, rep: number) {
  const { chance, numberOf } = making;
  return {
    firstName: chance.pick(FIRST_NAMES),
    lastName: chance.pick(LAST_NAMES),
    title: chance.pick(TITLES),
    rep,
    phone: numberOf(countryOf(making, rep)),
    mobilePhone: chance.happens(0.5) ? numberOf(countryOf(making, rep)) : null,
    doNotCall: chance.happens(0.02),
  };
}

function makeContacts(making: Making, accounts: readonly Account[]): Prospect[] {
  const { plan, chance, fromMs } = making;
  return Array.from({ length: plan.contacts }, (_, index): Prospect => {
    const account = index % plan.accounts;
    return {
      kind: 'contact',
      ...makePerson(making, accounts[account]?.rep ?? 0),
      index,
      account,
      company: accounts[account]?.name ?? '',
      createdMs: fromMs - Math.round(chance.between(1, 700) * DAY_MS),
      convertedMs: null,
      convertedTo: null,
    };
  });
}

function makeLeads(making: Making): Prospect[] {
  const { plan, chance, fromMs, nowMs } = making;
  return Array.from({ length: plan.leads }, (_, index): Prospect => {
    const createdMs = Math.round(chance.between(fromMs, nowMs - DAY_MS));
    const convertedMs = createdMs + Math.round(chance.logNormal(30, 0.7) * DAY_MS);
    const isConverted = chance.happens(0.18) && convertedMs < nowMs;
    return {
      kind: 'lead',
      ...makePerson(making, index % plan.reps),
      index,
      account: null,
      company: `${chance.pick(COMPANY_FIRST)} ${chance.pick(COMPANY_SECOND)}`,
      createdMs,
      convertedMs: isConverted ? convertedMs : null,
      convertedTo: isConverted ? chance.whole(0, plan.contacts - 1) : null,
    };
  });
}
