import { findCalls } from '../../../calls/index.ts';
import type { Connection, Database } from '../../../database/index.ts';
import { repsOf } from '../../copies.ts';
import { matchCalls } from '../../matching/matchCalls.ts';
import { CrmError, type CardSource, type RepCards } from '../../port.ts';
import { isRetryableCode } from '../errorCodes.ts';
import type { SalesforceOrganizations } from '../organizations.ts';
import type { SalesforceSession } from '../session.ts';
import {
  dueDeliveries,
  recordDelivered,
  recordNothingDue,
  recordRefused,
  type DueDelivery,
  type Refused,
} from './outbox.ts';
import { retrySeconds, rowsPerRequest } from './pace.ts';
import { readPace, recordAnswered, recordFailed } from './paceStore.ts';
import { cardGroups, outcomeOfCards, packCards, recordCards, type CardShipment } from './sendCards.ts';
import {
  firstAttempts,
  outcomeOfTasks,
  taskGroup,
  type DeliveredCall,
  type DueCall,
  type RefusedCall,
  type TaskAttempt,
} from './sendTasks.ts';
import { RECORDS_PER_GROUP, upsertGroups } from './upsertGroups.ts';

export interface DeliveryOptions {
  readonly database: Database;
  readonly organizations: SalesforceOrganizations;
  readonly cards: CardSource;
  /** The clock by which calls are due; the database's when absent. */
  readonly now?: () => Date;
  /** Told of whole requests that failed and of records that were refused, by codes and numbers alone. */
  readonly onFault?: (fault: DeliveryFault) => void;
}

export interface DeliveryFault {
  readonly orgId: string;
  /** `request` when the org could not be asked and is left alone for a while, else the records that were refused. */
  readonly what: 'request' | 'calls' | 'cards';
  readonly codes: Readonly<Record<string, number>>;
}

/**
 * What a delivery came to: nothing was due or may be sent yet, another worker is at it, a request was sent, one was
 * sent and more is due at once, or the org could not be asked.
 */
export type DeliveryStep = 'idle' | 'busy' | 'sent' | 'full' | 'failed';

/** The whole delivery ends before the database ends a transaction that waits for the org. */
const DELIVERY_TIMEOUT_MS = 70_000;
const IDLE_TIMEOUT_MS = 90_000;
/** Refused for a passing reason for so long, a record is a dead letter. */
const GIVE_UP_MS = 4 * 86_400_000;
/** No copy of the rep yet, so the day of the call in the rep's zone is not known: the next sync brings it. */
const REP_UNKNOWN_CODE = 'REP_NOT_SYNCED';

/**
 * Sends what is due to an org: up to 200 Tasks and the cards of their reps in one request, and in a second one what
 * the org's answer shows how to mend. One worker at a time per org, so that no account is written twice at once and
 * nobody sends an older version behind a newer. A worker that was suspended sends nothing after its time, and a
 * stale write that was under way already is refused by the package's own rule in the org.
 */
export async function deliverOnce(options: DeliveryOptions, orgId: string): Promise<DeliveryStep> {
  const until = performance.now() + DELIVERY_TIMEOUT_MS;
  return options.database.transaction(async (connection) => {
    if (!(await lockOrganization(connection, orgId))) return 'busy';
    const now = options.now?.() ?? (await databaseNow(connection));
    const pace = await readPace(connection, orgId, now);
    if (now < pace.resumeAt) return 'idle';
    const limit = rowsPerRequest(pace.failures, RECORDS_PER_GROUP);
    const due = await dueDeliveries(connection, orgId, now, limit);
    const isFull = due.length === limit;
    if (!isFull && now < pace.nextRequestAt) return 'idle';
    const session = options.organizations.sessionOf(orgId);
    const batch = await readBatch(connection, orgId, due);
    await recordNothingDue(connection, orgId, batch.upToDate);
    const repIds = [...new Set(batch.calls.map(({ call }) => call.userId))];
    const cards = await options.cards.takeDue(orgId, repIds, now);
    if (batch.calls.length === 0 && batch.unknown.length === 0 && cards.length === 0) return 'idle';
    try {
      const shipment = await packCards(connection, orgId, cards);
      const sent = await send(session, firstAttempts(batch.calls), shipment, until);
      await recordTasks({ options, connection, orgId, now, due }, sent.delivered, [
        ...batch.unknown,
        ...sent.refused,
      ]);
      await settleCards({ options, connection, orgId, now }, shipment.reps, sent.cardsRefused);
      await recordAnswered(connection, orgId, now, session.takeUsage());
      return isFull ? 'full' : 'sent';
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
      options.onFault?.({ orgId, what: 'request', codes: { [error.code]: 1 } });
      const failure = { usage: session.takeUsage(), code: error.code, failures: pace.failures + 1 };
      await recordFailed(connection, orgId, now, failure);
      return 'failed';
    }
  });
}

async function lockOrganization(connection: Connection, orgId: string): Promise<boolean> {
  await connection.query("select set_config('idle_in_transaction_session_timeout', $1, true)", [
    String(IDLE_TIMEOUT_MS),
  ]);
  const [row] = await connection.query<{ isLocked: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as "isLocked"',
    [`deliver ${orgId}`],
  );
  return row?.isLocked === true;
}

async function databaseNow(connection: Connection): Promise<Date> {
  const [row] = await connection.query<{ now: Date }>('select now()');
  if (row === undefined) throw new Error('The time has no row');
  return row.now;
}

/** The due calls as they stand now: what is sent is the newest version. */
async function readBatch(connection: Connection, orgId: string, due: readonly DueDelivery[]) {
  const callIds = due.map(({ callId }) => callId);
  const found = await matchCalls(connection, orgId, await findCalls(connection, orgId, callIds));
  const byId = new Map(found.map((call) => [call.callId, call]));
  const reps = await repsOf(connection, orgId, [...new Set(found.map(({ userId }) => userId))]);
  const calls: DueCall[] = [];
  const unknown: RefusedCall[] = [];
  const upToDate: string[] = [];
  for (const { callId, deliveredVersion } of due) {
    const call = byId.get(callId);
    const timeZone = reps.get(call?.userId ?? '')?.timeZone;
    if (call === undefined || call.state !== 'ended' || call.version <= (deliveredVersion ?? -1))
      upToDate.push(callId);
    else if (timeZone === undefined) unknown.push({ callId, code: REP_UNKNOWN_CODE });
    else calls.push({ call, timeZone, deliveredVersion });
  }
  return { calls, unknown, upToDate };
}

async function send(
  session: SalesforceSession,
  attempts: readonly TaskAttempt[],
  shipment: CardShipment,
  until: number,
): Promise<{
  delivered: readonly DeliveredCall[];
  refused: readonly RefusedCall[];
  cardsRefused: ReadonlyMap<string, string>;
}> {
  const [tasks, ...cards] = await upsertGroups(
    session,
    [taskGroup(attempts), ...cardGroups(shipment)],
    until,
  );
  if (tasks?.refusal != null) throw new CrmError(tasks.refusal, true);
  const outcome = await outcomeOfTasks(session, attempts, tasks?.rows ?? [], until);
  const cardOutcome = outcomeOfCards(shipment, cards);
  const again = await upsertGroups(
    session,
    [taskGroup(outcome.retries), ...cardGroups(cardOutcome.retry)],
    until,
  );
  const [tasksAgain, ...cardsAgain] = again;
  const delivered = [...outcome.delivered];
  const refused = [...outcome.refused];
  for (const [index, { call }] of outcome.retries.entries()) {
    const row = tasksAgain?.rows[index];
    if (row?.code === null)
      delivered.push({ callId: call.callId, taskId: row.id, version: call.version });
    else refused.push({ callId: call.callId, code: row?.code ?? 'UNKNOWN_EXCEPTION' });
  }
  const cardsStillRefused = outcomeOfCards(cardOutcome.retry, cardsAgain);
  const refusedAgain = cardsStillRefused.retry.groups.flat().map(({ userId }) => [userId, 'CARD_OR_METRIC_MISSING'] as const);
  return {
    delivered,
    refused,
    cardsRefused: new Map([...cardOutcome.refused, ...cardsStillRefused.refused, ...refusedAgain]),
  };
}

interface Recording {
  readonly options: DeliveryOptions;
  readonly connection: Connection;
  readonly orgId: string;
  readonly now: Date;
}

async function recordTasks(
  { options, connection, orgId, now, due }: Recording & { readonly due: readonly DueDelivery[] },
  delivered: readonly DeliveredCall[],
  refused: readonly RefusedCall[],
): Promise<void> {
  const states = new Map(due.map((each) => [each.callId, each]));
  await recordDelivered(connection, orgId, delivered);
  await recordRefused(
    connection,
    orgId,
    refused.map(({ callId, code }): Refused => {
      const { attempts = 0, dueSince = now } = states.get(callId) ?? {};
      const isPassing = code === REP_UNKNOWN_CODE || isRetryableCode(code);
      const canWait = now.getTime() - dueSince.getTime() < GIVE_UP_MS;
      const retryAt = new Date(now.getTime() + retrySeconds(attempts, Math.random()) * 1_000);
      return { callId, code, retryAt: isPassing && canWait ? retryAt : null };
    }),
  );
  reportRefused(options, orgId, 'calls', refused.map(({ code }) => code));
}

async function settleCards(
  { options, connection, orgId, now }: Recording,
  reps: readonly RepCards[],
  refused: ReadonlyMap<string, string>,
): Promise<void> {
  const published = reps.filter(({ userId }) => !refused.has(userId));
  await recordCards(connection, orgId, published);
  await options.cards.settle(connection, orgId, {
    published,
    refused: reps.filter(({ userId }) => refused.has(userId)),
    now,
  });
  reportRefused(options, orgId, 'cards', [...refused.values()]);
}

function reportRefused(
  { onFault }: DeliveryOptions,
  orgId: string,
  what: 'calls' | 'cards',
  refusals: readonly string[],
): void {
  if (refusals.length === 0) return;
  const codes: Record<string, number> = {};
  for (const code of refusals) codes[code] = (codes[code] ?? 0) + 1;
  onFault?.({ orgId, what, codes });
}
