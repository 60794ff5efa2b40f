import type { FieldDefinition } from '../schema/model.ts';
import { compileDateFunction } from './dateFunctions.ts';
import { isAggregatable } from './grouping.ts';
import type { Operand } from './model.ts';
import { malformedQuery, notFilterable } from './queryErrors.ts';
import type { Scope } from './scope.ts';

/** What a query compares, sorts or groups by: its SQL and the field whose type the values have. */
export interface CompiledOperand {
  readonly sql: string;
  /** Null for a count, which compares with numbers. */
  readonly field: FieldDefinition | null;
}

export const NUMBER_TYPES = new Set(['int', 'double', 'currency', 'percent']);

/**
 * Compiles a field, a date function or an aggregate. Throws where the user cannot read the field, it cannot be
 * filtered, or its type has no such function.
 */
export function compileOperand(scope: Scope, operand: Operand, isFilter: boolean): CompiledOperand {
  if (operand.path === null) return { sql: 'count(*)', field: null };
  const { field, column } = scope.resolve(operand.path);
  if (operand.kind === 'aggregate') return compileAggregate(operand.name, field, column);
  if (isFilter && !field.filterable) throw notFilterable(field);
  return operand.kind === 'field' ? { sql: column, field } : compileDateFunction(scope, operand);
}

function compileAggregate(
  name: (Operand & { kind: 'aggregate' })['name'],
  field: FieldDefinition,
  column: string,
): CompiledOperand {
  const isSupported = name === 'SUM' || name === 'AVG' ? NUMBER_TYPES.has(field.type) : isAggregatable(field);
  if (!isSupported) {
    throw malformedQuery(`field ${field.name} does not support aggregate operator ${name}`, field.name);
  }
  switch (name) {
    case 'COUNT':
      return { sql: `count(${column})`, field: null };
    case 'COUNT_DISTINCT':
      return { sql: `count(DISTINCT ${column})`, field: null };
    case 'SUM':
    case 'AVG':
    case 'MIN':
    case 'MAX':
      return { sql: `${name.toLowerCase()}(${column})`, field };
  }
}
