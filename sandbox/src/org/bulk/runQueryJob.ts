import type { FieldPath, QueryModel } from '../query/model.ts';
import { malformedQuery, unknownObject } from '../query/queryErrors.ts';
import { compileQuery } from '../query/compileQuery.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import type { FieldDefinition } from '../schema/model.ts';
import { parseForUser, runSoql } from '../soql/runSoql.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { ApiError } from '../apiError.ts';
import type { QueryDefinition } from './jobDefinition.ts';
import { insertRows } from './jobRows.ts';
import { changeJob } from './jobStore.ts';
import type { BulkJob } from './jobStore.ts';

/** Checks a query before a job is made of it and answers its object. Throws in the org's words. */
export function checkBulkQuery(work: UnitOfWork, soql: string): string {
  const model = parseForUser(work, soql);
  compileQuery(work, model);
  columnsOf(work, model);
  const object = work.schema.object(model.from);
  if (!object) throw unknownObject(model.from);
  return object.name;
}

/** Runs a query job to its end and keeps the result as rows. */
export async function runQueryJob(
  work: UnitOfWork,
  job: BulkJob,
  definition: QueryDefinition,
): Promise<void> {
  try {
    const columns = columnsOf(work, parseForUser(work, definition.query));
    const { records } = await runSoql(work, work.connection, {
      soql: definition.query,
      includesDeleted: definition.operation === 'queryAll',
      version: job.apiVersion,
    });
    await insertRows(
      work.connection,
      job.id,
      records.map((record) => columns.map((column) => cellOf(column, record))),
    );
    await changeJob(work.connection, job.id, {
      state: 'JobComplete',
      columns: columns.map(({ name }) => name),
      processedCount: records.length,
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const errorMessage = `${error.errorCode}: ${error.message}`;
    await changeJob(work.connection, job.id, { state: 'Failed', errorMessage });
  }
}

interface Column {
  readonly name: string;
  readonly path: FieldPath;
  readonly field: FieldDefinition | null;
}

/** The columns of a result, in the order of asking. Throws for what has no place in a table. */
function columnsOf(work: UnitOfWork, model: QueryModel): Column[] {
  if (model.countsRows || model.groupBy.length > 0) throw notInBulk('Aggregate');
  return model.select.map((selection) => {
    if (selection.kind === 'children') throw notInBulk('Nested');
    if (selection.kind === 'aggregate') throw notInBulk('Aggregate');
    const { path } = selection;
    return {
      name: [...path.relationships, path.field].join('.'),
      path,
      field: fieldAt(work, model.from, path),
    };
  });
}

function notInBulk(kind: string): ApiError {
  return malformedQuery(`${kind} queries are not supported in Bulk Query`);
}

function fieldAt(work: UnitOfWork, from: string, path: FieldPath): FieldDefinition | null {
  let object = work.schema.object(from);
  for (const name of path.relationships) {
    const reference = object && work.schema.parentField(object, name)?.reference;
    object = work.schema.object(reference?.isPolymorphic ? 'Name' : (reference?.to[0] ?? ''));
  }
  return (object && work.schema.field(object, path.field)) ?? null;
}

function cellOf({ path, field }: Column, record: OrgRecord): string {
  let value: unknown = record;
  for (const name of [...path.relationships, path.field]) {
    value = typeof value === 'object' && value !== null ? entryOf(value, name) : null;
  }
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Where JSON says +0000, CSV says Z.
  return field?.type === 'datetime' ? text.replace(/\+0000$/, 'Z') : text;
}

/** Records carry names as the schema has them, queries as they were typed. */
function entryOf(record: object, name: string): unknown {
  return Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
