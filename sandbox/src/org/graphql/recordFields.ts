import { GraphQLID, GraphQLNonNull, GraphQLString } from 'graphql';
import type { GraphQLFieldConfig, GraphQLFieldConfigMap } from 'graphql';

import { displayValue } from '../displayValue.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import { idEquals, readConnection, readParent } from './connections.ts';
import type { ConnectionArguments, GraphqlContext } from './connections.ts';
import { connectionArguments, parentsOf } from './recordTypes.ts';
import type { TypeSource } from './recordTypes.ts';

type Fields = GraphQLFieldConfigMap<OrgRecord, GraphqlContext>;

/** The fields of a record in GraphQL: its own as values, its parents as records, its children as connections. */
export function recordFields(source: TypeSource, object: ObjectDefinition): Fields {
  return {
    ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
    ...Object.fromEntries(object.fields.map((field) => [field.name, valueField(source, field)])),
    ...parentFields(source, object),
    ...childFields(source, object),
  };
}

function valueField(
  source: TypeSource,
  field: FieldDefinition,
): GraphQLFieldConfig<OrgRecord, GraphqlContext> {
  if (field.type === 'id') {
    return { type: new GraphQLNonNull(GraphQLID), resolve: (record) => record[field.name] };
  }
  return {
    type: source.shared.value(field.type),
    resolve: (record, _given, { work }) => {
      const value = record[field.name] ?? null;
      return { value, displayValue: displayValue(field, value, work.access.timeZone) };
    },
  };
}

function parentFields(source: TypeSource, object: ObjectDefinition): Fields {
  return Object.fromEntries(
    parentsOf(source.schema, object).map(({ name, parent, field }) => [
      name,
      {
        type: source.typesOf(parent).node,
        resolve: (record: OrgRecord, _given: unknown, context: GraphqlContext) => {
          const id = record[field.name];
          return typeof id === 'string' ? readParent(context, parent, id) : null;
        },
      },
    ]),
  );
}

function childFields(source: TypeSource, object: ObjectDefinition): Fields {
  return Object.fromEntries(
    source.schema.childRelationships(object).map(({ name, child, field }) => [
      name,
      {
        type: source.typesOf(child).connection,
        args: connectionArguments(source, child),
        resolve: (record: OrgRecord, given: ConnectionArguments, context: GraphqlContext, info) =>
          readConnection(context, child, given, info, idEquals(field.name, String(record['Id']))),
      },
    ]),
  );
}
