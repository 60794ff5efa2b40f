import type { PowerList, SkipReasonCode } from '@scoreline/contract';
import type { StartListRequest } from '@scoreline/contract/wire';
import type { Connection, Database } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { endList, forgetOldLists, listOfRep, lockList, openListOf, pauseList, startList } from './lists.ts';
import { postponePerson, skipPerson } from './people.ts';
import { forgetEndedReservations } from './reservations.ts';
import type { Rep } from './storedList.ts';
import { takeNext } from './takeNext.ts';
import { viewList } from './viewList.ts';

export interface PowerListOptions {
  readonly database: Database;
  readonly personalDataKey: Buffer;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a rep does with someone instead of calling. */
export type PassOver =
  | { readonly recordId: string; readonly reason: SkipReasonCode }
  | { readonly recordId: string; readonly callBackAt: string };

/** A call-back further away is a task, not a place on a list. */
const LONGEST_CALL_BACK_MS = 90 * 86_400_000;

/** Starts a list and gives its first person. Refuses with `listIdReused`, or `listEnded` where it was ended since. */
export async function startPowerList(
  options: PowerListOptions,
  rep: Rep,
  request: StartListRequest,
): Promise<PowerList> {
  const listId = await startList(options.database, options.personalDataKey, rep, request);
  return takeNextPerson(options, rep, listId);
}

/** The rep's list as it stands; null when there is none. */
export async function readPowerList(
  { database, now }: PowerListOptions,
  rep: Rep,
): Promise<PowerList | null> {
  const list = await openListOf(database, rep);
  return list && viewList(database, list, new Date(now()));
}

/** Gives the next person, see `takeNext`; goes on with a list that was paused. */
export async function takeNextPerson(
  { database, now }: PowerListOptions,
  rep: Rep,
  listId: string,
): Promise<PowerList> {
  const at = new Date(now());
  await takeNext(database, rep, listId, at);
  return viewList(database, await listOfRep(database, rep, listId), at);
}

/**
 * Skips a person for good, or puts them off, and gives the next one. The same wish again changes nothing more. Refuses
 * with `personNotReserved` for someone whom the rep does not have, and `invalidRequest` for a moment too far away.
 */
export async function passOver(
  options: PowerListOptions,
  rep: Rep,
  listId: string,
  wish: PassOver,
): Promise<PowerList> {
  const { database, now } = options;
  if ('callBackAt' in wish && Date.parse(wish.callBackAt) > now() + LONGEST_CALL_BACK_MS)
    throw new Refusal('invalidRequest', 'callBackAt');
  await database.transaction(async (connection) => {
    const list = await lockList(connection, rep, listId);
    const isDone =
      'reason' in wish
        ? await skipPerson(connection, list, wish.recordId, wish.reason)
        : await postponePerson(connection, list, wish.recordId, new Date(wish.callBackAt));
    if (!isDone && !(await wasOnList(connection, list, wish.recordId)))
      throw new Refusal('personNotReserved', 'recordId');
  });
  return takeNextPerson(options, rep, listId);
}

/** Gives everybody back until the rep goes on. Refuses with `listNotFound` or `listEnded`. */
export async function pausePowerList(
  { database, now }: PowerListOptions,
  rep: Rep,
  listId: string,
): Promise<PowerList> {
  await database.transaction(async (connection) =>
    pauseList(connection, await lockList(connection, rep, listId)),
  );
  return viewList(database, await listOfRep(database, rep, listId), new Date(now()));
}

/** Ends the list, once. Refuses with `listNotFound`. */
export async function endPowerList(
  { database, now }: PowerListOptions,
  rep: Rep,
  listId: string,
): Promise<PowerList> {
  await database.transaction(async (connection) =>
    endList(connection, await listOfRep(connection, rep, listId)),
  );
  return viewList(database, await listOfRep(database, rep, listId), new Date(now()));
}

/** Removes what nobody needs any more. Meant to run every hour or so. */
export async function tidyPowerLists(database: Database): Promise<void> {
  await forgetEndedReservations(database);
  await forgetOldLists(database);
}

async function wasOnList(
  connection: Connection,
  { orgId, listId }: { readonly orgId: string; readonly listId: string },
  recordId: string,
): Promise<boolean> {
  const rows = await connection.query(
    'select from call_list_person where org_id = $1 and list_id = $2 and record_id = $3',
    [orgId, listId, recordId],
  );
  return rows.length > 0;
}
