import { z } from 'zod';

import type { ComparisonOperator, Condition, FieldPath, Literal, Ordering } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';

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
  if (field) return readOperators(field, { relationships, field: field.name }, value);
  const parent = schema.object(schema.parentField(object, name)?.reference?.to[0] ?? '');
  if (!parent) throw malformedQuery(`There is no field ${name}`);
  const part = readFilter(schema, parent, value, [...relationships, name]);
  return part ? [part] : [];
}

function readOperators(field: FieldDefinition, path: FieldPath, operators: unknown): Condition[] {
  const operand = { kind: 'field', path } as const;
  return Object.entries(filterSchema.parse(operators)).map(([name, value]): Condition => {
    const operator = COMPARISONS[name];
    if (operator) return { kind: 'compare', operand, operator, value: literalOf(field, value) };
    const values = z.array(z.unknown()).parse(value ?? []);
    return {
      kind: 'in',
      operand,
      isNegated: name === 'nin',
      values: values.map((item) => literalOf(field, item)),
    };
  });
}

function literalOf(field: FieldDefinition, value: unknown): Literal {
  if (value === null || value === undefined) return { kind: 'null' };
  switch (field.type) {
    case 'date':
    case 'datetime':
      return dateLiteralOf(field.type, filterSchema.parse(value));
    case 'boolean':
      return { kind: 'boolean', value: value === true };
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      if (typeof value !== 'number') throw malformedQuery(`${field.name} compares with a number`);
      return { kind: 'number', text: String(value) };
    }
    default: {
      const text = String(value);
      return { kind: 'text', text, pattern: text };
    }
  }
}

function dateLiteralOf(kind: 'date' | 'datetime', input: Readonly<Record<string, unknown>>): Literal {
  if (typeof input['literal'] === 'string') return { kind: 'dateLiteral', name: input['literal'], count: 0 };
  if (typeof input['range'] === 'object' && input['range'] !== null) {
    const [range] = Object.entries(input['range']);
    if (!range) throw malformedQuery('The range is empty');
    return { kind: 'dateLiteral', name: range[0].toUpperCase(), count: Number(range[1]) };
  }
  if (typeof input['value'] !== 'string') return { kind: 'null' };
  return { kind, text: input['value'] };
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
