import { readableFields } from '../access/permissions.ts';
import type { QueryModel } from '../query/model.ts';
import { QueryError } from '../query/queryErrors.ts';
import { runQuery } from '../query/runQuery.ts';
import type { QueryResult } from '../query/runQuery.ts';
import type { QueryContext } from '../query/scope.ts';
import type { Connection } from '../storage/database.ts';
import { parseSoql } from './parseSoql.ts';

export interface SoqlRun {
  readonly soql: string;
  /** Whether deleted and archived records count too (`queryAll`). */
  readonly includesDeleted: boolean;
  /** The API version in the records' addresses. */
  readonly version: string;
}

/** Runs a SOQL query as its user. Errors show the place in the query, as the org's do. */
export async function runSoql(
  context: QueryContext,
  connection: Connection,
  run: SoqlRun,
): Promise<QueryResult> {
  try {
    const model = parseForUser(context, run.soql);
    return await runQuery(
      context,
      connection,
      { ...model, includesDeleted: run.includesDeleted, includesArchived: run.includesDeleted },
      run.version,
    );
  } catch (error) {
    if (error instanceof QueryError) throw withPlace(error, run.soql);
    throw error;
  }
}

/** Parses a query; `FIELDS(…)` in it stands for the fields that the user can read. */
export function parseForUser(context: QueryContext, soql: string): QueryModel {
  return parseSoql(soql, (objectName, group) => {
    const object = context.schema.object(objectName);
    if (!object) return [];
    return readableFields(context.access, object)
      .filter((field) => group === 'ALL' || field.custom === (group === 'CUSTOM'))
      .map((field) => field.name);
  });
}

function withPlace(error: QueryError, soql: string): QueryError {
  if (error.token === null || error.token === '<EOF>') return error;
  const index = soql.toLowerCase().indexOf(error.token.toLowerCase());
  if (index === -1) return error;
  const before = soql.slice(0, index).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const line = soql.split('\n')[before.length - 1] ?? '';
  const place = `\n${line}\n${' '.repeat(column - 1)}^\nERROR at Row:${before.length}:Column:${column}\n`;
  return new QueryError(error.errorCode, `${place}${error.message}`, error.token);
}
