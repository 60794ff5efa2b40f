import type { Connection, Database } from '../../../database/index.ts';
import { CrmError, type CardSource, type RepCards } from '../../port.ts';
import { isRetryableCode } from '../errorCodes.ts';
import type { SalesforceOrganizations } from '../organizations.ts';
import { followLoad, needsLoad, startLoad, waitsForLoad, type LoadContext } from './bulkLoad.ts';
import { recordFollowUps } from './sendFollowUps.ts';
import {
  dueDeliveries,
  recordDelivered,
  recordNothingDue,
  recordRefused,
  type DueDelivery,
  type Refused,
} from './outbox.ts';
import { retrySeconds, rowsPerRequest } from './pace.ts';
import { readPace, recordAnswered, recordFailed, type Pace } from './paceStore.ts';
import { readBatch, REP_UNKNOWN_CODE } from './readBatch.ts';
import { packCards, recordCards } from './sendCards.ts';
import { sendDue } from './sendDue.ts';
import { firstAttempts, type DeliveredCall, type RefusedCall } from './sendTasks.ts';
import { RECORDS_PER_GROUP } from './upsertGroups.ts';

export interface DeliveryOptions {
  readonly database: Database;
  readonly organizations: SalesforceOrganizations;
  readonly cards: CardSource;
  /** From how many new Tasks on they go as one bulk load; 2,000 unless a test has fewer calls. */
  readonly bulkFrom?: number;
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

/**
 * Sends what is due to an org: up to 200 Tasks and the cards of their reps in one request, or a backlog of new Tasks
 * as one bulk load. One worker at a time per org, so that no account is written twice at once and nobody sends an
 * older version behind a newer. A worker that was suspended sends nothing after its time, and a stale write that was
 * under way already is refused by the package's own rule in the org.
 */
export async function deliverOnce(options: DeliveryOptions, orgId: string): Promise<DeliveryStep> {
  const until = performance.now() + DELIVERY_TIMEOUT_MS;
  return options.database.transaction(async (connection) => {
    if (!(await lockOrganization(connection, orgId))) return 'busy';
    const now = options.now?.() ?? (await databaseNow(connection));
    const pace = await readPace(connection, orgId, now);
    if (now < pace.resumeAt) return 'idle';
    const session = options.organizations.sessionOf(orgId);
    try {
      return await deliverDue(options, { connection, session, orgId, now, until }, pace);
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
      options.onFault?.({ orgId, what: 'request', codes: { [error.code]: 1 } });
      const failure = { usage: session.takeUsage(), code: error.code, failures: pace.failures + 1 };
      await recordFailed(connection, orgId, now, failure);
      return 'failed';
    }
  });
}

async function deliverDue(options: DeliveryOptions, context: LoadContext, pace: Pace): Promise<DeliveryStep> {
  const { connection, session, orgId, now, until } = context;
  await followLoad(context);
  if (await waitsForLoad(context)) return 'idle';
  if (await needsLoad(context, options.bulkFrom)) {
    const refused = await startLoad(context);
    if (refused !== null) {
      await recordTasks(options, context, { due: [], delivered: [], refused });
      await recordAnswered(connection, orgId, now, session.takeUsage());
      return 'full';
    }
  }
  const limit = rowsPerRequest(pace.failures, RECORDS_PER_GROUP);
  const due = await dueDeliveries(connection, orgId, now, limit);
  const isFull = due.length === limit;
  if (!isFull && now < pace.nextRequestAt) return 'idle';
  const batch = await readBatch(connection, orgId, due);
  await recordNothingDue(connection, orgId, batch.upToDate);
  // In a backlog the cards of its reps would change with every batch: they go with the last one.
  const repIds = isFull ? [] : [...new Set(batch.calls.map(({ call }) => call.userId))];
  const cards = await options.cards.takeDue(orgId, repIds, now);
  if (batch.calls.length + batch.unknown.length + cards.length === 0) return 'idle';
  const hasFollowUps = batch.calls.some(({ followUp }) => followUp !== undefined);
  const shipment = await packCards(connection, orgId, cards, hasFollowUps ? 1 : 0);
  const sent = await sendDue(session, firstAttempts(batch.calls), shipment, until);
  const refused = [...batch.unknown, ...sent.refused];
  await recordFollowUps(connection, orgId, sent.followUps);
  await recordTasks(options, context, { due, delivered: sent.delivered, refused });
  await settleCards(options, context, shipment.reps, sent.cardsRefused);
  await recordAnswered(connection, orgId, now, session.takeUsage());
  return isFull ? 'full' : 'sent';
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

interface TaskRecording {
  readonly due: readonly DueDelivery[];
  readonly delivered: readonly DeliveredCall[];
  readonly refused: readonly RefusedCall[];
}

async function recordTasks(
  options: DeliveryOptions,
  { connection, orgId, now }: LoadContext,
  { due, delivered, refused }: TaskRecording,
): Promise<void> {
  const states = new Map(due.map((each) => [each.callId, each]));
  await recordDelivered(connection, orgId, delivered);
  await recordRefused(
    connection,
    orgId,
    refused.map(({ callId, version, code, fieldName }): Refused => {
      const { attempts = 0, dueSince = now } = states.get(callId) ?? {};
      const isPassing = code === REP_UNKNOWN_CODE || isRetryableCode(code);
      const canWait = now.getTime() - dueSince.getTime() < GIVE_UP_MS;
      const retryAt = new Date(now.getTime() + retrySeconds(attempts, Math.random()) * 1_000);
      const reason = fieldName === undefined ? code : `${code} ${fieldName}`;
      return { callId, version, reason, retryAt: isPassing && canWait ? retryAt : null };
    }),
  );
  reportRefused(
    options,
    orgId,
    'calls',
    refused.map(({ code }) => code),
  );
}

async function settleCards(
  options: DeliveryOptions,
  { connection, orgId, now }: LoadContext,
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
