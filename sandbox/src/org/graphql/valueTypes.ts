import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLID,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';

import type { FieldType } from '../schema/model.ts';

/** The org's own scalars; what they hold is checked when the query is compiled. */
const scalar = (name: string): GraphQLScalarType => new GraphQLScalarType({ name });

/** Marks a field that is left out where the user may not see it. */
export const OPTIONAL = new GraphQLDirective({
  name: 'optional',
  description: 'Leaves a field out where the user may not see it',
  locations: [DirectiveLocation.FIELD],
});

const SCALARS = {
  Date: scalar('Date'),
  DateTime: scalar('DateTime'),
  Picklist: scalar('Picklist'),
  Double: scalar('Double'),
  Currency: scalar('Currency'),
  Percent: scalar('Percent'),
  TextArea: scalar('TextArea'),
  PhoneNumber: scalar('PhoneNumber'),
  EmailAddress: scalar('EmailAddress'),
  Url: scalar('Url'),
};

export const SCALAR_OF: Readonly<Record<FieldType, GraphQLScalarType>> = {
  id: GraphQLID,
  reference: GraphQLID,
  string: GraphQLString,
  textarea: SCALARS.TextArea,
  boolean: GraphQLBoolean,
  int: GraphQLInt,
  double: SCALARS.Double,
  currency: SCALARS.Currency,
  percent: SCALARS.Percent,
  date: SCALARS.Date,
  datetime: SCALARS.DateTime,
  picklist: SCALARS.Picklist,
  phone: SCALARS.PhoneNumber,
  email: SCALARS.EmailAddress,
  url: SCALARS.Url,
};

/** Makes the types of values by field type: a GraphQL schema may hold each name only once. */
export function createValueTypes(): (type: FieldType) => GraphQLObjectType {
  const known = new Map<string, GraphQLObjectType>();
  return (type) =>
    remember(known, SCALAR_OF[type].name, (name) => {
      const fields = { value: { type: SCALAR_OF[type] }, displayValue: { type: GraphQLString } };
      return new GraphQLObjectType({ name: `${name}Value`, fields });
    });
}

export function remember<Value>(
  known: Map<string, Value>,
  name: string,
  make: (name: string) => Value,
): Value {
  const value = known.get(name) ?? make(name);
  known.set(name, value);
  return value;
}
