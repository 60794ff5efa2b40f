import type { EvidenceBasis } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { changedCallsOfRep } from '../calls/index.ts';
import type { Database } from '../database/index.ts';
import { replaceContributions } from './contributions.ts';
import { lockRollUp, storePosition } from './rollUps.ts';
import { withRepeats } from './repeats.ts';

/** Calls rolled up in one transaction, so that a long ledger holds no lock for long. */
const CALLS_PER_TRANSACTION = 500;

export interface RepToRollUp {
  readonly orgId: string;
  readonly userId: string;
  readonly basis: EvidenceBasis;
  /** The rep's IANA zone, in which a call has its day. */
  readonly timeZone: string;
}

/**
 * Takes every change of the rep's calls into the rep's days. Each call's contribution replaces what it added before,
 * as do those of
 * the calls to the same number around it, so the result does not depend on how often or in which portions this runs.
 */
export async function rollUpRep(database: Database, rep: RepToRollUp): Promise<void> {
  while ((await rollUpPage(database, rep)) === CALLS_PER_TRANSACTION);
}

async function rollUpPage(database: Database, rep: RepToRollUp): Promise<number> {
  const { orgId, userId, basis, timeZone } = rep;
  return database.transaction(async (connection) => {
    const position = await lockRollUp(connection, orgId, userId, basis);
    const calls = await changedCallsOfRep(connection, orgId, userId, position, CALLS_PER_TRANSACTION);
    const tallies = await withRepeats(connection, rep, calls);
    const contributions = tallies.map((each) => ({ ...each, day: dayOf(each.startedAt, timeZone) }));
    await replaceContributions(connection, orgId, userId, contributions);
    await storePosition(connection, orgId, userId, { position: calls.at(-1)?.position ?? position, basis });
    return calls.length;
  });
}

function dayOf(instant: string, timeZone: string): string {
  const day = DateTime.fromISO(instant, { zone: timeZone }).toISODate();
  if (day === null) throw new RangeError('The zone or the instant is not valid');
  return day;
}
