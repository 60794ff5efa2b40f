import * as z from 'zod/mini';
import { countCopies, keepOnly, storeCopies, type CopyRow, type CopyTable } from '../storeCopies.ts';
import {
  defineCopy,
  type CopiedObject,
  type CopiedRow,
  type CopyContext,
  type CopyDefinition,
} from './changedRecords.ts';
import { countRecords, queryPages } from './soql.ts';

/** An object whose records are the rows of one table. */
type TableCopy<Row extends CopiedRow> = Omit<CopyDefinition<Row>, 'store'> & {
  readonly table: CopyTable;
  /** A record's row, but for `modified_at`. */
  readonly rowOf: (row: Row) => Omit<CopyRow, 'modified_at'>;
};

/** A copy into one table. */
export function defineTableCopy<Row extends CopiedRow>({
  table,
  rowOf,
  ...definition
}: TableCopy<Row>): CopiedObject {
  return defineCopy<Row>({
    ...definition,
    store: async (connection, rows, { orgId }) => {
      await storeCopies(
        connection,
        orgId,
        table,
        rows.map((row) => ({ ...rowOf(row), modified_at: row.SystemModstamp })),
      );
    },
  });
}

/**
 * A copy into one table of an object whose deleted records leave no trace, not even for `queryAll`: whenever the org
 * has fewer than the table, the ids that are left are read.
 */
export function defineTracelessCopy<Row extends CopiedRow>(definition: TableCopy<Row>): CopiedObject {
  const copied = defineTableCopy(definition);
  return {
    ...copied,
    async copy(context, watch) {
      await copied.copy(context, watch);
      if (watch?.signal?.aborted !== true) await forgetDeleted(context, copied.objectName, definition.table);
    },
  };
}

async function forgetDeleted(
  { database, session, orgId }: CopyContext,
  objectName: string,
  table: CopyTable,
): Promise<void> {
  const inOrg = await countRecords(session, `SELECT COUNT() FROM ${objectName}`);
  if (inOrg >= (await countCopies(database, orgId, table))) return;
  const ids: string[] = [];
  const schema = z.object({ Id: z.string() });
  for await (const page of queryPages(session, `SELECT Id FROM ${objectName}`, schema))
    ids.push(...page.map(({ Id }) => Id));
  await keepOnly(database, orgId, table, ids);
}
