import type { Connection } from '../../database/index.ts';

/** How far an object was read. */
export interface Cursor {
  /** The stamp of the last record read, and that record; null when there was none, or it was not noted. */
  readonly modifiedThrough: Date | null;
  readonly lastRecordId: string | null;
  /** When the relay last noted anything here. */
  readonly syncedAt: Date;
  /** When the last read that came to its end began; null while the object was never read whole. */
  readonly completeAsOf: Date | null;
}

export async function readCursor(
  connection: Connection,
  orgId: string,
  objectName: string,
): Promise<Cursor | null> {
  const [row] = await connection.query<Cursor>(
    `select modified_through as "modifiedThrough", last_record_id as "lastRecordId", synced_at as "syncedAt",
       complete_as_of as "completeAsOf"
     from crm_sync_cursor where org_id = $1 and object_name = $2`,
    [orgId, objectName],
  );
  return row ?? null;
}

/** Notes that an object was read as far as this record. A cursor never goes back. */
export async function advanceCursor(
  connection: Connection,
  orgId: string,
  objectName: string,
  last: { readonly modifiedThrough: Date; readonly recordId: string },
): Promise<void> {
  await connection.query(
    `insert into crm_sync_cursor as cursor (org_id, object_name, modified_through, last_record_id)
     values ($1, $2, $3, $4)
     on conflict (org_id, object_name) do update
     set modified_through = excluded.modified_through, last_record_id = excluded.last_record_id, synced_at = now()
     where cursor.modified_through is null or cursor.modified_through <= excluded.modified_through`,
    [orgId, objectName, last.modifiedThrough.toISOString(), last.recordId],
  );
}

/** Notes that an object was read to its end, by a read that began at this time. */
export async function completeCursor(
  connection: Connection,
  orgId: string,
  objectName: string,
  asOf: Date,
): Promise<void> {
  await connection.query(
    `insert into crm_sync_cursor as cursor (org_id, object_name, complete_as_of) values ($1, $2, $3)
     on conflict (org_id, object_name) do update
     set complete_as_of = greatest(cursor.complete_as_of, excluded.complete_as_of), synced_at = now()`,
    [orgId, objectName, asOf.toISOString()],
  );
}
