import { findCalls } from '../../src/calls/index.ts';
import { deliverOnce, markDue, type DeliveryFault } from '../../src/crm/index.ts';
import type { DeliveryOptions, DeliveryStep } from '../../src/crm/salesforce/delivery/deliverOnce.ts';
import { createCardSource } from '../../src/performance/index.ts';
import type { OrgUnderTest } from './orgUnderTest.ts';

export interface DeliveryReport {
  readonly step: DeliveryStep;
  readonly faults: readonly DeliveryFault[];
}

/** Forgets pauses between requests and after failures, so that a test need not wait for them. */
export async function forgetPauses({ ledger: { database } }: OrgUnderTest): Promise<void> {
  await database.query(
    "update crm_pace set next_request_at = '-infinity', resume_at = '-infinity', failures = 0",
  );
}

/** Marks these calls as due, as the worker does when they change, and sends what is due an hour later. */
export async function deliverDue(
  under: OrgUnderTest,
  callIds: readonly string[],
  now: Date = new Date(Date.now() + 3_600_000),
  options: Pick<DeliveryOptions, 'bulkFrom'> = {},
): Promise<DeliveryReport> {
  const { ledger, organizations, orgId } = under;
  await markDue(ledger.database, orgId, await findCalls(ledger.database, orgId, callIds));
  await forgetPauses(under);
  const faults: DeliveryFault[] = [];
  const step = await deliverOnce(
    {
      ...options,
      database: ledger.database,
      organizations,
      cards: createCardSource({ database: ledger.database, networkReports: () => true }),
      now: () => now,
      onFault: (fault) => faults.push(fault),
    },
    orgId,
  );
  return { step, faults };
}

/** Sends these reps' cards, and those of others that are due. */
export async function deliverCards(
  under: OrgUnderTest,
  userIds: readonly string[],
  now: Date,
): Promise<DeliveryReport> {
  await under.ledger.database.query(
    `update rep_rollup set card_due_at = to_timestamp(0) where org_id = $1 and user_id = any($2::text[])`,
    [under.orgId, userIds],
  );
  return deliverDue(under, [], now);
}
