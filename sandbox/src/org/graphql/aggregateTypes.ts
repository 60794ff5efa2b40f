import {
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import type { GraphQLFieldConfigArgumentMap } from 'graphql';

import type { OrgRecord } from '../query/rowPlan.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { GroupedField } from './groupingTypes.ts';
import type { TypeSource } from './recordTypes.ts';

/** The connection of an object's groups. */
export function aggregateConnection(source: TypeSource, object: ObjectDefinition): GraphQLObjectType {
  const fields = object.fields.filter((field) => field.filterable);
  const aggregate = new GraphQLObjectType<OrgRecord>({
    name: `${object.name}Aggregate`,
    fields: Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          type: source.shared.grouping.field(field.type),
          resolve: (record: OrgRecord): GroupedField => ({ record, field }),
        },
      ]),
    ),
  });
  const node = new GraphQLObjectType<OrgRecord>({
    name: `${object.name}Result`,
    fields: { aggregate: { type: aggregate, resolve: (record) => record } },
  });
  const edge = new GraphQLObjectType({
    name: `${object.name}AggregateEdge`,
    fields: { node: { type: node }, cursor: { type: new GraphQLNonNull(GraphQLString) } },
  });
  return new GraphQLObjectType({
    name: `${object.name}AggregateConnection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(source.shared.pageInfo) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

export function aggregateArguments(
  source: TypeSource,
  object: ObjectDefinition,
): GraphQLFieldConfigArgumentMap {
  const fields = object.fields.filter((field) => field.filterable);
  const { grouping } = source.shared;
  const groups = fields.map((field) => [field.name, { type: grouping.group(field.type) }]);
  const orders = fields.map((field) => [field.name, { type: grouping.order }]);
  const input = (suffix: string, entries: unknown[][]): GraphQLInputObjectType =>
    new GraphQLInputObjectType({
      name: `${object.name}${suffix}`,
      fields: Object.fromEntries(entries) as Record<string, { type: GraphQLInputObjectType }>,
    });
  return {
    first: { type: GraphQLInt },
    after: { type: GraphQLString },
    where: { type: source.typesOf(object).filter },
    groupBy: { type: input('_GroupBy', groups) },
    orderBy: { type: input('Aggregate_OrderBy', orders) },
  };
}
