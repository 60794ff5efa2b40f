import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';
import type { GraphQLFieldConfigMap, GraphQLInputFieldConfigMap } from 'graphql';

import { displayValue } from '../displayValue.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { Schema } from '../schema/schema.ts';
import { idEquals, readConnection, readParent } from './connections.ts';
import type { ConnectionArguments, GraphqlContext } from './connections.ts';
import { createValueTypes } from './valueTypes.ts';

/** The org's GraphQL schema, and which of its types stand for which objects. */
export interface OrgGraphql {
  readonly graphql: GraphQLSchema;
  readonly objectOfType: ReadonlyMap<string, ObjectDefinition>;
}

/** The name of the type that has one field per object. */
export const RECORD_QUERY = 'RecordQuery';

const OPTIONAL = new GraphQLDirective({
  name: 'optional',
  description: 'Leaves a field out where the user may not see it',
  locations: [DirectiveLocation.FIELD],
});

interface ObjectTypes {
  readonly node: GraphQLObjectType;
  readonly connection: GraphQLObjectType;
  readonly filter: GraphQLInputObjectType;
  readonly orderBy: GraphQLInputObjectType;
}

/** Builds `uiapi.query.<Object>` for every object. What a user may see of it is decided request by request. */
export function buildOrgGraphql(schema: Schema): OrgGraphql {
  const objects = schema.objects.filter((object) => object.kind !== 'view');
  const values = createValueTypes();
  const shared = createSharedTypes();
  const typesOf = new Map<string, ObjectTypes>();
  const types = (object: ObjectDefinition): ObjectTypes => {
    const found = typesOf.get(object.name);
    if (!found) throw new Error(`${object.name} has no GraphQL types`);
    return found;
  };
  const connectionArguments = (object: ObjectDefinition) => ({
    first: { type: GraphQLInt },
    after: { type: GraphQLString },
    where: { type: types(object).filter },
    orderBy: { type: types(object).orderBy },
  });

  for (const object of objects) {
    const node = new GraphQLObjectType<OrgRecord, GraphqlContext>({
      name: object.name,
      fields: () => ({ ...ownFields(object), ...parentFields(object), ...childFields(object) }),
    });
    typesOf.set(object.name, {
      node,
      connection: connectionType(object.name, node, shared.pageInfo),
      filter: new GraphQLInputObjectType({ name: `${object.name}_Filter`, fields: () => filterFields(object) }),
      orderBy: new GraphQLInputObjectType({ name: `${object.name}_OrderBy`, fields: () => orderFields(object) }),
    });
  }

  const ownFields = (object: ObjectDefinition): GraphQLFieldConfigMap<OrgRecord, GraphqlContext> => ({
    ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
    ...Object.fromEntries(object.fields.map((field) => [field.name, valueField(field)])),
  });
  const valueField = (field: FieldDefinition): GraphQLFieldConfigMap<OrgRecord, GraphqlContext>[string] =>
    field.type === 'id'
      ? { type: new GraphQLNonNull(GraphQLID), resolve: (record) => record[field.name] }
      : {
          type: values.output(field.type),
          resolve: (record, _given, { work }) => {
            const value = record[field.name] ?? null;
            return { value, displayValue: displayValue(field, value, work.access.timeZone) };
          },
        };
  const parentFields = (object: ObjectDefinition): GraphQLFieldConfigMap<OrgRecord, GraphqlContext> =>
    Object.fromEntries(
      parentsOf(schema, object).map(({ name, parent, field }) => [
        name,
        {
          type: types(parent).node,
          resolve: (record: OrgRecord, _given: unknown, context: GraphqlContext) => {
            const id = record[field.name];
            return typeof id === 'string' ? readParent(context, parent, id) : null;
          },
        },
      ]),
    );
  const childFields = (object: ObjectDefinition): GraphQLFieldConfigMap<OrgRecord, GraphqlContext> =>
    Object.fromEntries(
      schema.childRelationships(object).map(({ name, child, field }) => [
        name,
        {
          type: types(child).connection,
          args: connectionArguments(child),
          resolve: (record: OrgRecord, given: ConnectionArguments, context: GraphqlContext) =>
            readConnection(context, child, given, idEquals(field.name, String(record['Id']))),
        },
      ]),
    );
  const filterFields = (object: ObjectDefinition): GraphQLInputFieldConfigMap => ({
    and: { type: new GraphQLList(types(object).filter) },
    or: { type: new GraphQLList(types(object).filter) },
    not: { type: types(object).filter },
    ...Object.fromEntries(
      object.fields
        .filter((field) => field.filterable)
        .map((field) => [field.name, { type: values.operators(field.type) }]),
    ),
    ...Object.fromEntries(
      parentsOf(schema, object).map(({ name, parent }) => [name, { type: types(parent).filter }]),
    ),
  });
  const orderFields = (object: ObjectDefinition): GraphQLInputFieldConfigMap => ({
    ...Object.fromEntries(
      object.fields.filter((field) => field.filterable).map((field) => [field.name, { type: shared.order }]),
    ),
    ...Object.fromEntries(
      parentsOf(schema, object).map(({ name, parent }) => [name, { type: types(parent).orderBy }]),
    ),
  });

  const recordQuery = new GraphQLObjectType<unknown, GraphqlContext>({
    name: RECORD_QUERY,
    fields: Object.fromEntries(
      objects.map((object) => [
        object.name,
        {
          type: types(object).connection,
          args: connectionArguments(object),
          resolve: (_source: unknown, given: ConnectionArguments, context: GraphqlContext) =>
            readConnection(context, object, given),
        },
      ]),
    ),
  });
  return {
    graphql: new GraphQLSchema({ query: rootType(recordQuery), directives: [...specifiedDirectives, OPTIONAL] }),
    objectOfType: new Map(objects.map((object) => [object.name, object])),
  };
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

function createSharedTypes() {
  const pageInfo = new GraphQLObjectType({
    name: 'PageInfo',
    fields: {
      hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
      startCursor: { type: GraphQLString },
      endCursor: { type: GraphQLString },
    },
  });
  const order = new GraphQLInputObjectType({
    name: 'OrderByClause',
    fields: {
      order: { type: enumOf('ResultOrder', ['ASC', 'DESC']) },
      nulls: { type: enumOf('NullOrder', ['FIRST', 'LAST']) },
    },
  });
  return { pageInfo, order };
}

function enumOf(name: string, values: readonly string[]): GraphQLEnumType {
  return new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });
}

function connectionType(name: string, node: GraphQLObjectType, pageInfo: GraphQLObjectType): GraphQLObjectType {
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

function rootType(recordQuery: GraphQLObjectType): GraphQLObjectType {
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: { query: { type: new GraphQLNonNull(recordQuery), resolve: () => ({}) } },
  });
  return new GraphQLObjectType({
    name: 'Query',
    fields: { uiapi: { type: new GraphQLNonNull(uiapi), resolve: () => ({}) } },
  });
}
