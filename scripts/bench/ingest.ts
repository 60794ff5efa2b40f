import { startChain } from '../../e2e/faults/support/chain.ts';
import { momentAt, newCallId, talkedFor } from '../../e2e/support/relayClient.ts';
import { bareInsertsPerSecond } from '../../server/test/bareQueueInserts.ts';
import type { Figures } from '../bench.ts';
import { BenchClient } from './support/benchClient.ts';
import { median, quantile } from './support/statistics.ts';

const CLIENTS = 50;
const CALLS_PER_CLIENT = 40;
/** The first one warms up and is not counted. */
const RUNS = 6;
const TALK_SECONDS = 65;

interface Run {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * How many outcomes a second a web relay acknowledges after they are durable, at 50 reps at once, and beside it how
 * many jobs a second pg-boss alone takes on the same server from as many callers.
 */
export async function measure(): Promise<Figures> {
  const chain = await startChain({ webs: 1, workers: 1 });
  const clients: BenchClient[] = [];
  try {
    // They have told the relay whom it may call; from here on the web relay and PostgreSQL have the machine.
    await chain.workers[0]?.stop();
    await chain.org.stop();
    await chain.server.postgres.createDatabase('bare_queue');
    for (let index = 0; index < CLIENTS; index += 1) clients.push(await BenchClient.signIn(chain, index));
    const runs: Run[] = [];
    const insertRates: number[] = [];
    for (let index = 0; index < RUNS; index += 1) {
      runs.push(await acknowledgeOutcomes(clients));
      insertRates.push(
        await bareInsertsPerSecond(chain.server.postgres.url('bare_queue'), {
          inserts: CLIENTS * CALLS_PER_CLIENT,
          concurrency: CLIENTS,
        }),
      );
    }
    const counted = runs.slice(1);
    return {
      acksPerSecond: Math.round(median(counted.map(({ perSecond }) => perSecond))),
      pgBossInsertsPerSecond: Math.round(median(insertRates.slice(1))),
      p50Ms: Math.round(median(counted.map(({ p50Ms }) => p50Ms))),
      p99Ms: Math.round(median(counted.map(({ p99Ms }) => p99Ms))),
    };
  } finally {
    for (const client of clients) client.close();
    await chain.stop();
  }
}

/** Every client sends the outcomes of calls that have ended, one after another; only that is timed. */
async function acknowledgeOutcomes(clients: readonly BenchClient[]): Promise<Run> {
  const callIds = await Promise.all(clients.map(endedCalls));
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      for (const callId of callIds[index] ?? []) {
        const sentMs = performance.now();
        await client.post(`/v1/calls/${callId}/outcome`, {
          ...momentAt(TALK_SECONDS + 20, 5),
          kind: 'outcome',
          outcome: 'meeting',
          note: 'Wants the spring catalogue',
        });
        latenciesMs.push(performance.now() - sentMs);
      }
    }),
  );
  return {
    perSecond: latenciesMs.length / ((performance.now() - startedMs) / 1_000),
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
  };
}

/** Calls that were permitted, and that their phone saw end. */
async function endedCalls(client: BenchClient): Promise<string[]> {
  const callIds: string[] = [];
  for (let index = 0; index < CALLS_PER_CLIENT; index += 1) {
    const callId = newCallId();
    await client.post('/v1/calls', { callId, number: '+1 303 555 0142' });
    await client.post(`/v1/calls/${callId}/events`, { events: talkedFor(TALK_SECONDS) });
    callIds.push(callId);
  }
  return callIds;
}
