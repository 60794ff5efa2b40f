import { z } from 'zod';

import { DATE_FUNCTIONS } from '../query/dateFunctions.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type {
  ComparisonOperator,
  Condition,
  DateFunction,
  FieldPath,
  Operand,
  Ordering,
  QueryModel,
} from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { literalOf } from './filterValues.ts';

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
};

const filterSchema = z.record(z.string(), z.unknown());
const orderSchema = z.object({
  order: z.enum(['ASC', 'DESC']).default('ASC'),
  nulls: z.enum(['FIRST', 'LAST']).nullish(),
});

/** Reads `where: {Field: {eq: …}, and: […], or: […], not: {…}}`. GraphQL has checked names and types before. */
export function readFilter(
  schema: Schema,
  object: ObjectDefinition,
  where: unknown,
  relationships: readonly string[] = [],
): Condition | null {
  if (where === null || where === undefined) return null;
  const parts: Condition[] = [];
  for (const [name, value] of Object.entries(filterSchema.parse(where))) {
    if (value === null || value === undefined) continue;
    if (name === 'and' || name === 'or') {
      const group = z.array(z.unknown()).parse(value);
      const conditions = group.flatMap((part) => readFilter(schema, object, part, relationships) ?? []);
      if (conditions.length > 0) parts.push({ kind: name, parts: conditions });
    } else if (name === 'not') {
      const part = readFilter(schema, object, value, relationships);
      if (part) parts.push({ kind: 'not', part });
    } else {
      parts.push(...readNamed(schema, object, name, value, relationships));
    }
  }
  return parts.length === 0 ? null : { kind: 'and', parts };
}

function readNamed(
  schema: Schema,
  object: ObjectDefinition,
  name: string,
  value: unknown,
  relationships: readonly string[],
): Condition[] {
  const field = schema.field(object, name);
  if (field) {
    const path = { relationships, field: field.name };
    return readOperators(schema, field, { kind: 'field', path }, value);
  }
  const parent = schema.object(schema.parentField(object, name)?.reference?.to[0] ?? '');
  if (!parent) throw malformedQuery(`There is no field ${name}`);
  const part = readFilter(schema, parent, value, [...relationships, name]);
  return part ? [part] : [];
}

function readOperators(
  schema: Schema,
  field: FieldDefinition,
  operand: Operand,
  operators: unknown,
): Condition[] {
  return Object.entries(filterSchema.parse(operators)).flatMap(([name, value]): Condition[] => {
    const operator = COMPARISONS[name];
    if (operator) return [{ kind: 'compare', operand, operator, value: literalOf(field, value) }];
    const call = DATE_FUNCTIONS.find((candidate) => candidate === name);
    if (call && operand.kind === 'field') return readDateFunction(schema, field, operand.path, call, value);
    if (name === 'inq' || name === 'ninq') return readSemiJoin(schema, operand, name === 'ninq', value);
    const values = z.array(z.unknown()).parse(value ?? []);
    return [
      {
        kind: 'in',
        operand,
        isNegated: name === 'nin',
        values: values.map((item) => literalOf(field, item)),
      },
    ];
  });
}

/** Reads `CALENDAR_YEAR: {value: {eq: 2026}}`, or `convertTimezoneValue` for the user's zone. */
function readDateFunction(
  schema: Schema,
  field: FieldDefinition,
  path: FieldPath,
  name: DateFunction,
  input: unknown,
): Condition[] {
  const result: FieldDefinition = { ...field, type: name === 'DAY_ONLY' ? 'date' : 'int' };
  return Object.entries(filterSchema.parse(input ?? {})).flatMap(([key, operators]) => {
    const inUserZone = key === 'convertTimezoneValue';
    return readOperators(schema, result, { kind: 'dateFunction', name, path, inUserZone }, operators ?? {});
  });
}

/** Reads `inq: {Contact: {LastName: {eq: "x"}}, ApiName: "AccountId"}`. */
function readSemiJoin(schema: Schema, operand: Operand, isNegated: boolean, input: unknown): Condition[] {
  const { ApiName: fieldName, ...objects } = filterSchema.parse(input ?? {});
  const [[objectName, where] = ['', null], ...others] = Object.entries(objects);
  const object = schema.object(objectName);
  if (!object || others.length > 0 || typeof fieldName !== 'string') {
    throw malformedQuery('A semi join needs one object and the ApiName of its field');
  }
  const query: QueryModel = {
    ...emptyQuery(object.name),
    select: [{ kind: 'field', path: fieldPath(fieldName), alias: null }],
    where: readFilter(schema, object, where),
  };
  return [{ kind: 'inQuery', operand, isNegated, query }];
}

/** Reads `orderBy: {Field: {order: DESC, nulls: LAST}}`, fields in the order in which they stand. */
export function readOrder(orderBy: unknown, relationships: readonly string[] = []): Ordering[] {
  if (orderBy === null || orderBy === undefined) return [];
  return Object.entries(filterSchema.parse(orderBy)).flatMap(([name, value]) => {
    const parsed = orderSchema.strict().safeParse(value ?? {});
    if (!parsed.success) return readOrder(value, [...relationships, name]);
    const { order, nulls } = parsed.data;
    const ordering: Ordering = {
      operand: { kind: 'field', path: { relationships, field: name } },
      descending: order === 'DESC',
      nulls: nulls === 'FIRST' ? 'first' : nulls === 'LAST' ? 'last' : null,
    };
    return [ordering];
  });
}
