import type { Connection } from '../database/index.ts';

/** A table of copies: its key and its columns with their types. All have `org_id` and `modified_at` beside. */
export interface CopyTable {
  readonly name: string;
  readonly key: string;
  readonly columns: Readonly<
    Record<string, 'text' | 'boolean' | 'date' | 'timestamptz' | 'double precision'>
  >;
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
  { name, key, columns }: CopyTable,
  rows: readonly CopyRow[],
): Promise<ReadonlySet<string>> {
  const all = { ...columns, modified_at: 'timestamptz' };
  const names = Object.keys(all);
  const tuple = (alias: string) => names.map((column) => `${alias}.${column}`).join(', ');
  const stored = await connection.query<{ key: string }>(
    `insert into ${name} as known (org_id, ${names.join(', ')})
     select $1, ${tuple('given')} from jsonb_to_recordset($2::jsonb) as given (${Object.entries(all)
       .map(([column, type]) => `${column} ${type}`)
       .join(', ')})
     on conflict (org_id, ${key}) do update
     set ${names.map((column) => `${column} = excluded.${column}`).join(', ')}
     where known.modified_at <= excluded.modified_at and (${tuple('known')}) is distinct from (${tuple('excluded')})
     returning ${key} as key`,
    [orgId, JSON.stringify(rows)],
  );
  return new Set(stored.map((row) => row.key));
}
