import { DATE_FUNCTIONS } from '../query/dateFunctions.ts';
import { fieldPath } from '../query/model.ts';
import type { AggregateFunction, FieldPath, Grouping, Operand } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';

/** A call as the parser hands it over, in whichever clause it stands. */
export interface ParsedCall {
  readonly functionName?: string;
  readonly parameters?: readonly (string | ParsedCall)[];
}

const AGGREGATES: readonly AggregateFunction[] = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/** Reads the call of an aggregate or of a date function. `alias` is the object's own, which may stand before a field. */
export function functionOperand(alias: string | null, call: ParsedCall): Exclude<Operand, { kind: 'field' }> {
  const word = call.functionName ?? '';
  const [parameter, ...others] = call.parameters ?? [];
  if (others.length > 0) throw malformedQuery(`unexpected token: ','`);
  const dateFunction = DATE_FUNCTIONS.find((candidate) => candidate === word.toUpperCase());
  if (dateFunction) return dateCall(alias, dateFunction, parameter);
  const name = AGGREGATES.find((candidate) => candidate === word.toUpperCase());
  if (!name || (parameter !== undefined && typeof parameter !== 'string')) {
    throw malformedQuery(`The local org does not know the function ${word}`, word);
  }
  if (parameter === undefined && name !== 'COUNT') throw malformedQuery(`unexpected token: ')'`);
  return { kind: 'aggregate', name, path: parameter === undefined ? null : withoutAlias(alias, parameter) };
}

/** Reads what rows are grouped by: a field or a date function. */
export function functionGrouping(alias: string | null, call: ParsedCall): Grouping {
  const operand = functionOperand(alias, call);
  if (operand.kind !== 'aggregate') return operand;
  throw malformedQuery(`Grouped field should not be aggregated: ${call.functionName ?? ''}`, operand.name);
}

/** Reads `a.Owner.Name`, where `a` is the object's own alias, as `Owner.Name`. */
export function withoutAlias(alias: string | null, dotted: string): FieldPath {
  const path = fieldPath(dotted);
  const [first, ...others] = path.relationships;
  return alias !== null && first?.toLowerCase() === alias.toLowerCase()
    ? { ...path, relationships: others }
    : path;
}

function dateCall(
  alias: string | null,
  name: (Grouping & { kind: 'dateFunction' })['name'],
  parameter: string | ParsedCall | undefined,
): Grouping & { kind: 'dateFunction' } {
  if (typeof parameter === 'string') {
    return { kind: 'dateFunction', name, path: withoutAlias(alias, parameter), inUserZone: false };
  }
  const [inner, ...others] = parameter?.parameters ?? [];
  if (parameter?.functionName?.toUpperCase() !== 'CONVERTTIMEZONE' || typeof inner !== 'string') {
    throw malformedQuery(`unexpected token: '${parameter?.functionName ?? ')'}'`);
  }
  if (others.length > 0) throw malformedQuery(`unexpected token: ','`);
  return { kind: 'dateFunction', name, path: withoutAlias(alias, inner), inUserZone: true };
}
