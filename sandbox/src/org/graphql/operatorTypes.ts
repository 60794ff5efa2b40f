import { GraphQLEnumType, GraphQLInputObjectType, GraphQLInt, GraphQLList } from 'graphql';
import type { GraphQLInputFieldConfigMap, GraphQLInputType } from 'graphql';

import { DATE_FUNCTIONS, OF_TIMES } from '../query/dateFunctions.ts';
import type { FieldType } from '../schema/model.ts';
import { SCALAR_OF, remember } from './valueTypes.ts';

const DATE_LITERALS = [
  ...['YESTERDAY', 'TODAY', 'TOMORROW', 'LAST_90_DAYS', 'NEXT_90_DAYS'],
  ...['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((unit) =>
    ['LAST', 'THIS', 'NEXT'].map((when) => `${when}_${unit}`),
  ),
];
const RANGES = ['days', 'weeks', 'months', 'quarters', 'years', 'fiscal_quarters', 'fiscal_years'].flatMap(
  (unit) => [`last_n_${unit}`, `next_n_${unit}`],
);

/** Makes the operators of filters by field type. `join` is what a semi-join selects from. */
export function createOperatorTypes(join: GraphQLInputObjectType): (type: FieldType) => GraphQLInputType {
  const known = new Map<string, GraphQLInputObjectType>();
  const dates = createDateTypes();
  const plain = (name: string, type: FieldType): GraphQLInputObjectType =>
    remember(
      known,
      name,
      () => new GraphQLInputObjectType({ name, fields: plainOperators(dates.operand(type), type) }),
    );
  const functionInput = (type: 'date' | 'datetime', result: 'int' | 'date'): GraphQLInputObjectType => {
    const operators = result === 'int' ? plain('IntOperators', 'int') : plain('DayOperators', 'date');
    const zone = type === 'datetime' ? { convertTimezoneValue: { type: operators } } : {};
    const name = `${type === 'datetime' ? 'DateTime' : 'Date'}${result === 'date' ? 'Day' : ''}FunctionInput`;
    return remember(
      known,
      name,
      () => new GraphQLInputObjectType({ name, fields: { value: { type: operators }, ...zone } }),
    );
  };
  return (type) =>
    remember(known, `${SCALAR_OF[type].name}Operators`, (name) => {
      const fields: GraphQLInputFieldConfigMap = plainOperators(dates.operand(type), type);
      if (SCALAR_OF[type].name === 'ID') Object.assign(fields, { inq: { type: join }, ninq: { type: join } });
      if (type === 'date' || type === 'datetime') {
        for (const call of DATE_FUNCTIONS.filter((one) => type === 'datetime' || !OF_TIMES.includes(one))) {
          fields[call] = { type: functionInput(type, call === 'DAY_ONLY' ? 'date' : 'int') };
        }
      }
      return new GraphQLInputObjectType({ name, fields });
    });
}

function plainOperators(operand: GraphQLInputType, type: FieldType): GraphQLInputFieldConfigMap {
  const equality = { eq: { type: operand }, ne: { type: operand } };
  if (type === 'boolean') return equality;
  const list = { type: new GraphQLList(operand) };
  const sets = { ...equality, in: list, nin: list };
  if (SCALAR_OF[type].name === 'ID') return sets;
  const order = {
    gt: { type: operand },
    gte: { type: operand },
    lt: { type: operand },
    lte: { type: operand },
  };
  return { ...sets, ...order, ...(isText(type) ? { like: { type: operand } } : {}) };
}

/** What dates and times compare with: a value, a literal such as `TODAY`, or a range such as the last 7 days. */
function createDateTypes(): { readonly operand: (type: FieldType) => GraphQLInputType } {
  const literal = new GraphQLEnumType({
    name: 'DateLiteral',
    values: Object.fromEntries(DATE_LITERALS.map((name) => [name, { value: name }])),
  });
  const range = new GraphQLInputObjectType({
    name: 'DateRange',
    fields: Object.fromEntries(RANGES.map((name) => [name, { type: GraphQLInt }])),
  });
  const inputs = new Map<string, GraphQLInputObjectType>();
  return {
    operand: (type) => {
      if (type !== 'date' && type !== 'datetime') return SCALAR_OF[type];
      return remember(inputs, type, () => {
        const fields = {
          value: { type: SCALAR_OF[type] },
          literal: { type: literal },
          range: { type: range },
        };
        return new GraphQLInputObjectType({ name: type === 'date' ? 'DateInput' : 'DateTimeInput', fields });
      });
    },
  };
}

function isText(type: FieldType): boolean {
  return ['string', 'textarea', 'picklist', 'phone', 'email', 'url'].includes(type);
}
