import { findCalls } from '../../../server/src/calls/index.ts';
import { deliverOnce, markDue } from '../../../server/src/crm/index.ts';
import { createCardSource, markCardDue } from '../../../server/src/performance/index.ts';
import { startOrgUnderTest, type OrgUnderTest } from '../../../server/test/crm/orgUnderTest.ts';
import { syncOnce } from '../../../server/test/crm/syncOnce.ts';
import { dayOfCalls, type Moment } from './dayOfCalls.ts';

const REPS = 40;
const CALLS_PER_REP = 40;
const SEED = 7;
/** How often the delivery looks at its outbox. */
const LOOK_MS = 500;
/** After the last call everything is delivered within this time. */
const EVENING_MS = 3_600_000;

export interface Trickle {
  readonly apiCallsPerCall: number;
  /** From saving an outcome to the Task, at the worst, on the day's clock. */
  readonly slowestSeconds: number;
}

/**
 * A working day of forty reps against a real org, on a clock that jumps from moment to moment: calls end, outcomes are
 * chosen, some are corrected, the carrier's facts come late. Every request to the org counts, those for cards too.
 *
 * @param apiShare the fraction of the org's daily requests that is the relay's; with 0 it has none left
 */
export async function measureTrickle({ apiShare }: { readonly apiShare: number }): Promise<Trickle> {
  const under = await startOrgUnderTest();
  try {
    const reps = await hireReps(under);
    await syncOnce(under);
    const { database } = under.ledger;
    await database.query(
      'insert into crm_pace (org_id, api_share) values ($1, $2) on conflict (org_id) do update set api_share = $2',
      [under.orgId, apiShare],
    );
    const day = dayOfCalls({ reps, callsPerRep: CALLS_PER_REP, seed: SEED });
    const before = under.proxy.requests.length;
    let slowestMs = 0;
    let nowMs = day[0]?.atMs ?? 0;
    const savedAtMs = new Map<string, number>();
    const lastMs = (day.at(-1)?.atMs ?? 0) + EVENING_MS;
    for (const moment of [...day, { atMs: lastMs }]) {
      while (nowMs < moment.atMs) {
        await deliverWhatIsDue(under, nowMs);
        slowestMs = Math.max(slowestMs, await slowestDelivered(under, savedAtMs, nowMs));
        nowMs = Math.min(moment.atMs, Math.max(nowMs + LOOK_MS, await nextDueMs(under, nowMs)));
      }
      if ('userId' in moment) await happen(under, moment, savedAtMs);
    }
    return {
      apiCallsPerCall: (under.proxy.requests.length - before) / (REPS * CALLS_PER_REP),
      slowestSeconds: Math.round(slowestMs / 100) / 10,
    };
  } finally {
    await under.stop();
  }
}

async function hireReps({ org }: OrgUnderTest): Promise<string[]> {
  const [manager] = await org.query("SELECT Id FROM UserRole WHERE DeveloperName = 'Rep'");
  const roleId = String(manager?.['Id']);
  const userIds = await org.insert(
    'User',
    Array.from({ length: REPS }, (_none, index) => ({
      LastName: `Rep ${index + 1}`,
      Username: `rep${index + 1}@northwind-outdoor.test`,
      Email: `rep${index + 1}@northwind-outdoor.test`,
      UserRoleId: roleId,
      TimeZoneSidKey: 'America/Denver',
      IsActive: true,
    })),
  );
  for (const userId of userIds) await org.assignPermissionSet(userId, 'Scoreline_Rep');
  return userIds;
}

async function happen(
  under: OrgUnderTest,
  { atMs, userId, callId, witness, events, isSaved }: Moment,
  savedAtMs: Map<string, number>,
): Promise<void> {
  const { ledger, orgId } = under;
  await under.openCall(callId, userId);
  await under.report(callId, witness, events, userId);
  const calls = await findCalls(ledger.database, orgId, [callId]);
  await markDue(ledger.database, orgId, calls, new Date(atMs));
  await markCardDue(ledger.database, orgId, userId, new Date(atMs));
  if (isSaved) savedAtMs.set(callId, atMs);
}

async function deliverWhatIsDue({ ledger: { database }, organizations, orgId }: OrgUnderTest, nowMs: number) {
  const cards = createCardSource({ database, networkReports: () => true });
  await deliverOnce({ database, organizations, cards, now: () => new Date(nowMs) }, orgId);
}

/** The longest time that a saved call took among those that the org has since. */
async function slowestDelivered(
  { ledger: { database } }: OrgUnderTest,
  savedAtMs: Map<string, number>,
  nowMs: number,
): Promise<number> {
  if (savedAtMs.size === 0) return 0;
  const rows = await database.query<{ callId: string }>(
    `select call_id as "callId" from crm_delivery
     where call_id = any($1::uuid[]) and delivered_version is not null and due_at is null`,
    [[...savedAtMs.keys()]],
  );
  let slowestMs = 0;
  for (const { callId } of rows) {
    slowestMs = Math.max(slowestMs, nowMs - (savedAtMs.get(callId) ?? nowMs));
    savedAtMs.delete(callId);
  }
  return slowestMs;
}

/** When the next call or card is due and may be sent. */
async function nextDueMs({ ledger: { database } }: OrgUnderTest, nowMs: number): Promise<number> {
  const [row] = await database.query<{ at: Date | null }>(
    `select greatest(least((select min(due_at) from crm_delivery where due_at is not null),
         (select min(card_due_at) from rep_rollup where card_due_at is not null)),
       (select greatest(next_request_at, resume_at) from crm_pace)) as at`,
  );
  return row?.at?.getTime() ?? nowMs + EVENING_MS;
}
