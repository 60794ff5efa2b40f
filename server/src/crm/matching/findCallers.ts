import type { CallerResponse } from '@scoreline/contract/wire';
import { hashNumber } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { matchNumber } from './matchNumber.ts';

/** As many as a rep can choose from while the phone rings. */
const MAXIMUM_RECORDS = 5;

/**
 * Whose number this may be, the same as for the Task of the call: the record that a rep once chose for the number, or
 * else everyone who has it, people first; never the rep's own record.
 */
export async function findCallers(
  connection: Connection,
  personalDataKey: Buffer,
  { orgId, userId }: { readonly orgId: string; readonly userId: string },
  numberE164: string,
): Promise<CallerResponse> {
  const numberHash = hashNumber(personalDataKey, orgId, numberE164);
  const match = await matchNumber(connection, orgId, { numberHash, userId });
  if (match.kind === 'record') return { recordIds: [match.recordId] };
  if (match.kind === 'none') return { recordIds: [] };
  // An account that stands beside people is not theirs, so it is the least likely.
  const recordIds = match.candidates
    .toSorted((one, other) => Number(isAccount(one)) - Number(isAccount(other)))
    .map(({ recordId }) => recordId);
  return { recordIds: recordIds.slice(0, MAXIMUM_RECORDS) };
}

function isAccount({
  recordId,
  accountId,
}: {
  readonly recordId: string;
  readonly accountId: string | null;
}): boolean {
  return recordId === accountId;
}
