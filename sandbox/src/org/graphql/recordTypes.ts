import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfigArgumentMap, GraphQLInputFieldConfigMap, GraphQLInputType } from 'graphql';

import type { FieldDefinition, FieldType, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { createGroupingTypes } from './groupingTypes.ts';
import type { GroupingTypes } from './groupingTypes.ts';
import { createOperatorTypes } from './operatorTypes.ts';
import { createValueTypes } from './valueTypes.ts';

/** The GraphQL types of one object. */
export interface ObjectTypes {
  readonly node: GraphQLObjectType;
  readonly connection: GraphQLObjectType;
  readonly filter: GraphQLInputObjectType;
  readonly orderBy: GraphQLInputObjectType;
}

export interface SharedTypes {
  readonly value: (type: FieldType) => GraphQLObjectType;
  readonly operators: (type: FieldType) => GraphQLInputType;
  readonly pageInfo: GraphQLObjectType;
  readonly order: GraphQLInputObjectType;
  readonly grouping: GroupingTypes;
}

/** Where the types find each other: they refer to one another in circles. */
export interface TypeSource {
  readonly schema: Schema;
  readonly shared: SharedTypes;
  typesOf(object: ObjectDefinition): ObjectTypes;
}

export function createSharedTypes(join: GraphQLInputObjectType): SharedTypes {
  const pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });
  const resultOrder = enumOf('ResultOrder', ['ASC', 'DESC']);
  const nullOrder = enumOf('NullOrder', ['FIRST', 'LAST']);
  const order = new GraphQLInputObjectType({
    name: 'OrderByClause',
    fields: {
      order: { type: resultOrder },
      nulls: { type: nullOrder },
    },
  });
  const value = createValueTypes();
  return {
    value,
    operators: createOperatorTypes(join),
    pageInfo,
    order,
    grouping: createGroupingTypes(value, resultOrder, nullOrder),
  };
}

export function connectionType(
  name: string,
  node: GraphQLObjectType,
  pageInfo: GraphQLObjectType,
): GraphQLObjectType {
  const edge = new GraphQLObjectType({
    name: `${name}Edge`,
    fields: { node: { type: node }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
  });
  return new GraphQLObjectType({
    name: `${name}Connection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(pageInfo) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

export function connectionArguments(
  source: TypeSource,
  object: ObjectDefinition,
): GraphQLFieldConfigArgumentMap {
  const { filter, orderBy } = source.typesOf(object);
  return {
    first: { type: GraphQLInt },
    after: { type: GraphQLString },
    upperBound: { type: GraphQLInt },
    where: { type: filter },
    orderBy: { type: orderBy },
  };
}

export function filterFields(source: TypeSource, object: ObjectDefinition): GraphQLInputFieldConfigMap {
  const { filter } = source.typesOf(object);
  const operators = object.fields
    .filter((field) => field.filterable)
    .map((field) => [field.name, { type: source.shared.operators(field.type) }]);
  const parents = parentsOf(source.schema, object).map(({ name, parent }) => [
    name,
    { type: source.typesOf(parent).filter },
  ]);
  return {
    and: { type: new GraphQLList(filter) },
    or: { type: new GraphQLList(filter) },
    not: { type: filter },
    ...Object.fromEntries([...operators, ...parents]),
  };
}

export function orderFields(source: TypeSource, object: ObjectDefinition): GraphQLInputFieldConfigMap {
  const fields = object.fields
    .filter((field) => field.filterable)
    .map((field) => [field.name, { type: source.shared.order }]);
  const parents = parentsOf(source.schema, object).map(({ name, parent }) => [
    name,
    { type: source.typesOf(parent).orderBy },
  ]);
  return Object.fromEntries([...fields, ...parents]);
}

/** The parents that a query may enter: those of one object, by the name of the relationship. */
export function parentsOf(
  schema: Schema,
  object: ObjectDefinition,
): { name: string; parent: ObjectDefinition; field: FieldDefinition }[] {
  return object.fields.flatMap((field) => {
    const { reference } = field;
    const parent = schema.object(reference?.to[0] ?? '');
    if (!reference?.relationshipName || reference.isPolymorphic || !parent) return [];
    return [{ name: reference.relationshipName, parent, field }];
  });
}

function enumOf(name: string, values: readonly string[]): GraphQLEnumType {
  return new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });
}
