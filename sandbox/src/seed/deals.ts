import { DateTime } from 'luxon';
import type { LocalOrg } from '../org/index.ts';

/** Whom deals, promises and meetings are with. */
export interface DealPeople {
  readonly repIds: readonly string[];
  readonly accountIds: readonly string[];
  /** With the place of each one's account. */
  readonly contacts: readonly { readonly id: string; readonly account: number }[];
  readonly timeZone: string;
}

interface PlannedDeal {
  readonly stage: 'Closed Won' | 'Closed Lost' | 'Negotiation/Review' | 'Proposal/Price Quote';
  readonly amount: number;
  readonly createdDaysAgo: number;
  /** Negative for a day still to come. */
  readonly closesDaysAgo: number;
}

const QUARTER_QUOTA = 60_000;
/** The same for every rep but for the amounts; days count back from today. */
const DEALS: readonly PlannedDeal[] = [
  { stage: 'Closed Won', amount: 14_000, createdDaysAgo: 170, closesDaysAgo: 120 },
  { stage: 'Closed Won', amount: 9_500, createdDaysAgo: 160, closesDaysAgo: 105 },
  { stage: 'Closed Lost', amount: 12_000, createdDaysAgo: 150, closesDaysAgo: 98 },
  { stage: 'Closed Won', amount: 11_000, createdDaysAgo: 90, closesDaysAgo: 38 },
  { stage: 'Closed Won', amount: 8_200, createdDaysAgo: 80, closesDaysAgo: 20 },
  { stage: 'Closed Lost', amount: 7_000, createdDaysAgo: 75, closesDaysAgo: 15 },
  { stage: 'Closed Won', amount: 6_400, createdDaysAgo: 60, closesDaysAgo: 6 },
  { stage: 'Negotiation/Review', amount: 9_000, createdDaysAgo: 45, closesDaysAgo: -12 },
  { stage: 'Proposal/Price Quote', amount: 15_000, createdDaysAgo: 30, closesDaysAgo: -20 },
  { stage: 'Proposal/Price Quote', amount: 5_500, createdDaysAgo: 14, closesDaysAgo: -70 },
];
const PRODUCTS = ['Spring catalogue', 'Renewal', 'Boat fleet', 'Trail gear', 'Rental contract'];
/** Days before today on which something was promised, and whether it was done in time. */
const PROMISES = [
  [55, true],
  [48, true],
  [41, false],
  [34, true],
  [27, true],
  [20, true],
  [13, false],
  [6, true],
  [-3, null],
  [-9, null],
] as const;
const MEETINGS_DAYS_AGO = [115, 108, 97, 50, 43, 36, 29, 22, 12, 4];

/** Gives the reps what they sell beside their calls: quotas, deals, promises and meetings. */
export async function seedDeals(org: LocalOrg, people: DealPeople): Promise<void> {
  const now = DateTime.now().setZone(people.timeZone).set({ hour: 10, minute: 0, second: 0, millisecond: 0 });
  for (const [rep, userId] of people.repIds.entries()) {
    await org.load('ForecastingQuota', quotas(userId, now));
    await org.load(
      'Opportunity',
      DEALS.map((deal, index) => dealRecord(deal, index + rep, userId, people, now)),
    );
    await org.load(
      'Task',
      PROMISES.map((promise, index) => promiseRecord(promise, index + rep, userId, people, now)),
    );
    await org.load(
      'Event',
      MEETINGS_DAYS_AGO.map((daysAgo, index) => meetingRecord(daysAgo, index + rep, userId, people, now)),
    );
  }
}

function quotas(userId: string, now: DateTime) {
  return [-1, 0, 1].map((quarters) => ({
    QuotaOwnerId: userId,
    StartDate: now.startOf('quarter').plus({ quarters }).toISODate() ?? '',
    QuotaAmount: QUARTER_QUOTA,
    IsAmount: true,
  }));
}

function dealRecord(deal: PlannedDeal, place: number, userId: string, people: DealPeople, now: DateTime) {
  const isClosed = deal.stage.startsWith('Closed');
  return {
    Name: PRODUCTS[place % PRODUCTS.length] ?? '',
    AccountId: people.accountIds[place % people.accountIds.length] ?? '',
    OwnerId: userId,
    StageName: deal.stage,
    Amount: deal.amount + 100 * place,
    CloseDate: now.minus({ days: deal.closesDaysAgo }).toISODate() ?? '',
    IsClosed: isClosed,
    IsWon: deal.stage === 'Closed Won',
    Probability: isClosed ? (deal.stage === 'Closed Won' ? 100 : 0) : 60,
    Type: 'New Business',
    ...stamps(userId, now.minus({ days: deal.createdDaysAgo })),
  };
}

function promiseRecord(
  [daysAgo, isKept]: (typeof PROMISES)[number],
  place: number,
  userId: string,
  people: DealPeople,
  now: DateTime,
) {
  const day = now.minus({ days: daysAgo });
  const contact = people.contacts[place % people.contacts.length];
  return {
    Subject: 'Send the offer',
    OwnerId: userId,
    WhoId: contact?.id ?? null,
    AccountId: people.accountIds[contact?.account ?? 0] ?? null,
    TaskSubtype: 'Task',
    ActivityDate: day.toISODate() ?? '',
    Status: isKept === null ? 'Not Started' : 'Completed',
    IsClosed: isKept !== null,
    CompletedDateTime: isKept === null ? null : instant(day.plus({ days: isKept ? 0 : 2 })),
    ...stamps(userId, day.minus({ days: 4 })),
  };
}

function meetingRecord(daysAgo: number, place: number, userId: string, people: DealPeople, now: DateTime) {
  const agreedAt = now.minus({ days: daysAgo });
  const start = agreedAt.plus({ days: 7 });
  const contact = people.contacts[place % people.contacts.length];
  return {
    Subject: 'Meeting',
    Type: 'Meeting',
    OwnerId: userId,
    WhoId: contact?.id ?? null,
    AccountId: people.accountIds[contact?.account ?? 0] ?? null,
    StartDateTime: instant(start),
    EndDateTime: instant(start.plus({ minutes: 45 })),
    DurationInMinutes: 45,
    ActivityDate: start.toISODate() ?? '',
    ...stamps(userId, agreedAt),
  };
}

function stamps(userId: string, at: DateTime) {
  return {
    CreatedDate: instant(at),
    CreatedById: userId,
    LastModifiedDate: instant(at),
    LastModifiedById: userId,
    SystemModstamp: instant(at),
  };
}

function instant(moment: DateTime): string {
  return moment.toUTC().toISO() ?? '';
}
