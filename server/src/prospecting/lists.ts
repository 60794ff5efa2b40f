import type { StartListRequest } from '@scoreline/contract/wire';
import { keyedHash } from '../calls/index.ts';
import type { Connection, Database } from '../database/index.ts';
import { Refusal } from '../refusal.ts';
import { releaseList } from './reservations.ts';
import type { Rep, StoredList } from './storedList.ts';

const COLUMNS = `list.org_id as "orgId", list.list_id as "listId", list.user_id as "userId",
  list.source_kind as "sourceKind", list.source_id as "sourceId", list.label, list.state,
  list.current_record_id as "currentRecordId"`;

/**
 * Makes the rep's list and ends the one before it: a rep works through one list at a time. The same start again
 * changes nothing; refuses with `listIdReused` one that has the id of another list.
 */
export async function startList(
  database: Database,
  personalDataKey: Buffer,
  { orgId, userId }: Rep,
  { listId, source, recordIds }: StartListRequest,
): Promise<string> {
  const contents = ['list', orgId, userId, source.kind, source.id, ...recordIds];
  const contentHash = keyedHash(personalDataKey, contents);
  await database.transaction(async (connection) => {
    // Two windows that start at once would both end the list before and then both make one.
    await connection.query(`select pg_advisory_xact_lock(hashtextextended('list ' || $1 || $2, 0))`, [
      orgId,
      userId,
    ]);
    const [known] = await connection.query<{ isSame: boolean }>(
      `select user_id = $3 and content_hash = $4 as "isSame" from call_list
       where org_id = $1 and list_id = $2`,
      [orgId, listId, userId, contentHash],
    );
    if (known !== undefined) {
      if (!known.isSame) throw new Refusal('listIdReused', 'listId');
      return;
    }
    for (const open of await openListsOf(connection, { orgId, userId })) await endList(connection, open);
    await connection.query(
      `insert into call_list (org_id, list_id, user_id, source_kind, source_id, label, content_hash)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [orgId, listId, userId, source.kind, source.id, source.label, contentHash],
    );
    await connection.query(
      `insert into call_list_person (org_id, list_id, record_id, place)
       select $1, $2, record_id, min(place)
       from unnest($3::text[]) with ordinality as given (record_id, place) group by record_id`,
      [orgId, listId, recordIds],
    );
  });
  return listId;
}

/** The list that the rep works through; null when there is none. */
export async function openListOf(connection: Connection, rep: Rep): Promise<StoredList | null> {
  const [list] = await openListsOf(connection, rep);
  return list ?? null;
}

/** A rep's own list, ended or not. Refuses with `listNotFound`. */
export async function listOfRep(
  connection: Connection,
  { orgId, userId }: Rep,
  listId: string,
): Promise<StoredList> {
  const [list] = await connection.query<StoredList>(
    `select ${COLUMNS} from call_list list where org_id = $1 and list_id = $2 and user_id = $3`,
    [orgId, listId, userId],
  );
  if (list === undefined) throw new Refusal('listNotFound');
  return list;
}

/** A list that the rep may go on with, locked until the end of the transaction. Refuses with `listNotFound` or `listEnded`. */
export async function lockList(connection: Connection, rep: Rep, listId: string): Promise<StoredList> {
  await connection.query('select from call_list where org_id = $1 and list_id = $2 for update', [
    rep.orgId,
    listId,
  ]);
  const list = await listOfRep(connection, rep, listId);
  if (list.state === 'ended') throw new Refusal('listEnded');
  return list;
}

/** Who is to be called next, or nobody for now; the list runs. */
export async function setCurrent(
  connection: Connection,
  { orgId, listId }: StoredList,
  recordId: string | null,
): Promise<void> {
  await connection.query(
    `update call_list set current_record_id = $3, state = 'running'
     where org_id = $1 and list_id = $2 and state <> 'ended'`,
    [orgId, listId, recordId],
  );
}

/** Gives everybody back until the rep goes on. */
export async function pauseList(connection: Connection, list: StoredList): Promise<void> {
  await connection.query(
    `update call_list set state = 'paused' where org_id = $1 and list_id = $2 and state = 'running'`,
    [list.orgId, list.listId],
  );
  await releaseList(connection, list);
}

/** Ends the list for good. */
export async function endList(connection: Connection, list: StoredList): Promise<void> {
  await connection.query(
    `update call_list set state = 'ended', ended_at = now(), current_record_id = null
     where org_id = $1 and list_id = $2 and state <> 'ended'`,
    [list.orgId, list.listId],
  );
  await releaseList(connection, list);
}

/** Removes lists of long ago with all that was kept of their people. */
export async function forgetOldLists(connection: Connection): Promise<void> {
  await connection.query(`delete from call_list where created_at < now() - interval '90 days'`);
}

async function openListsOf(connection: Connection, { orgId, userId }: Rep): Promise<StoredList[]> {
  return connection.query<StoredList>(
    `select ${COLUMNS} from call_list list where org_id = $1 and user_id = $2 and state <> 'ended'`,
    [orgId, userId],
  );
}
