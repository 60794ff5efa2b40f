import { DateTime } from 'luxon';
import { OPPORTUNITY_STAGES } from '../../org/index.ts';
import type { Chance } from './chance.ts';
import type { Customers } from './customers.ts';
import { PRODUCTS } from './names.ts';
import type { CompanyPlan } from './plan.ts';
import type { Staff } from './staff.ts';

/** What an opportunity was at one time. */
export interface DealState {
  readonly atMs: number;
  /** The index of the stage. */
  readonly stage: number;
  readonly amount: number;
  /** `YYYY-MM-DD` */
  readonly closeDate: string;
}

export interface DealLine {
  /** The index of the product. */
  readonly product: number;
  readonly quantity: number;
  readonly unitPrice: number;
}

export interface Deal {
  readonly name: string;
  readonly rep: number;
  readonly account: number;
  readonly contact: number;
  readonly isExisting: boolean;
  readonly leadSource: string;
  /** The index of the campaign that it came from; null for most. */
  readonly campaign: number | null;
  readonly lines: readonly DealLine[];
  /** Oldest first; the last one is how it stands. */
  readonly states: readonly DealState[];
}

export const CAMPAIGNS: readonly string[] = [
  'Outdoor Fair',
  'Spring Catalogue',
  'Safety Webinar',
  'Summer Rentals',
  'Winter Stock',
  'Partner Days',
];
export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Trade Show', 'Other'] as const;
const DAY_MS = 86_400_000;
const WON = OPPORTUNITY_STAGES.findIndex(({ isWon }) => isWon);
const LOST = OPPORTUNITY_STAGES.findIndex(({ isWon, isClosed }) => isClosed && !isWon);

/** Opportunities of the whole time, each on its way through the stages as far as it has come by now. */
export function makeDeals(
  plan: CompanyPlan,
  staff: Staff,
  customers: Customers,
  chance: Chance,
  span: { readonly from: DateTime; readonly now: DateTime },
): Deal[] {
  const fromMs = span.from.toMillis();
  const nowMs = span.now.toMillis();
  const contactsOf = Map.groupBy(customers.contacts.entries(), ([, { account }]) => account);
  return Array.from({ length: plan.opportunities }, (_, index): Deal => {
    const account = chance.whole(0, plan.accounts - 1);
    const { rep = 0, name = '' } = customers.accounts[account] ?? {};
    const [contact = 0] = chance.pick(contactsOf.get(account) ?? [...customers.contacts.entries()]);
    const lines = linesOf(chance);
    const createdMs = Math.floor(
      fromMs + ((nowMs - fromMs - 3_600_000) * (index + chance.next())) / plan.opportunities,
    );
    return {
      name: `${name}: ${PRODUCTS[lines[0]?.product ?? 0]?.[2] ?? 'Order'}`,
      rep,
      account,
      contact,
      isExisting: chance.happens(0.45),
      leadSource: chance.pick(LEAD_SOURCES),
      campaign: chance.happens(0.2) ? chance.whole(0, CAMPAIGNS.length - 1) : null,
      lines,
      states: statesOf(staff.reps[rep]?.winRate ?? 0.2, amountOf(lines), { createdMs, nowMs }, chance),
    };
  });
}

function linesOf(chance: Chance): DealLine[] {
  const first = chance.whole(0, PRODUCTS.length - 1);
  return Array.from({ length: chance.whole(1, 3) }, (_, index): DealLine => {
    const product = (first + index * 5) % PRODUCTS.length;
    const price = PRODUCTS[product]?.[3] ?? 100;
    const quantity = Math.max(1, Math.round(chance.logNormal(price > 1_000 ? 2 : 14, 0.8)));
    return { product, quantity, unitPrice: Math.round(price * chance.between(0.85, 1)) };
  });
}

function amountOf(lines: readonly DealLine[]): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}

/** The way of one deal: most are lost early, those that are won pass most stages. The last amount is the lines' sum. */
function statesOf(
  winRate: number,
  amount: number,
  { createdMs, nowMs }: { readonly createdMs: number; readonly nowMs: number },
  chance: Chance,
): DealState[] {
  const isWon = chance.happens(winRate);
  const lastOpen = isWon ? 7 : Math.min(7, Math.floor(-Math.log(1 - chance.next()) * 2.5));
  const days = chance.logNormal(55, 0.6);
  const steps = lastOpen + 2;
  let closeMs = createdMs + Math.round(days * chance.between(0.7, 1.1)) * DAY_MS;
  const states: DealState[] = [];
  for (let step = 0; step < steps; step += 1) {
    const atMs = Math.floor(createdMs + (days * DAY_MS * step) / (steps - 1));
    if (atMs > nowMs) break;
    const isLast = step === steps - 1;
    const stage = isLast ? (isWon ? WON : LOST) : step;
    // Whoever closes closes today; whoever does not has to promise another day.
    if (isLast) closeMs = atMs;
    else if (closeMs < atMs + 3 * DAY_MS) closeMs = atMs + chance.whole(14, 45) * DAY_MS;
    states.push({ atMs, stage, amount, closeDate: dayOf(closeMs) });
  }
  // An amount that was guessed first and counted later: the early states differ from the lines.
  const guess = chance.happens(0.35) ? Math.round((amount * chance.between(0.6, 1.5)) / 100) * 100 : amount;
  return states.map((state, index) =>
    index < states.length - 1 && index < 2 ? { ...state, amount: guess } : state,
  );
}

function dayOf(epochMs: number): string {
  return DateTime.fromMillis(epochMs, { zone: 'utc' }).toISODate() ?? '';
}
