import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, type Postgres } from '../../sandbox/src/postgres.ts';
import { migrate, openDatabase, type Database } from '../../server/src/database/index.ts';
import type { RepWithCards } from '../../server/src/performance/cards.ts';
import { createCardSource } from '../../server/src/performance/index.ts';
import { rollUpBatch } from '../../server/src/performance/startPerformance.ts';
import type { Figures } from '../bench.ts';
import { startAcknowledging } from './support/acknowledging.ts';
import { addCall, fillCompany, fillLedger, repWithCards, settleLedger } from './support/ledgerOfCalls.ts';
import { median } from './support/statistics.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { calls: { type: 'string', default: '10000000' } },
});
/** As many as the command line says, for a quick look; the figures are those of ten million. */
const MOST_CALLS = Number(values.calls);
const REPS = 1_000;
/** As the relay takes them from its queue. */
const REPS_PER_BATCH = 20;
const INCREMENTS = 240;
const NOW = new Date('2026-11-20T17:00:00Z');

/**
 * How long it takes to add up everything anew, while another process writes to the ledger as phones do, and what one more
 * call costs the longer the history is: its rep's days, and all of the rep's cards.
 */
export async function measure(): Promise<Figures> {
  const directory = await mkdtemp(join('/var/tmp', 'scoreline-bench-'));
  const password = randomBytes(12).toString('hex');
  const postgres = await startPostgres({ directory, port: 0, password });
  try {
    return await measureOn(postgres);
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A store with so many calls, all added up. */
interface Ledger {
  readonly database: Database;
  readonly callsPerRep: number;
  readonly rebuildSeconds: number;
  readonly ackP99Ms: number;
}

async function measureOn(postgres: Postgres): Promise<Figures> {
  const ledgers: Ledger[] = [];
  try {
    for (const calls of [MOST_CALLS / 100, MOST_CALLS / 10, MOST_CALLS])
      ledgers.push(await addedUp(postgres, calls));
    const [of100k = 0, of1M = 0, of10M = 0] = await oneMoreCall(ledgers);
    const whole = ledgers.at(-1);
    return {
      rebuildSeconds10M: whole?.rebuildSeconds ?? 0,
      incrementalMs100k: of100k,
      incrementalMs1M: of1M,
      incrementalMs10M: of10M,
      incrementalGrowth: of10M / of100k,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      ackP99MsDuringRebuild: whole?.ackP99Ms ?? 0,
    };
  } finally {
    for (const { database } of ledgers) await database.close();
  }
}

/** Adds so many calls up while another process writes to the same ledger. */
async function addedUp(postgres: Postgres, calls: number): Promise<Ledger> {
  const name = `relay_${calls}`;
  await postgres.createDatabase(name);
  const url = postgres.url(name);
  const database = await openDatabase(url);
  await migrate(database);
  await fillCompany(database, REPS);
  await fillLedger(database, { reps: REPS, calls });
  await settleLedger(url);
  const acknowledging = await startAcknowledging(url);
  try {
    await acknowledging.begin();
    const rebuildSeconds = await rebuild(database);
    await acknowledging.pause();
    return { database, callsPerRep: calls / REPS, rebuildSeconds, ackP99Ms: await acknowledging.p99Ms() };
  } finally {
    await acknowledging.stop();
  }
}

async function rebuild(database: Database): Promise<number> {
  const startedMs = performance.now();
  for (let first = 0; first < REPS; first += REPS_PER_BATCH) {
    const jobs = Array.from({ length: REPS_PER_BATCH }, (_, index) => repWithCards(first + index));
    const failures = await rollUpBatch({ database, networkReports: () => true }, jobs);
    if (failures.length > 0) throw new Error(`${failures.length} of the reps were not added up`);
  }
  return Math.round((performance.now() - startedMs) / 100) / 10;
}

/**
 * The median of what one more call costs in each ledger, from its commit to the finished cards. The ledgers take turns, so
 * that a slow minute of the machine slows them all. The first calls warm up.
 */
async function oneMoreCall(ledgers: readonly Ledger[]): Promise<number[]> {
  const timesMs = ledgers.map((): number[] => []);
  for (let index = 0; index < INCREMENTS; index += 1)
    for (const [place, ledger] of ledgers.entries())
      timesMs[place]?.push(await timeOneCall(ledger, repWithCards((index * 7) % REPS), index));
  return timesMs.map((each) => Math.round(median(each.slice(INCREMENTS / 3)) * 100) / 100);
}

async function timeOneCall(
  { database, callsPerRep }: Ledger,
  rep: RepWithCards,
  index: number,
): Promise<number> {
  const cards = createCardSource({ database, networkReports: () => true });
  await database.query('delete from rep_changed_day where user_id = $1', [rep.userId]);
  await addCall(database, rep, callsPerRep + index);
  const startedMs = performance.now();
  await cards.takeDue(rep.orgId, [rep.userId], NOW);
  return performance.now() - startedMs;
}
