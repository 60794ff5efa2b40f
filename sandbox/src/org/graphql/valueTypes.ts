import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
  GraphQLBoolean,
} from 'graphql';
import type { GraphQLInputFieldConfigMap, GraphQLInputType, GraphQLOutputType } from 'graphql';

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

const SCALAR_OF: Readonly<Record<FieldType, GraphQLScalarType>> = {
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

const DATE_LITERALS = [
  ...['YESTERDAY', 'TODAY', 'TOMORROW', 'LAST_90_DAYS', 'NEXT_90_DAYS'],
  ...['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((unit) =>
    ['LAST', 'THIS', 'NEXT'].map((when) => `${when}_${unit}`),
  ),
];
const RANGES = ['days', 'weeks', 'months', 'quarters', 'years'].flatMap((unit) => [
  `last_n_${unit}`,
  `next_n_${unit}`,
]);

/** Value and operator types by field type. Made once per schema: a GraphQL schema may hold each name only once. */
export interface ValueTypes {
  readonly output: (type: FieldType) => GraphQLOutputType;
  readonly operators: (type: FieldType) => GraphQLInputType;
}

export function createValueTypes(): ValueTypes {
  const outputs = new Map<string, GraphQLObjectType>();
  const operators = new Map<string, GraphQLInputObjectType>();
  const dateLiteral = new GraphQLEnumType({
    name: 'DateLiteral',
    values: Object.fromEntries(DATE_LITERALS.map((name) => [name, { value: name }])),
  });
  const range = new GraphQLInputObjectType({
    name: 'DateRange',
    fields: Object.fromEntries(RANGES.map((name) => [name, { type: GraphQLInt }])),
  });
  const inputOf = new Map<string, GraphQLInputObjectType>();
  const operandOf = (type: FieldType): GraphQLInputType => {
    if (type !== 'date' && type !== 'datetime') return SCALAR_OF[type];
    return remember(inputOf, type, () => {
      const value = { type: SCALAR_OF[type] };
      return new GraphQLInputObjectType({
        name: type === 'date' ? 'DateInput' : 'DateTimeInput',
        fields: { value, literal: { type: dateLiteral }, range: { type: range } },
      });
    });
  };
  return {
    output: (type) =>
      remember(outputs, SCALAR_OF[type].name, (name) => {
        const fields = { value: { type: SCALAR_OF[type] }, displayValue: { type: GraphQLString } };
        return new GraphQLObjectType({ name: `${name}Value`, fields });
      }),
    operators: (type) =>
      remember(operators, SCALAR_OF[type].name, (name) => {
        const operand = operandOf(type);
        const list = { type: new GraphQLList(operand) };
        const fields: GraphQLInputFieldConfigMap = { eq: { type: operand }, ne: { type: operand } };
        if (type !== 'boolean') Object.assign(fields, { in: list, nin: list });
        if (type !== 'boolean' && name !== 'ID') {
          Object.assign(fields, orderings(operand), isText(type) ? { like: { type: operand } } : {});
        }
        return new GraphQLInputObjectType({ name: `${name}Operators`, fields });
      }),
  };
}

function orderings(type: GraphQLInputType): GraphQLInputFieldConfigMap {
  return { gt: { type }, gte: { type }, lt: { type }, lte: { type } };
}

function isText(type: FieldType): boolean {
  return ['string', 'textarea', 'picklist', 'phone', 'email', 'url'].includes(type);
}

function remember<Value>(known: Map<string, Value>, name: string, make: (name: string) => Value): Value {
  const value = known.get(name) ?? make(name);
  known.set(name, value);
  return value;
}
