import { readFileSync } from 'node:fs';
import { type Chain, startChain } from '../../../e2e/faults/support/chain.ts';
import { eventually } from '../../../e2e/faults/support/eventually.ts';
import { managerConnection } from '../../../e2e/faults/support/tasks.ts';
import { momentAt, newCallId, talkedFor } from '../../../e2e/support/relayClient.ts';
import type { Figures } from '../../bench.ts';
import { BenchClient } from './benchClient.ts';

/** As many as the command line says, for a quick look; the figures are those of 20,000. */
const OUTCOMES = Number(process.argv[3] ?? 20_000);
const CLIENTS = 40;
const TALK_SECONDS = 65;
const BETWEEN_CALLS_MS = 120_000;
/** What an org on the other side of the internet takes to answer at the least. */
const ORG_LATENCY_MS = 80;
/** Enough for a steady rate. */
const PLAIN_TASKS = 600;
/** `maxRequest` of a jsforce connection. */
const PLAIN_CONCURRENCY = 10;
const DELIVERED_WITHIN_MS = 600_000;

/**
 * 20,000 outcomes are acknowledged while no worker runs; then one worker takes them to the org, and the clock runs
 * until it has every Task. Before it, plain jsforce upserts Tasks one by one in the same org.
 */
export async function measureBacklog(): Promise<Figures> {
  const chain = await startChain({ webs: 1, workers: 1 });
  try {
    const [worker] = chain.workers;
    if (worker === undefined) throw new Error('The chain has no worker');
    await worker.stop();
    await acknowledgeOutcomes(chain);
    await putFaults(chain, [{ kind: 'latency', milliseconds: ORG_LATENCY_MS }]);
    const plainPerSecond = await plainTasksPerSecond(chain);
    const requestsBefore = await requestsUsed(chain);
    await worker.start();
    const peak = watchPeakMb(worker.processId());
    const deliveredBefore = await tasksDelivered(chain);
    const startedMs = performance.now();
    await eventually(
      'every Task is in the org',
      async () => (await tasksDelivered(chain)) >= OUTCOMES,
      DELIVERED_WITHIN_MS,
    );
    const seconds = (performance.now() - startedMs) / 1_000;
    const tasksPerSecond = (OUTCOMES - deliveredBefore) / seconds;
    return {
      tasksPerSecond: Math.round(tasksPerSecond),
      plainJsforceTasksPerSecond: Math.round(plainPerSecond),
      timesPlainJsforce: Math.round((tasksPerSecond / plainPerSecond) * 10) / 10,
      apiCallsPerTask: ((await requestsUsed(chain)) - requestsBefore) / OUTCOMES,
      relayPeakMb: peak(),
    };
  } finally {
    await chain.stop();
  }
}

async function acknowledgeOutcomes(chain: Chain): Promise<void> {
  const { reps } = chain.people;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_none, index) => {
      const client = await BenchClient.signIn(chain, index, reps[index % reps.length]?.userId);
      for (let call = 0; call < OUTCOMES / CLIENTS; call += 1) {
        const callId = newCallId();
        const number = `+1303${7_000_000 + call * CLIENTS + index}`;
        await client.post('/v1/calls', { callId, number });
        const events = talkedFor(TALK_SECONDS).map((event) => later(event, call));
        await client.post(`/v1/calls/${callId}/events`, { events });
        const outcome = { kind: 'outcome', outcome: 'meeting', note: 'Wants the spring catalogue' };
        await client.post(`/v1/calls/${callId}/outcome`, {
          ...later(momentAt(TALK_SECONDS + 20, 5), call),
          ...outcome,
        });
      }
      client.close();
    }),
  );
}

/** One call of a rep after another, not all at once. */
function later<Event extends { readonly at: string }>(event: Event, call: number): Event {
  return { ...event, at: new Date(Date.parse(event.at) + call * BETWEEN_CALLS_MS).toISOString() };
}

async function plainTasksPerSecond(chain: Chain): Promise<number> {
  const connection = await managerConnection(chain);
  const startedMs = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: PLAIN_CONCURRENCY }, async () => {
      while (next < PLAIN_TASKS) {
        next += 1;
        await connection.sobject('Task').create({
          Subject: 'Call: Meeting',
          Status: 'Completed',
          Priority: 'Normal',
          TaskSubtype: 'Call',
          CallType: 'Outbound',
          CallDisposition: 'Meeting',
          CallObject: newCallId(),
          Description: 'Wants the spring catalogue',
        });
      }
    }),
  );
  return PLAIN_TASKS / ((performance.now() - startedMs) / 1_000);
}

async function putFaults(chain: Chain, faults: readonly object[]): Promise<void> {
  const answer = await fetch(`${chain.orgUrl}/sandbox/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults }),
  });
  if (!answer.ok) throw new Error(`The fault plan was refused: ${await answer.text()}`);
}

async function requestsUsed(chain: Chain): Promise<number> {
  const connection = await managerConnection(chain);
  await connection.request('/limits');
  return connection.limitInfo.apiUsage?.used ?? 0;
}

async function tasksDelivered({ relayDatabase }: Chain): Promise<number> {
  const { rows } = await relayDatabase.query<{ delivered: string }>(
    'select count(*) as delivered from crm_delivery where delivered_version is not null',
  );
  return Number(rows[0]?.delivered ?? 0);
}

/** The most memory that the process had at any time, as its system counts it. */
function watchPeakMb(processId: number): () => number {
  return () => {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1] ?? 0) / 1_024);
  };
}
