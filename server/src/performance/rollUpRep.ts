import type { EvidenceBasis } from '@scoreline/scoring';
import { DateTime } from 'luxon';
import { changedCallsOfRep } from '../calls/index.ts';
import type { Database } from '../database/index.ts';
import { replaceContributions } from './contributions.ts';
import { lockRollUp, storePosition } from './rollUps.ts';
import { tallyOf } from './tally.ts';

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
 * so the result does not depend on how often or in which portions this runs.
 */
export async function rollUpRep(database: Database, rep: RepToRollUp): Promise<void> {
  while ((await rollUpPage(database, rep)) === CALLS_PER_TRANSACTION);
}

async function rollUpPage(
  database: Database,
  { orgId, userId, basis, timeZone }: RepToRollUp,
): Promise<number> {
  return database.transaction(async (connection) => {
    const position = await lockRollUp(connection, orgId, userId, basis);
    const calls = await changedCallsOfRep(connection, orgId, userId, position, CALLS_PER_TRANSACTION);
    const contributions = calls.flatMap((call) =>
      call.startedAt === null
        ? []
        : [{ callId: call.callId, day: dayOf(call.startedAt, timeZone), tally: tallyOf(call, basis) }],
    );
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
