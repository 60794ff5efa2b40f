import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, type Postgres } from '../../sandbox/src/postgres.ts';
import { migrate, openDatabase, type Database } from '../../server/src/database/index.ts';
import { createCardSource } from '../../server/src/performance/index.ts';
import { rollUpBatch } from '../../server/src/performance/startPerformance.ts';
import type { Figures } from '../bench.ts';
import { startAcknowledging } from './support/acknowledging.ts';
import { addCall, fillCompany, growLedger, repWithCards, settleLedger } from './support/ledgerOfCalls.ts';
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
const INCREMENTS = 150;
const NOW = new Date('2026-11-20T17:00:00Z');

/**
 * How long it takes to add up everything anew, and what one more call costs the longer the history gets: its rep's days,
 * and all of the rep's cards. Meanwhile another process writes to the ledger as phones do.
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

async function measureOn(postgres: Postgres): Promise<Figures> {
  await postgres.createDatabase('relay');
  const database = await openDatabase(postgres.url('relay'));
  const acknowledging = await startAcknowledging(postgres.url('relay'));
  try {
    await migrate(database);
    await fillCompany(database, REPS);
    const incrementalMs: number[] = [];
    let rebuildSeconds = 0;
    for (const calls of [MOST_CALLS / 100, MOST_CALLS / 10, MOST_CALLS]) {
      await growLedger(database, { reps: REPS, calls });
      await settleLedger(postgres.url('relay'));
      await database.query('update rep_rollup set counted_by = null');
      await acknowledging.begin();
      rebuildSeconds = await rebuild(database);
      await acknowledging.pause();
      incrementalMs.push(await oneMoreCall(database, calls / REPS));
    }
    const [of100k = 0, of1M = 0, of10M = 0] = incrementalMs;
    return {
      rebuildSeconds10M: rebuildSeconds,
      incrementalMs100k: of100k,
      incrementalMs1M: of1M,
      incrementalMs10M: of10M,
      incrementalGrowth: of10M / of100k,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      ackP99MsDuringRebuild: await acknowledging.p99Ms(),
    };
  } finally {
    await acknowledging.stop();
    await database.close();
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

/** The median of what one more call costs, from its commit to the finished cards. The first ones warm up. */
async function oneMoreCall(database: Database, callsPerRep: number): Promise<number> {
  const cards = createCardSource({ database, networkReports: () => true });
  const timesMs: number[] = [];
  for (let index = 0; index < INCREMENTS; index += 1) {
    const rep = repWithCards((index * 7) % REPS);
    await database.query('delete from rep_changed_day where user_id = $1', [rep.userId]);
    await addCall(database, rep, callsPerRep + index);
    const startedMs = performance.now();
    await cards.takeDue(rep.orgId, [rep.userId], NOW);
    timesMs.push(performance.now() - startedMs);
  }
  return Math.round(median(timesMs.slice(INCREMENTS / 3)) * 100) / 100;
}
