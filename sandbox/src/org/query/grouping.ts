import type { FieldDefinition } from '../schema/model.ts';
import type { Condition, FieldPath, Grouping, Operand, QueryModel } from './model.ts';
import { malformedQuery } from './queryErrors.ts';

/** Types whose values are too many to group by, as describe says of their fields. */
const NOT_GROUPABLE = new Set(['datetime', 'double', 'currency', 'percent']);

export function isGroupable(field: FieldDefinition): boolean {
  return field.filterable && !NOT_GROUPABLE.has(field.type);
}

/** Whether the field can be counted and compared by aggregates. */
export function isAggregatable(field: Pick<FieldDefinition, 'type' | 'filterable'>): boolean {
  return field.filterable && field.type !== 'boolean';
}

/** Whether a query answers groups instead of records. */
export function isAggregateQuery(model: QueryModel): boolean {
  return (
    model.groupBy.length > 0 ||
    model.select.some(({ kind }) => kind === 'aggregate' || kind === 'dateFunction')
  );
}

/**
 * Checks that a query that answers groups names nothing beside what it groups by, and that one that answers records
 * sorts and filters by no aggregates. Throws in the org's words.
 */
export function checkGrouping(model: QueryModel): void {
  if (model.having && model.groupBy.length === 0)
    throw malformedQuery(`unexpected token: 'HAVING'`, 'HAVING');
  const operands = model.where ? operandsOf(model.where) : [];
  const aggregate = operands.find(({ kind }) => kind === 'aggregate');
  if (aggregate) throw malformedQuery(`Aggregate functions are not allowed in WHERE: ${nameOf(aggregate)}`);
  const isAggregate = isAggregateQuery(model);
  for (const { operand } of model.orderBy) {
    const isAllowed = isAggregate ? isGrouped(model, operand) : operand.kind === 'field';
    if (!isAllowed) {
      throw malformedQuery(
        `Ordered field must be grouped or aggregated: ${nameOf(operand)}`,
        tokenOf(operand),
      );
    }
  }
  if (!isAggregate) return;
  if (model.groupBy.length === 0 && (model.limit !== null || model.orderBy.length > 0)) {
    const word = model.limit === null ? 'ORDER BY' : 'LIMIT';
    throw malformedQuery(
      `Non-grouped query that uses overall aggregate functions cannot also use ${word}`,
      word,
    );
  }
  if (model.select.some(({ kind }) => kind === 'children')) {
    throw malformedQuery('A query that is grouped or aggregated cannot have child relationships');
  }
  const named = [
    ...model.select.filter((selection) => selection.kind !== 'children'),
    ...(model.having ? operandsOf(model.having) : []),
  ];
  for (const operand of named) {
    if (isGrouped(model, operand)) continue;
    throw malformedQuery(`Field must be grouped or aggregated: ${nameOf(operand)}`, tokenOf(operand));
  }
}

/** A date function is also grouped where the field it reads is. */
function isGrouped(model: QueryModel, operand: Operand): boolean {
  if (operand.kind === 'aggregate') return true;
  return model.groupBy.some(
    (grouping) =>
      isSamePath(grouping.path, operand.path) &&
      (grouping.kind === 'field' || (operand.kind === 'dateFunction' && isSameCall(grouping, operand))),
  );
}

type DateCall = Grouping & { kind: 'dateFunction' };

function isSameCall(one: DateCall, other: DateCall): boolean {
  return one.name === other.name && one.inUserZone === other.inUserZone;
}

function isSamePath(one: FieldPath, other: FieldPath): boolean {
  return dotted(one).toLowerCase() === dotted(other).toLowerCase();
}

function operandsOf(condition: Condition): Operand[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(operandsOf);
    case 'not':
      return operandsOf(condition.part);
    case 'compare':
    case 'in':
    case 'inQuery':
      return [condition.operand];
    case 'search':
      return [];
  }
}

function nameOf(operand: Operand): string {
  const path = operand.path === null ? '' : dotted(operand.path);
  switch (operand.kind) {
    case 'field':
      return path;
    case 'dateFunction':
      return `${operand.name}(${operand.inUserZone ? `convertTimezone(${path})` : path})`;
    case 'aggregate':
      return `${operand.name}(${path})`;
  }
}

function tokenOf(operand: Operand): string | null {
  return operand.path === null ? null : dotted(operand.path);
}

function dotted(path: FieldPath): string {
  return [...path.relationships, path.field].join('.');
}
