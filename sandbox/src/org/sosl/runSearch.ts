import { objectAccess, readableFields } from '../access/permissions.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type { QueryModel, SearchExpression } from '../query/model.ts';
import { unknownObject } from '../query/queryErrors.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { QueryContext } from '../query/scope.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Connection } from '../storage/database.ts';
import type { SearchGroup, SearchModel } from './model.ts';

/** Rows that one search answers. */
const MAXIMUM_ROWS = 2_000;

/** Fields that name a record beside `Name`. */
const NAMING_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name', 'Website'],
  Lead: ['Name', 'Company'],
  Task: ['Subject'],
  Event: ['Subject'],
};

const TEXT_TYPES = new Set(['string', 'textarea', 'phone', 'email', 'url']);

/** Searches as the user: what they may not see is not found. Records come object by object, as RETURNING has them. */
export async function runSearch(
  context: QueryContext,
  connection: Connection,
  search: SearchModel,
  version: string,
): Promise<OrgRecord[]> {
  const limit = Math.min(MAXIMUM_ROWS, search.limit ?? MAXIMUM_ROWS);
  const found: OrgRecord[] = [];
  for (const query of searchQueries(context, search)) {
    const rest = limit - found.length;
    const model = { ...query, limit: Math.min(rest, query.limit ?? rest) };
    const { records } = await runQuery(context, connection, model, version);
    found.push(...records);
  }
  return found;
}

/** The queries that a search consists of, one for each object. Throws `INVALID_TYPE` for one that is not searched. */
export function searchQueries(context: QueryContext, search: SearchModel): QueryModel[] {
  const { expression } = search;
  if (expression === null) return [];
  const returning = search.returning ?? allObjects(context);
  return returning.map((query) => {
    const object = context.schema.object(query.from);
    if (!object || !isSearchable(object) || !objectAccess(context.access, object).read) {
      throw unknownObject(query.from);
    }
    return withSearch(context, object, query, search.group, expression);
  });
}

/** Whether a search looks into an object. */
export function isSearchable(object: ObjectDefinition): boolean {
  return object.kind === 'standard' || object.kind === 'custom' || object.name === 'User';
}

function allObjects(context: QueryContext): QueryModel[] {
  return context.schema.objects
    .filter((object) => isSearchable(object) && objectAccess(context.access, object).read)
    .map((object) => ({
      ...emptyQuery(object.name),
      select: [{ kind: 'field', path: fieldPath('Id'), alias: null }],
    }));
}

function withSearch(
  context: QueryContext,
  object: ObjectDefinition,
  query: QueryModel,
  group: SearchGroup,
  expression: SearchExpression,
): QueryModel {
  const fields = readableFields(context.access, object)
    .filter((field) => isInGroup(object, field, group))
    .map((field) => fieldPath(field.name));
  const found = { kind: 'search', fields, expression } as const;
  return { ...query, where: query.where === null ? found : { kind: 'and', parts: [found, query.where] } };
}

function isInGroup(object: ObjectDefinition, field: FieldDefinition, group: SearchGroup): boolean {
  switch (group) {
    case 'ALL':
      return TEXT_TYPES.has(field.type);
    case 'NAME':
      return (NAMING_FIELDS[object.name] ?? ['Name']).includes(field.name);
    case 'EMAIL':
    case 'PHONE':
      return field.type === group.toLowerCase();
  }
}
