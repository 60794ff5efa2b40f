import type { Connection } from '../storage/database.ts';
import { compileQuery } from './compileQuery.ts';
import type { QueryModel } from './model.ts';
import { decodeRow } from './rowPlan.ts';
import type { OrgRecord } from './rowPlan.ts';
import type { QueryContext } from './scope.ts';

export interface QueryResult {
  readonly totalSize: number;
  readonly records: readonly OrgRecord[];
}

/** Runs a query as its user and answers the records as the REST API writes them. */
export async function runQuery(
  context: QueryContext,
  connection: Connection,
  model: QueryModel,
  version: string,
): Promise<QueryResult> {
  const { sql, values, plan } = compileQuery(context, model);
  const rows = await connection.query<Record<string, unknown>>(sql, values);
  if (model.countsRows) return { totalSize: Number(rows[0]?.['c0'] ?? 0), records: [] };
  return { totalSize: rows.length, records: rows.map((row) => decodeRow(plan, row, version)) };
}
