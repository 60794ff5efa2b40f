import { createSecretKey } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Connection, LocalOrg } from '../../org/index.ts';
import { createChance } from './chance.ts';
import { makeCalls, type PastCall } from './calls.ts';
import { makeCustomers } from './customers.ts';
import { makeDeals } from './deals.ts';
import { loadCompany } from './loadCompany.ts';
import { loadDeals } from './loadDeals.ts';
import { loadLedger, positionOf } from './loadLedger.ts';
import { loadMeetings, loadQuotas } from './loadPlans.ts';
import { loadTasks } from './loadTasks.ts';
import type { CompanyPlan } from './plan.ts';
import { makeStaff } from './staff.ts';

/** Told how much of a step is done. */
export type OnAdvance = (step: string, done: number, total: number) => void;

/** A company that is in the org, with what the ledger needs of it. */
export interface LargeCompany {
  readonly calls: readonly PastCall[];
  readonly taskIds: readonly string[];
  readonly userIdOf: (rep: number) => string;
  readonly recordIdOf: (call: PastCall) => string;
}

export interface CompanyOptions {
  readonly plan: CompanyPlan;
  readonly relayUsername: string;
  /** The present of the company: nothing in it is later. */
  readonly now: DateTime;
  readonly onAdvance: OnAdvance;
}

/** Calls written at a time: as far as the progress moves at once. */
const CALLS_PER_STEP = 5_000;
const SCORECARDS_WITHIN_MS = 180_000;
const LOOK_AGAIN_MS = 250;

/** Fills an empty org with a large company, whose every detail follows from the plan's seed and the present. */
export async function seedLargeCompany(org: LocalOrg, options: CompanyOptions): Promise<LargeCompany> {
  const { plan, relayUsername, now, onAdvance } = options;
  const chance = createChance(plan.seed);
  const span = { from: now.minus({ years: plan.years }), now };
  const staff = makeStaff(plan, chance, span.from, now);
  const customers = makeCustomers(plan, staff, chance, span);
  const deals = makeDeals(plan, staff, customers, chance, span);
  const calls = makeCalls(plan, staff, customers, chance, now);
  onAdvance('company', 1, 3);
  const ids = await loadCompany(org, staff, customers, { relayUsername, fromMs: span.from.toMillis() });
  onAdvance('company', 2, 3);
  const userIdOf = (rep: number): string => ids.reps[rep] ?? '';
  const recordIdOf = ({ prospect }: PastCall): string =>
    (prospect.kind === 'lead' ? ids.leads : ids.contacts)[prospect.index] ?? '';
  await loadDeals(org, deals, {
    userIdOf,
    accountIds: ids.accounts,
    contactIds: ids.contacts,
    campaignIds: ids.campaigns,
  });
  onAdvance('company', 3, 3);
  const names = {
    userIdOf,
    recordIdOf,
    accountIdOf: ({ prospect }: PastCall) =>
      prospect.account === null ? null : (ids.accounts[prospect.account] ?? null),
    relayUserId: ids.relayUser,
  };
  await loadQuotas(org, staff, userIdOf, span);
  await loadMeetings(org, calls, staff, names);
  const taskIds: string[] = [];
  for (const { part, done } of partsOf(calls)) {
    taskIds.push(...(await loadTasks(org, part, names)));
    onAdvance('tasks', done, calls.length);
  }
  return { calls, taskIds, userIdOf, recordIdOf };
}

/** Does work in a transaction of the relay's database. */
export type InRelay = (work: (connection: Connection) => Promise<void>) => Promise<void>;

export interface LedgerOptions {
  readonly orgId: string;
  /** The relay has already given its database its tables. */
  readonly inRelay: InRelay;
  readonly personalDataKey: Buffer;
  readonly onAdvance: OnAdvance;
}

/** Gives the relay the company's calls, and waits until it has added them up and published every rep's card. */
export async function seedLargeLedger(
  org: LocalOrg,
  company: LargeCompany,
  { orgId, inRelay, personalDataKey, onAdvance }: LedgerOptions,
): Promise<void> {
  const { calls, taskIds, userIdOf, recordIdOf } = company;
  const taskIdOf = new Map(calls.map(({ callId }, index) => [callId, taskIds[index] ?? '']));
  const names = {
    orgId,
    personalDataKey: createSecretKey(personalDataKey),
    userIdOf,
    recordIdOf,
    taskIdOf: ({ callId }: PastCall) => taskIdOf.get(callId) ?? '',
  };
  const lastOf = new Map<string, PastCall>();
  let done = 0;
  // Rep by rep, so that the relay adds up the first ones while the others are still written.
  for (const own of Map.groupBy(calls, ({ rep }) => rep).values()) {
    await inRelay((connection) => loadLedger(connection, own, names));
    // Queries over tables of which nothing is known yet are planned as if they were empty.
    if (Number.isInteger(Math.log2(lastOf.size + 1))) {
      await inRelay(
        async (connection) =>
          void (await connection.query('ANALYZE call, call_event, call_personal, rep_day')),
      );
    }
    const last = own.at(-1);
    if (last !== undefined) lastOf.set(userIdOf(last.rep), last);
    done += own.length;
    onAdvance('calls', done, calls.length);
  }
  await scorecardsReach(org, lastOf, onAdvance);
}

/** Waits until every rep's card includes the rep's last call. */
async function scorecardsReach(
  org: LocalOrg,
  lastOf: ReadonlyMap<string, PastCall>,
  onAdvance: OnAdvance,
): Promise<void> {
  const deadline = Date.now() + SCORECARDS_WITHIN_MS;
  for (;;) {
    const cards = await org.query(
      'SELECT Rep__c, MAX(Watermark__c) position FROM Rep_Scorecard__c GROUP BY Rep__c',
    );
    const reached = cards.filter((card) => {
      const last = lastOf.get(String(card['Rep__c']));
      return last !== undefined && Number(card['position']) >= positionOf(last);
    });
    onAdvance('scorecards', reached.length, lastOf.size);
    if (reached.length >= lastOf.size) return;
    if (Date.now() > deadline) throw new Error('The scorecards of the large company did not appear');
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function* partsOf(calls: readonly PastCall[]): Iterable<{ part: readonly PastCall[]; done: number }> {
  for (let start = 0; start < calls.length; start += CALLS_PER_STEP) {
    const part = calls.slice(start, start + CALLS_PER_STEP);
    yield { part, done: start + part.length };
  }
}
