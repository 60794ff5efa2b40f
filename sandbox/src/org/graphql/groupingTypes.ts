import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfigMap } from 'graphql';

import { displayValue } from '../displayValue.ts';
import { DATE_FUNCTIONS, OF_TIMES } from '../query/dateFunctions.ts';
import { isAggregatable } from '../query/grouping.ts';
import type { AggregateFunction, DateFunction } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import type { FieldDefinition, FieldType } from '../schema/model.ts';
import type { GraphqlContext } from './connections.ts';
import { SCALAR_OF, remember } from './valueTypes.ts';

/** A field of one group, before it is known which of its values are asked for. */
export interface GroupedField {
  readonly record: OrgRecord;
  readonly field: FieldDefinition;
}

export interface GroupingTypes {
  /** `{group: true}`, or `{function: CALENDAR_YEAR}` for dates and times. */
  readonly group: (type: FieldType) => GraphQLInputObjectType;
  readonly order: GraphQLInputObjectType;
  /** What a group tells of a field, by the field's type. */
  readonly field: (type: FieldType) => GraphQLObjectType;
}

type ValueType = (type: FieldType) => GraphQLObjectType;

/** Aggregates by the names that they have in a query, and the calls that they stand for. */
const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  avg: 'AVG',
  count: 'COUNT',
  countDistinct: 'COUNT_DISTINCT',
  max: 'MAX',
  min: 'MIN',
  sum: 'SUM',
};
const NUMBERS: readonly FieldType[] = ['int', 'double', 'currency', 'percent'];

/** The call behind the name of a value, e.g. `calendarYear`; null for the value that is grouped by. */
export function callOf(name: string): AggregateFunction | DateFunction | null {
  return AGGREGATES[name] ?? DATE_FUNCTIONS.find((call) => camelCase(call) === name) ?? null;
}

/** The name under which the record of a group holds a value. */
export function valueKey(fieldName: string, name: string): string {
  return `${fieldName}.${name}`;
}

export function createGroupingTypes(
  value: ValueType,
  resultOrder: GraphQLEnumType,
  nullOrder: GraphQLEnumType,
): GroupingTypes {
  const call = new GraphQLEnumType({ name: 'GroupByFunction', values: valuesOf(DATE_FUNCTIONS) });
  const group = { type: GraphQLBoolean };
  const plain = new GraphQLInputObjectType({ name: 'GroupByClause', fields: { group } });
  const ofDates = new GraphQLInputObjectType({
    name: 'GroupByDateFunction',
    fields: { group, function: { type: call } },
  });
  const aggregate = new GraphQLEnumType({
    name: 'AggregateOrderByFunction',
    values: valuesOf([...Object.values(AGGREGATES), ...DATE_FUNCTIONS]),
  });
  const order = new GraphQLInputObjectType({
    name: 'AggregateOrderByClause',
    fields: { function: { type: aggregate }, order: { type: resultOrder }, nulls: { type: nullOrder } },
  });
  const known = new Map<string, GraphQLObjectType>();
  return {
    group: (type) => (isDate(type) ? ofDates : plain),
    order,
    field: (type) =>
      remember(
        known,
        `${SCALAR_OF[type].name}Aggregate`,
        (name) => new GraphQLObjectType({ name, fields: valueFields(value, type) }),
      ),
  };
}

function valueFields(value: ValueType, type: FieldType): GraphQLFieldConfigMap<GroupedField, GraphqlContext> {
  const own = value(type).getFields();
  const results: Record<string, FieldType> = {};
  if (isAggregatable({ type, filterable: true })) {
    Object.assign(results, { count: 'int', countDistinct: 'int', max: type, min: type });
  }
  if (NUMBERS.includes(type)) Object.assign(results, { avg: 'double', sum: 'double' });
  if (isDate(type)) {
    for (const call of DATE_FUNCTIONS.filter((one) => type === 'datetime' || !OF_TIMES.includes(one))) {
      results[camelCase(call)] = call === 'DAY_ONLY' ? 'date' : 'int';
    }
  }
  const called = Object.entries(results).map(([name, result]) => [
    name,
    {
      type: value(result),
      resolve: (grouped: GroupedField, _given: unknown, context: GraphqlContext) =>
        shown(grouped, name, result, context),
    },
  ]);
  return {
    value: {
      type: own['value']?.type ?? GraphQLString,
      resolve: ({ record, field }) => record[valueKey(field.name, 'value')] ?? null,
    },
    displayValue: {
      type: GraphQLString,
      resolve: (grouped, _given, context) =>
        shown(grouped, 'value', grouped.field.type, context).displayValue,
    },
    ...(Object.fromEntries(called) as GraphQLFieldConfigMap<GroupedField, GraphqlContext>),
  };
}

function shown(
  { record, field }: GroupedField,
  name: string,
  type: FieldType,
  { work }: GraphqlContext,
): { value: unknown; displayValue: string | null } {
  const value = record[valueKey(field.name, name)] ?? null;
  // A count has no decimals, whatever is counted.
  const scale = type === 'int' ? 0 : field.scale;
  return { value, displayValue: displayValue({ ...field, type, scale }, value, work.access.timeZone) };
}

function isDate(type: FieldType): boolean {
  return type === 'date' || type === 'datetime';
}

function valuesOf(names: readonly string[]): Record<string, { value: string }> {
  return Object.fromEntries(names.map((name) => [name, { value: name }]));
}

function camelCase(call: string): string {
  return call.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
