import * as z from 'zod/mini';
import type { SalesforceSession } from './session.ts';

/** A text literal of SOQL. The one place that quotes: backslash first, then the quote. */
export function soqlText(value: string): string {
  return `'${value.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
}

/** A date-and-time literal of SOQL, which is written without quotes. */
export function soqlInstant(instant: Date): string {
  return instant.toISOString();
}

/**
 * Runs a query and gives its records page by page, each parsed.
 *
 * @param includesDeleted asks `queryAll`, which also has deleted and archived records
 * @param until the monotonic moment (ms) after which no page is asked for
 * @throws CrmError
 */
export async function* queryPages<Row>(
  session: SalesforceSession,
  soql: string,
  schema: z.ZodMiniType<Row>,
  { includesDeleted = false, until = Infinity }: { includesDeleted?: boolean; until?: number } = {},
): AsyncGenerator<Row[]> {
  const pageSchema = z.object({
    records: z.array(schema),
    nextRecordsUrl: z.optional(z.nullable(z.string().check(z.regex(/^\/services\/data\/[\w./-]+$/u)))),
  });
  let path: string | null = `/${includesDeleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
  while (path !== null) {
    const page: z.infer<typeof pageSchema> = await session.request(
      { method: 'GET', path, until },
      pageSchema,
    );
    yield page.records;
    path = page.nextRecordsUrl ?? null;
  }
}

/** All records of a query whose answer is known to be small. */
export async function queryAllRows<Row>(
  session: SalesforceSession,
  soql: string,
  schema: z.ZodMiniType<Row>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of queryPages(session, soql, schema)) rows.push(...page);
  return rows;
}

/**
 * How many records a `SELECT COUNT()` finds.
 *
 * @param includesDeleted counts deleted and archived records too
 * @throws CrmError
 */
export async function countRecords(
  session: SalesforceSession,
  soql: string,
  { includesDeleted = false }: { includesDeleted?: boolean } = {},
): Promise<number> {
  const path = `/${includesDeleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
  const { totalSize } = await session.request(
    { method: 'GET', path },
    z.object({ totalSize: z.int().check(z.gte(0)) }),
  );
  return totalSize;
}
