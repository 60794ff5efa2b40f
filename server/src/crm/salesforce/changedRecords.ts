import * as z from 'zod/mini';
import type { Connection, Database } from '../../database/index.ts';
import type { SalesforceSession } from './session.ts';
import { queryPages, soqlInstant } from './soql.ts';

/** What a copy is made with. */
export interface CopyContext {
  readonly database: Database;
  readonly session: SalesforceSession;
  readonly orgId: string;
}

/** An object whose changes are copied. */
export interface CopiedObject<Row extends Changed> {
  readonly objectName: string;
  readonly fields: readonly string[];
  readonly schema: z.ZodMiniType<Row>;
  /** A SOQL condition that leaves out, while nothing was read yet, what would leave nothing behind. */
  readonly firstCondition?: string;
  /** Whether deleted records are read too, with `IsDeleted`. */
  readonly includesDeleted?: boolean;
  /** Stores a page. A record may come again, unchanged. */
  readonly store: (connection: Connection, rows: readonly Row[]) => Promise<void>;
}

export interface Changed {
  readonly SystemModstamp: Date;
}

/** A date and time as the API writes it, e.g. `2026-11-23T10:00:00.000+0000`. */
export const apiInstantSchema = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => new Date(text)),
);

/** A record becomes visible some time after its SystemModstamp, when its transaction commits. */
const OVERLAP_MS = 15 * 60_000;

/**
 * Copies what changed since the last time, in the order of SystemModstamp, page by page; each page is committed with
 * its cursor, so an interrupted copy goes on where it was.
 * @throws CrmError
 */
export async function copyChanges<Row extends Changed>(
  { database, session, orgId }: CopyContext,
  object: CopiedObject<Row>,
): Promise<void> {
  const { objectName, fields, firstCondition } = object;
  const cursor = await readCursor(database, orgId, objectName);
  const newest = cursor === null ? await newestChange(session, objectName) : null;
  const condition =
    cursor === null
      ? firstCondition
      : `SystemModstamp >= ${soqlInstant(new Date(cursor.getTime() - OVERLAP_MS))}`;
  const soql = [
    `SELECT ${[...fields, 'SystemModstamp'].join(', ')} FROM ${objectName}`,
    ...(condition === undefined ? [] : [`WHERE ${condition}`]),
    'ORDER BY SystemModstamp, Id',
  ].join(' ');
  const { includesDeleted = false } = object;
  for await (const rows of queryPages(session, soql, object.schema, { includesDeleted })) {
    await database.transaction(async (connection) => {
      await object.store(connection, rows);
      // A filtered first copy must not stop half way with a cursor: what it left out would never be read.
      if (cursor !== null)
        await advanceCursor(connection, orgId, objectName, rows.at(-1)?.SystemModstamp ?? null);
    });
  }
  if (cursor === null) await advanceCursor(database, orgId, objectName, newest);
}

/** Notes that an object was read, as far as a record's SystemModstamp; null when it has no records. */
export async function advanceCursor(
  connection: Connection,
  orgId: string,
  objectName: string,
  modifiedThrough: Date | null,
): Promise<void> {
  await connection.query(
    `insert into crm_sync_cursor as cursor (org_id, object_name, modified_through) values ($1, $2, $3)
     on conflict (org_id, object_name) do update
     set modified_through = greatest(cursor.modified_through, excluded.modified_through), synced_at = now()`,
    [orgId, objectName, modifiedThrough?.toISOString() ?? null],
  );
}

async function readCursor(connection: Connection, orgId: string, objectName: string): Promise<Date | null> {
  const [row] = await connection.query<{ modifiedThrough: Date | null }>(
    `select modified_through as "modifiedThrough" from crm_sync_cursor
     where org_id = $1 and object_name = $2`,
    [orgId, objectName],
  );
  return row?.modifiedThrough ?? null;
}

/** Asked before a first copy, so that what changes meanwhile is copied the next time. */
async function newestChange(session: SalesforceSession, objectName: string): Promise<Date | null> {
  const soql = `SELECT SystemModstamp FROM ${objectName} ORDER BY SystemModstamp DESC LIMIT 1`;
  const schema = z.object({ SystemModstamp: apiInstantSchema });
  for await (const [row] of queryPages(session, soql, schema)) return row?.SystemModstamp ?? null;
  return null;
}
