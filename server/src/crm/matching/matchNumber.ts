import type { Connection } from '../../database/index.ts';
import { decideMatch, type Candidate, type NumberMatch } from './decideMatch.ts';
import { choicesOf, holdersOf, ownRecordsOf, recordsOf, type DialedNumber } from './recordIndex.ts';

/** A number to be matched, and where it was dialed from. */
export interface NumberLookup {
  /** `hashNumber` of calls. */
  readonly numberHash: string;
  /** Digits behind the line's number; absent for the line itself. */
  readonly extension?: string | null;
  readonly userId: string;
  /** The record that the rep dialed from. */
  readonly recordId?: string | null;
}

/**
 * Whose number a rep dialed. The record dialed from wins while it exists; then what was once chosen for the number,
 * while that exists; then the only contact, lead or account that has the number, a contact before its own account.
 * A converted lead is its contact. Never a record that is the rep's own.
 */
export async function matchNumber(
  connection: Connection,
  orgId: string,
  lookup: NumberLookup,
): Promise<NumberMatch> {
  const [match] = await matchNumbers(connection, orgId, [lookup]);
  return match ?? { kind: 'none' };
}

/** The same for many numbers at once, in their order, with as many questions to the database as for one. */
export async function matchNumbers(
  connection: Connection,
  orgId: string,
  lookups: readonly NumberLookup[],
): Promise<NumberMatch[]> {
  if (lookups.length === 0) return [];
  const numbers = lookups.map(({ numberHash, extension, userId }): DialedNumber => ({
    numberHash,
    extension: extension ?? '',
    userId,
  }));
  const holders = await holdersOf(connection, orgId, numbers);
  const choices = await choicesOf(connection, orgId, numbers);
  const named = lookups.flatMap(({ userId, recordId }, place) =>
    [recordId ?? null, choices.get(place) ?? null]
      .filter((id) => id !== null)
      .map((id) => ({ userId, recordId: id })),
  );
  const records = await recordsOf(
    connection,
    orgId,
    named.map(({ recordId }) => recordId),
  );
  const targets = named.map(({ userId, recordId }) => ({
    userId,
    recordId: records.get(recordId)?.recordId ?? recordId,
  }));
  const own = await ownRecordsOf(connection, orgId, [...named, ...targets]);

  const usable = (userId: string, recordId: string | null | undefined): Candidate | null => {
    if (recordId === null || recordId === undefined) return null;
    // A record that the index does not have is of another object or too new to be in it: it is taken at its word.
    const { isDeleted = false, ...record } = records.get(recordId) ?? { recordId, accountId: null };
    const isOwn = own.has(`${userId} ${recordId}`) || own.has(`${userId} ${record.recordId}`);
    return isDeleted || isOwn ? null : record;
  };
  return lookups.map(({ userId, recordId }, place) =>
    decideMatch({
      dialedFrom: usable(userId, recordId),
      chosen: usable(userId, choices.get(place)),
      holders: holders.get(place) ?? [],
    }),
  );
}
