/** Knows the letters of every script, whatever locale the cluster was made with. */
export const TEXT_COLLATION = 'pg_c_utf8';

/** SQL for a bound text in lower case, to be compared with `lower(column)`. */
export function foldedValue(placeholder: string): string {
  return `lower(${placeholder}::text COLLATE ${TEXT_COLLATION})`;
}
