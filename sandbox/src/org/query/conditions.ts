import { DateTime } from 'luxon';

import type { FieldDefinition } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';
import { foldedValue } from '../storage/textCase.ts';
import { daysOfLiteral } from './dateLiterals.ts';
import type { ComparisonOperator, Condition, Literal, QueryModel } from './model.ts';
import { NUMBER_TYPES, compileOperand } from './operands.ts';
import type { CompiledOperand } from './operands.ts';
import { QueryError, malformedQuery, wrongFilterType } from './queryErrors.ts';
import { compileSearch } from './search.ts';
import type { QueryContext, ResolvedField, Scope, Statement } from './scope.ts';

/** What a condition is compiled with. */
export interface ConditionContext {
  readonly query: QueryContext;
  readonly statement: Statement;
  readonly scope: Scope;
  /** Compiles the query of a semi-join to SQL that yields one column, to be compared with the outer field. */
  readonly compileSemiJoin: (outer: ResolvedField, model: QueryModel) => string;
}

/**
 * Compiles a condition to SQL with two values: SOQL knows no third one, so that `Name != 'x'` finds empty names.
 */
export function compileCondition(context: ConditionContext, condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const word = condition.kind === 'and' ? ' AND ' : ' OR ';
      return `(${condition.parts.map((part) => compileCondition(context, part)).join(word)})`;
    }
    case 'not':
      return `(${compileCondition(context, condition.part)}) IS NOT TRUE`;
    case 'compare': {
      const operand = compileOperand(context.scope, condition.operand, true);
      return compare(context, operand, condition.operator, condition.value);
    }
    case 'in': {
      const operand = compileOperand(context.scope, condition.operand, true);
      const parts = condition.values.map((value) => compare(context, operand, '=', value));
      return `(${parts.join(' OR ')}) IS ${condition.isNegated ? 'NOT ' : ''}TRUE`;
    }
    case 'search':
      return compileSearch(context.scope, context.statement.bind, condition);
    case 'inQuery': {
      if (condition.operand.kind !== 'field') throw malformedQuery(`unexpected token: 'IN'`, 'IN');
      const outer = context.scope.resolve(condition.operand.path);
      if (outer.field.type !== 'id' && outer.field.type !== 'reference') {
        throw malformedQuery(
          `The left operand field in the where expression for outer query should be an id field, cannot use: '${outer.field.name}'`,
          outer.field.name,
        );
      }
      const rows = context.compileSemiJoin(outer, condition.query);
      return `(${outer.column} IN (${rows})) IS ${condition.isNegated ? 'NOT ' : ''}TRUE`;
    }
  }
}

function compare(
  context: ConditionContext,
  operand: CompiledOperand,
  operator: ComparisonOperator,
  value: Literal,
): string {
  const { sql, field } = operand;
  if (value.kind === 'null' || (value.kind === 'text' && value.text === '')) {
    if (operator === '=') return `${sql} IS NULL`;
    if (operator === '!=') return `${sql} IS NOT NULL`;
    // Never true, yet it names its operand: a statement must use every value that was bound for it.
    return `(${sql} IS NULL AND false)`;
  }
  if (operator === '!=') return `(${compare(context, operand, '=', value)}) IS NOT TRUE`;
  if (value.kind === 'dateLiteral') return compareWithDays(context, operand, operator, value);
  if (field === null) {
    if (value.kind !== 'number') throw malformedQuery('A count compares with a number');
    return `${sql} ${operator} ${context.statement.bind(value.text)}::numeric`;
  }
  if (NUMBER_TYPES.has(field.type)) {
    if (value.kind !== 'number' || operator === 'LIKE') throw wrongFilterType(field);
    return `${sql} ${operator} ${context.statement.bind(value.text)}::numeric`;
  }
  switch (field.type) {
    case 'boolean':
      if (value.kind !== 'boolean' || operator !== '=') throw wrongFilterType(field);
      return `${sql} = ${context.statement.bind(value.value)}::boolean`;
    case 'date':
      if (value.kind !== 'date' || operator === 'LIKE') throw wrongFilterType(field);
      return `${sql} ${operator} ${context.statement.bind(validDate(value.text))}::date`;
    case 'datetime':
      if (value.kind !== 'datetime' || operator === 'LIKE') throw wrongFilterType(field);
      return `${sql} ${operator} ${context.statement.bind(validDate(value.text))}::timestamptz`;
    default:
      if (value.kind !== 'text') throw wrongFilterType(field);
      return compareText(context, { sql, field }, operator, value);
  }
}

function compareText(
  context: ConditionContext,
  operand: { readonly sql: string; readonly field: FieldDefinition },
  operator: ComparisonOperator,
  value: Literal & { kind: 'text' },
): string {
  const { sql, field } = operand;
  const { bind } = context.statement;
  if (field.type === 'id' || field.type === 'reference') {
    if (operator === 'LIKE') {
      throw new QueryError('INVALID_FIELD', `invalid operator on id field`, field.name);
    }
    const id = normalizeId(value.text);
    if (id === null) {
      throw new QueryError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value.text}`, field.name);
    }
    return `${sql} ${operator} ${bind(id)}`;
  }
  if (operator === 'LIKE') return `lower(${sql}) LIKE ${foldedValue(bind(value.pattern))}`;
  return `lower(${sql}) ${operator} ${foldedValue(bind(value.text))}`;
}

function compareWithDays(
  context: ConditionContext,
  operand: CompiledOperand,
  operator: ComparisonOperator,
  value: Literal & { kind: 'dateLiteral' },
): string {
  const { sql, field } = operand;
  if (field === null || (field.type !== 'date' && field.type !== 'datetime')) {
    throw field === null ? malformedQuery('A count compares with a number') : wrongFilterType(field);
  }
  const { now, access } = context.query;
  const days = daysOfLiteral(value.name, value.count, now, access.fiscalYearStartMonth);
  if (!days) throw malformedQuery(`unexpected token: '${value.name}'`, value.name);
  for (const day of [days.start, days.end]) checkDay(day, value.name);
  const limit = (day: DateTime): string =>
    field.type === 'date'
      ? `${context.statement.bind(day.toISODate())}::date`
      : `${context.statement.bind(day.toISO())}::timestamptz`;
  switch (operator) {
    case '=':
      return `(${sql} >= ${limit(days.start)} AND ${sql} < ${limit(days.end)})`;
    case '<':
      return `${sql} < ${limit(days.start)}`;
    case '<=':
      return `${sql} < ${limit(days.end)}`;
    case '>':
      return `${sql} >= ${limit(days.end)}`;
    case '>=':
      return `${sql} >= ${limit(days.start)}`;
    case '!=':
    case 'LIKE':
      throw wrongFilterType(field);
  }
}

/** The first and the last year that the org's dates may have. */
const YEARS = [1700, 4000] as const;

function validDate(text: string): string {
  checkDay(DateTime.fromISO(text, { setZone: true }), text);
  return text;
}

function checkDay(day: DateTime, text: string): void {
  if (day.isValid && day.year >= YEARS[0] && day.year <= YEARS[1]) return;
  throw malformedQuery(`line 1: invalid date: ${text}`, text);
}
