import assert from 'node:assert/strict';
import type { Chain } from './chain.ts';
import { eventually } from './eventually.ts';
import { bringForward, isOutboxEmpty } from './outbox.ts';
import type { AcknowledgedCall } from './phone.ts';
import { managerConnection } from './tasks.ts';

/** Jobs between a commit and its mark in the outbox and its card. */
const QUEUES = ['call-changed', 'roll-up-rep'];
const SETTLED_WITHIN_MS = 120_000;

interface LedgerCall {
  readonly callId: string;
  readonly userId: string;
  readonly version: number;
  readonly outcome: string | null;
  readonly talkSeconds: number;
}

interface TaskRow {
  readonly Call_Id__c: string;
  readonly OwnerId: string;
  readonly Call_Version__c: number;
  readonly Call_Outcome__c: string | null;
  readonly Talk_Seconds__c: number;
}

interface CardRow {
  readonly Rep__c: string;
  readonly Calls_Logged__c: number;
  readonly Talk_Seconds__c: number;
}

/** What a whole run came to. */
export interface FinalSet {
  readonly acknowledged: number;
  readonly ledger: number;
  readonly tasks: number;
  /** Acknowledged calls without a Task, or that the ledger does not have. */
  readonly lost: number;
  /** Tasks beyond the first of their call. */
  readonly doubled: number;
  /** Everything that is not as it should be, a line each; empty when the sets are equal. */
  readonly differences: readonly string[];
}

/** Asserts, once all is settled, that acknowledged calls = calls of the ledger = Tasks of the org, none twice. */
export async function assertFinalSet(
  chain: Pick<Chain, 'relayDatabase' | 'orgUrl' | 'people'>,
  acknowledged: readonly AcknowledgedCall[],
): Promise<void> {
  const final = await settle(chain, acknowledged);
  assert.deepEqual(final.differences, []);
  assert.ok(final.acknowledged > 0);
  assert.deepEqual(
    [final.ledger, final.tasks, final.lost, final.doubled],
    [final.acknowledged, final.acknowledged, 0, 0],
  );
}

/**
 * Waits until no job is left and nothing is due, and compares: acknowledged calls = calls of the ledger = Tasks of the
 * org, deleted and archived ones included, none twice, each in its newest version; and each rep's cards add up to the ledger.
 */
export async function settle(
  chain: Pick<Chain, 'relayDatabase' | 'orgUrl' | 'people'>,
  acknowledged: readonly AcknowledgedCall[],
  withinMs = SETTLED_WITHIN_MS,
): Promise<FinalSet> {
  let last: FinalSet | undefined;
  return await eventually(
    'the final set is reached',
    async () => {
      await bringForward(chain);
      if ((await hasOpenJobs(chain)) || !(await isOutboxEmpty(chain))) return false;
      last = await compare(chain, acknowledged);
      return last.differences.length === 0 ? last : false;
    },
    withinMs,
  ).catch((error: unknown) => {
    if (last !== undefined) return last;
    throw error;
  });
}

/** Unfinished jobs; a retry that waits for its time is made due, because a test has no hours. */
async function hasOpenJobs({ relayDatabase }: Pick<Chain, 'relayDatabase'>): Promise<boolean> {
  await relayDatabase.query(
    `update pgboss.job set start_after = now()
     where name = any($1) and state in ('created', 'retry') and start_after > now()`,
    [QUEUES],
  );
  const { rows } = await relayDatabase.query<{ open: number }>(
    `select count(*)::integer as open from pgboss.job
     where name = any($1) and state in ('created', 'retry', 'active')`,
    [QUEUES],
  );
  return rows[0]?.open !== 0;
}

async function compare(
  chain: Parameters<typeof settle>[0],
  acknowledged: readonly AcknowledgedCall[],
): Promise<FinalSet> {
  const ledger = await readLedger(chain);
  const { tasks, cards } = await readOrg(chain);
  const tasksOf = Map.groupBy(tasks, (task) => task.Call_Id__c);
  const entries = new Map(ledger.map((call) => [call.callId, call]));
  const acknowledgedIds = new Set(acknowledged.map(({ callId }) => callId));
  const lost = [...acknowledgedIds].filter((callId) => !entries.has(callId) || !tasksOf.has(callId));
  const differences = [
    ...lost.map((callId) => `${callId} is lost`),
    ...ledger
      .filter(({ callId }) => !acknowledgedIds.has(callId))
      .map(({ callId }) => `${callId} is in the ledger and was never acknowledged`),
    ...[...tasksOf.keys()]
      .filter((callId) => !entries.has(callId))
      .map((callId) => `${callId} has a Task and is not in the ledger`),
    ...acknowledged.flatMap((call) => differencesOfOutcome(call, entries.get(call.callId))),
    ...ledger.flatMap((call) => differencesOfCall(call, tasksOf.get(call.callId) ?? [])),
    ...differencesOfCards(ledger, cards),
  ];
  return {
    acknowledged: acknowledgedIds.size,
    ledger: ledger.length,
    tasks: tasks.length,
    lost: lost.length,
    doubled: tasks.length - tasksOf.size,
    differences,
  };
}

function differencesOfOutcome(call: AcknowledgedCall, entry: LedgerCall | undefined): string[] {
  if (entry === undefined || (entry.outcome === call.outcome && entry.talkSeconds === call.talkSeconds))
    return [];
  return [`${call.callId} is ${entry.outcome} of ${entry.talkSeconds} s in the ledger`];
}

function differencesOfCall(call: LedgerCall, tasks: readonly TaskRow[]): string[] {
  const [task] = tasks;
  if (task === undefined) return [`${call.callId} has no Task`];
  if (tasks.length > 1) return [`${call.callId} has ${tasks.length} Tasks`];
  const isNewest =
    task.Call_Version__c === call.version &&
    task.Call_Outcome__c === call.outcome &&
    task.Talk_Seconds__c === call.talkSeconds &&
    task.OwnerId === call.userId;
  return isNewest ? [] : [`${call.callId} has version ${task.Call_Version__c}, not ${call.version}`];
}

function differencesOfCards(ledger: readonly LedgerCall[], cards: readonly CardRow[]): string[] {
  return [...Map.groupBy(ledger, ({ userId }) => userId)].flatMap(([userId, calls]) => {
    const own = cards.filter(({ Rep__c }) => Rep__c === userId);
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
    const logged = sum(own.map((card) => card.Calls_Logged__c));
    const talked = sum(own.map((card) => card.Talk_Seconds__c));
    const talkSeconds = sum(calls.map((call) => call.talkSeconds));
    return logged === calls.length && talked === talkSeconds
      ? []
      : [
          `the cards of ${userId} have ${logged} calls of ${talked} s, not ${calls.length} of ${talkSeconds} s`,
        ];
  });
}

async function readLedger({ relayDatabase }: Pick<Chain, 'relayDatabase'>): Promise<LedgerCall[]> {
  const { rows } = await relayDatabase.query<LedgerCall>(
    `select call_id as "callId", user_id as "userId", version, outcome, talk_seconds as "talkSeconds" from call`,
  );
  return rows;
}

async function readOrg(
  chain: Pick<Chain, 'orgUrl' | 'people'>,
): Promise<{ tasks: TaskRow[]; cards: CardRow[] }> {
  const connection = await managerConnection(chain);
  const everything = { autoFetch: true, maxFetch: 1_000_000, scanAll: true };
  const tasks = await connection.query<TaskRow>(
    `SELECT Call_Id__c, OwnerId, Call_Version__c, Call_Outcome__c, Talk_Seconds__c
     FROM Task WHERE Call_Id__c != null`,
    everything,
  );
  const cards = await connection.query<CardRow>(
    'SELECT Rep__c, Calls_Logged__c, Talk_Seconds__c FROM Rep_Scorecard__c',
    everything,
  );
  return { tasks: tasks.records, cards: cards.records };
}
