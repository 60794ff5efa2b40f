import type { CountryCode } from 'libphonenumber-js/max';
import * as z from 'zod/mini';
import type { Connection, Database } from '../../database/index.ts';
import { advanceCursor, completeCursor, readCursor, type Cursor } from './cursors.ts';
import type { SalesforceSession } from './session.ts';
import { countRecords, queryPages, soqlInstant, soqlText } from './soql.ts';

/** What a copy is made with. */
export interface CopyContext {
  readonly database: Database;
  readonly session: SalesforceSession;
  readonly orgId: string;
  /** Key of the hashes of phone numbers and addresses. */
  readonly personalDataKey: Buffer;
  /** The country of numbers that are written without a country code. */
  readonly homeCountry: CountryCode;
}

/** How a copy is watched and stopped. */
export interface CopyWatch {
  /** Ends the copy after the page that is being stored. */
  readonly signal?: AbortSignal;
  /** Told, after its commit, how many records a page had. */
  readonly onPage?: (records: number) => void;
}

/** An object whose changes are copied. Its query is made of these constants and the cursor alone. */
export interface CopyDefinition<Row extends CopiedRow> {
  readonly objectName: string;
  /** What the copy is called where an object is copied more than once; else the object's name. */
  readonly cursorName?: string;
  readonly fields: readonly string[];
  readonly schema: z.ZodMiniType<Row>;
  /** A SOQL condition that never changes for a record, so that a copied one is never lost sight of. */
  readonly condition?: string;
  /** Whether an org may lack this object and nothing is wrong. */
  readonly isOptional?: boolean;
  /** Whether calls and cards wait for its changes, so that every pass reads them. */
  readonly isUrgent?: boolean;
  /** Stores a page. A record may come again, unchanged. */
  readonly store: (connection: Connection, rows: readonly Row[], context: CopyContext) => Promise<void>;
}

export interface CopiedRow {
  readonly Id: string;
  readonly SystemModstamp: Date;
}

/** A {@link CopyDefinition} with its rows' type closed in. */
export interface CopiedObject {
  readonly objectName: string;
  /** What the copy is called, unlike any other. */
  readonly cursorName: string;
  readonly fields: readonly string[];
  readonly condition: string | null;
  readonly isOptional: boolean;
  readonly isUrgent: boolean;
  /** @throws CrmError */
  copy(context: CopyContext, watch?: CopyWatch): Promise<void>;
  /**
   * How many records the org has, and behind how many of them the next copy would begin.
   * @throws CrmError
   */
  measure(context: CopyContext): Promise<{ readonly total: number; readonly done: number }>;
}

/** A date and time as the API writes it, e.g. `2026-11-23T10:00:00.000+0000`. */
export const apiInstantSchema = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => new Date(text)),
);

/** A record becomes visible some time after its stamp, when its transaction commits. */
const OVERLAP_MS = 15 * 60_000;
/** How far the relay's clock may be from the org's. */
const CLOCK_MARGIN_MS = 15 * 60_000;

export function defineCopy<Row extends CopiedRow>(definition: CopyDefinition<Row>): CopiedObject {
  return {
    objectName: definition.objectName,
    cursorName: definition.cursorName ?? definition.objectName,
    fields: definition.fields,
    condition: definition.condition ?? null,
    isOptional: definition.isOptional ?? false,
    isUrgent: definition.isUrgent ?? false,
    copy: (context, watch = {}) => copyChanges(context, definition, watch),
    measure: (context) => measure(context, definition),
  };
}

/**
 * Copies what changed since the last time, deleted records too, in the order of SystemModstamp, page by page; each page is
 * committed with its cursor, so an interrupted copy goes on where it was.
 * @throws CrmError
 */
async function copyChanges<Row extends CopiedRow>(
  context: CopyContext,
  definition: CopyDefinition<Row>,
  { signal, onPage }: CopyWatch,
): Promise<void> {
  const { database, session, orgId } = context;
  const { objectName, cursorName = objectName, schema, fields } = definition;
  const startedAt = new Date();
  const cursor = await readCursor(database, orgId, cursorName);
  const soql = `SELECT ${fields.join(', ')} ${scopeOf(definition, cursor)} ORDER BY SystemModstamp, Id`;
  for await (const rows of queryPages(session, soql, schema, { includesDeleted: true })) {
    await database.transaction(async (connection) => {
      await definition.store(connection, rows, context);
      const last = rows.at(-1);
      if (last !== undefined)
        await advanceCursor(connection, orgId, cursorName, {
          modifiedThrough: last.SystemModstamp,
          recordId: last.Id,
        });
    });
    onPage?.(rows.length);
    if (signal?.aborted === true) return;
  }
  await completeCursor(database, orgId, cursorName, startedAt);
}

async function measure<Row extends CopiedRow>(
  { database, session, orgId }: CopyContext,
  definition: CopyDefinition<Row>,
): Promise<{ total: number; done: number }> {
  const cursor = await readCursor(database, orgId, definition.cursorName ?? definition.objectName);
  const count = (from: Cursor | null) =>
    countRecords(session, `SELECT COUNT() ${scopeOf(definition, from)}`, { includesDeleted: true });
  const total = await count(null);
  const left = cursor === null ? total : await count(cursor);
  return { total, done: Math.max(total - left, 0) };
}

function scopeOf<Row extends CopiedRow>(
  { objectName, condition }: CopyDefinition<Row>,
  cursor: Cursor | null,
): string {
  const conditions = [condition, conditionAfter(cursor)].filter((each) => each !== undefined);
  return conditions.length === 0
    ? `FROM ${objectName}`
    : `FROM ${objectName} WHERE ${conditions.join(' AND ')}`;
}

/**
 * The first read goes on behind its last record. Later ones begin early enough to meet what was not yet visible, by
 * the stamps that were seen or by the relay's clock, whichever is later: both are early enough.
 */
function conditionAfter(cursor: Cursor | null): string | undefined {
  const { modifiedThrough = null, lastRecordId = null, completeAsOf = null } = cursor ?? {};
  if (cursor === null || modifiedThrough === null) return undefined;
  const isLongPast = modifiedThrough.getTime() < cursor.syncedAt.getTime() - OVERLAP_MS - CLOCK_MARGIN_MS;
  if (completeAsOf === null && isLongPast && lastRecordId !== null) {
    const instant = soqlInstant(modifiedThrough);
    return `(SystemModstamp > ${instant} OR (SystemModstamp = ${instant} AND Id > ${soqlText(lastRecordId)}))`;
  }
  const seen = modifiedThrough.getTime() - OVERLAP_MS;
  const byClock = completeAsOf === null ? seen : completeAsOf.getTime() - OVERLAP_MS - CLOCK_MARGIN_MS;
  return `SystemModstamp >= ${soqlInstant(new Date(Math.max(seen, byClock)))}`;
}
