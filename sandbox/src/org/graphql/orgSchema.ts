import {
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';

import type { ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { readAggregates } from './aggregates.ts';
import type { AggregateArguments } from './aggregates.ts';
import { aggregateArguments, aggregateConnection } from './aggregateTypes.ts';
import { readConnection } from './connections.ts';
import type { ConnectionArguments, GraphqlContext } from './connections.ts';
import { recordFields } from './recordFields.ts';
import {
  connectionArguments,
  connectionType,
  createSharedTypes,
  filterFields,
  orderFields,
} from './recordTypes.ts';
import type { ObjectTypes, TypeSource } from './recordTypes.ts';
import { OPTIONAL } from './valueTypes.ts';

/** The org's GraphQL schema, and which of its types stand for which objects. */
export interface OrgGraphql {
  readonly graphql: GraphQLSchema;
  readonly objectOfType: ReadonlyMap<string, ObjectDefinition>;
}

/** The name of the type that has one field per object. */
export const RECORD_QUERY = 'RecordQuery';
/** The same for the groups of their records. */
export const AGGREGATE_QUERY = 'RecordQueryAggregate';

/** Builds `uiapi.query.<Object>` for every object. What a user may see of it is decided request by request. */
export function buildOrgGraphql(schema: Schema): OrgGraphql {
  const objects = schema.objects.filter((object) => object.kind !== 'view');
  const source = createTypeSource(schema, objects);
  const recordQuery = new GraphQLObjectType<unknown, GraphqlContext>({
    name: RECORD_QUERY,
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        {
          type: source.typesOf(object).connection,
          args: connectionArguments(source, object),
          resolve: (_source: unknown, given: ConnectionArguments, context: GraphqlContext, info) =>
            readConnection(context, object, given, info),
        },
      ]),
    ),
  });
  const aggregateQuery = new GraphQLObjectType<unknown, GraphqlContext>({
    name: AGGREGATE_QUERY,
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        {
          type: aggregateConnection(source, object),
          args: aggregateArguments(source, object),
          resolve: (_source: unknown, given: AggregateArguments, context: GraphqlContext, info) =>
            readAggregates(context, object, given, info),
        },
      ]),
    ),
  });
  return {
    graphql: new GraphQLSchema({
      query: rootType(recordQuery, aggregateQuery),
      directives: [...specifiedDirectives, OPTIONAL],
    }),
    objectOfType: new Map(
      objects.flatMap((object) => [
        [object.name, object],
        [`${object.name}Aggregate`, object],
      ]),
    ),
  };
}

function createTypeSource(schema: Schema, objects: readonly ObjectDefinition[]): TypeSource {
  const join = new GraphQLInputObjectType({
    name: 'JoinInput',
    fields: () => ({
      ApiName: { type: GraphQLString },
      ...Object.fromEntries(objects.map((object) => [object.name, { type: source.typesOf(object).filter }])),
    }),
  });
  const shared = createSharedTypes(join);
  const types = new Map<string, ObjectTypes>();
  const source: TypeSource = {
    schema,
    shared,
    typesOf(object) {
      const found = types.get(object.name);
      if (!found) throw new Error(`${object.name} has no GraphQL types`);
      return found;
    },
  };
  for (const object of objects) {
    const node = new GraphQLObjectType({ name: object.name, fields: () => recordFields(source, object) });
    types.set(object.name, {
      node,
      connection: connectionType(object.name, node, shared.pageInfo),
      filter: new GraphQLInputObjectType({
        name: `${object.name}_Filter`,
        fields: () => filterFields(source, object),
      }),
      orderBy: new GraphQLInputObjectType({
        name: `${object.name}_OrderBy`,
        fields: () => orderFields(source, object),
      }),
    });
  }
  return source;
}

function rootType(recordQuery: GraphQLObjectType, aggregateQuery: GraphQLObjectType): GraphQLObjectType {
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: {
      query: { type: new GraphQLNonNull(recordQuery), resolve: () => ({}) },
      aggregate: { type: new GraphQLNonNull(aggregateQuery), resolve: () => ({}) },
    },
  });
  return new GraphQLObjectType({
    name: 'Query',
    fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: () => ({}) } },
  });
}
