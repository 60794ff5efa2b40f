import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { FieldType, OrderByClause, Query, Subquery } from '@jetstreamapp/soql-parser-js';

import { emptyQuery, fieldPath } from '../query/model.ts';
import type { Grouping, Operand, Ordering, QueryModel, Selection } from '../query/model.ts';
import { QueryError, malformedQuery } from '../query/queryErrors.ts';
import { parseConditions } from './parseConditions.ts';
import type { ConditionParser } from './parseConditions.ts';
import { functionGrouping, functionOperand, withoutAlias } from './parseFunctions.ts';

/** Rows that `FIELDS(ALL)` may ask for at once. */
const MAXIMUM_ROWS_OF_ALL_FIELDS = 200;

/** Rows that a query may pass over. */
const MAXIMUM_OFFSET = 2_000;

/** Answers the names that `FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)` stand for. */
export type ExpandFields = (objectName: string, group: string) => readonly string[];

/**
 * Parses a SOQL query. Throws `MALFORMED_QUERY`; whether the names in it exist is checked when it is compiled.
 */
export function parseSoql(soql: string, expandFields: ExpandFields): QueryModel {
  let query: Query;
  try {
    query = parseQuery(soql);
  } catch (cause) {
    throw syntaxError(soql, cause);
  }
  if (query.sObject === undefined) throw malformedQuery("unexpected token: '<EOF>'");
  return toModel(query, query.sObject, expandFields);
}

function toModel(query: Query | Subquery, from: string, expandFields: ExpandFields): QueryModel {
  const alias = query.sObjectAlias ?? null;
  const parser: ConditionParser = {
    alias,
    parseQuery: (nested) => toModel(nested, nested.sObject ?? '', expandFields),
  };
  if ((query.offset ?? 0) > MAXIMUM_OFFSET) {
    throw new QueryError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAXIMUM_OFFSET}`);
  }
  const fields = query.fields ?? [];
  const [first] = fields;
  const countsRows =
    fields.length === 1 &&
    first?.type === 'FieldFunctionExpression' &&
    first.functionName.toUpperCase() === 'COUNT' &&
    first.parameters.length === 0;
  return {
    ...emptyQuery(from),
    select: countsRows ? [] : fields.flatMap((field) => selections(field, query, from, alias, expandFields)),
    where: query.where ? parseConditions(parser, query.where) : null,
    groupBy: groupings(query, alias),
    having: query.having ? parseConditions(parser, query.having) : null,
    orderBy: asList(query.orderBy).map((clause) => ordering(clause, alias)),
    limit: query.limit === undefined ? null : Math.min(query.limit, Number.MAX_SAFE_INTEGER),
    offset: query.offset ?? null,
    countsRows,
  };
}

function selections(
  field: FieldType,
  query: Query | Subquery,
  from: string,
  alias: string | null,
  expandFields: ExpandFields,
): Selection[] {
  switch (field.type) {
    case 'Field':
      return [{ kind: 'field', path: fieldPath(field.field), alias: field.alias ?? null }];
    case 'FieldRelationship': {
      const path = withoutAlias(alias, [...field.relationships, field.field].join('.'));
      return [{ kind: 'field', path, alias: 'alias' in field ? field.alias : null }];
    }
    case 'FieldSubquery':
      return [
        { kind: 'children', query: toModel(field.subquery, field.subquery.relationshipName, expandFields) },
      ];
    case 'FieldFunctionExpression': {
      const [parameter] = field.parameters;
      if (field.functionName.toUpperCase() === 'FIELDS' && typeof parameter === 'string') {
        return allFields(parameter.toUpperCase(), query, from, expandFields);
      }
      return [{ ...functionOperand(alias, field), alias: field.alias ?? null }];
    }
    case 'FieldTypeof':
      throw malformedQuery('The local org does not know TYPEOF', 'TYPEOF');
  }
}

function allFields(
  group: string,
  query: Query | Subquery,
  from: string,
  expandFields: ExpandFields,
): Selection[] {
  if (group !== 'STANDARD' && (query.limit === undefined || query.limit > MAXIMUM_ROWS_OF_ALL_FIELDS)) {
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200', 'FIELDS');
  }
  return expandFields(from, group).map((name) => ({ kind: 'field', path: fieldPath(name), alias: null }));
}

function groupings(query: Query | Subquery, alias: string | null): Grouping[] {
  return asList(query.groupBy).map((clause) =>
    'field' in clause
      ? { kind: 'field', path: withoutAlias(alias, clause.field) }
      : functionGrouping(alias, clause.fn),
  );
}

function ordering(clause: OrderByClause, alias: string | null): Ordering {
  const nulls = clause.nulls === undefined ? null : clause.nulls === 'FIRST' ? 'first' : 'last';
  const operand: Operand =
    'field' in clause
      ? { kind: 'field', path: withoutAlias(alias, clause.field) }
      : functionOperand(alias, clause.fn);
  return { operand, descending: clause.order === 'DESC', nulls };
}

function asList<Item>(value: Item | Item[] | undefined): Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function syntaxError(soql: string, cause: unknown): QueryError {
  const token = cause instanceof Error && 'token' in cause ? (cause.token as { image?: unknown }) : undefined;
  const image = typeof token?.image === 'string' && token.image !== '' ? token.image : '<EOF>';
  const error = malformedQuery(`unexpected token: '${image}'`, image);
  error.cause = cause;
  return soql.trim() === '' ? malformedQuery('A query string has to be specified') : error;
}
