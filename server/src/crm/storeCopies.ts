import type { Connection } from '../database/index.ts';

/** A table of copies: its key and its columns with their types. All have `org_id` and `modified_at` beside. */
export interface CopyTable {
  readonly name: string;
  readonly key: string;
  readonly columns: Readonly<
    Record<string, 'text' | 'boolean' | 'date' | 'timestamptz' | 'double precision'>
  >;
  /** Whether `changed_at` tells when the relay learned of the last change. */
  readonly tellsChange?: boolean;
}

/** A row for a {@link CopyTable}, by column. */
export type CopyRow = Readonly<Record<string, string | number | boolean | Date | null>> & {
  readonly modified_at: Date;
};

/**
 * Puts rows in the place of what is known of their records, unless that is newer: two workers may read at once, and
 * the slower one must not bring back the past. Gives the keys of the rows that changed anything.
 */
export async function storeCopies(
  connection: Connection,
  orgId: string,
  { name, key, columns, tellsChange = false }: CopyTable,
  rows: readonly CopyRow[],
): Promise<ReadonlySet<string>> {
  const all = { ...columns, modified_at: 'timestamptz' };
  const names = Object.keys(all);
  const typed = Object.entries(all).map(([column, type]) => `${column} ${type}`);
  const tuple = (alias: string) => names.map((column) => `${alias}.${column}`).join(', ');
  const changes = names.map((column) => `${column} = excluded.${column}`);
  if (tellsChange) changes.push('changed_at = now()');
  const stored = await connection.query<{ key: string }>(
    `insert into ${name} as known (org_id, ${names.join(', ')})
     select $1, ${tuple('given')} from jsonb_to_recordset($2::jsonb) as given (${typed.join(', ')})
     on conflict (org_id, ${key}) do update set ${changes.join(', ')}
     where known.modified_at <= excluded.modified_at
       and (${tuple('known')}) is distinct from (${tuple('excluded')})
     returning ${key} as key`,
    [orgId, JSON.stringify(rows)],
  );
  return new Set(stored.map((row) => row.key));
}

/** How many records of an org a table has. */
export async function countCopies(connection: Connection, orgId: string, table: CopyTable): Promise<number> {
  const [row] = await connection.query<{ count: number }>(
    `select count(*) as count from ${table.name} where org_id = $1`,
    [orgId],
  );
  return row?.count ?? 0;
}

/** Removes what is not among these records, of an object whose deleted records leave no trace. */
export async function keepOnly(
  connection: Connection,
  orgId: string,
  { name, key }: CopyTable,
  recordIds: readonly string[],
): Promise<void> {
  await connection.query(`delete from ${name} where org_id = $1 and not (${key} = any($2::text[]))`, [
    orgId,
    recordIds,
  ]);
}
