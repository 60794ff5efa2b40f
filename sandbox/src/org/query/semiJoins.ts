import type { ResolvedField } from './scope.ts';
import type { Condition, QueryModel } from './model.ts';
import { malformedQuery } from './queryErrors.ts';

type SemiJoin = Condition & { kind: 'inQuery' };

const MAXIMUM_SEMI_JOINS = 2;

/** Checks where and how often a query's conditions select from other objects. Throws in the org's words. */
export function checkSemiJoins(where: Condition | null): void {
  const joins = where === null ? [] : semiJoinsOf(where, false);
  if (joins.length > MAXIMUM_SEMI_JOINS) {
    throw malformedQuery(`Maximum ${MAXIMUM_SEMI_JOINS} semi join sub-selects are allowed`);
  }
  for (const { query } of joins) {
    if (query.where && semiJoinsOf(query.where, false).length > 0) {
      throw malformedQuery('Nesting of semi join sub-selects is not supported');
    }
    if (query.orderBy.length > 0) throw malformedQuery(`unexpected token: 'ORDER'`, 'ORDER');
    if (query.limit !== null) throw malformedQuery(`unexpected token: 'LIMIT'`, 'LIMIT');
  }
}

/** Checks that both sides of a semi-join hold ids of the same objects. */
export function checkSemiJoinSides(outer: ResolvedField, inner: ResolvedField): void {
  if (outer.scope.object === inner.scope.object) {
    throw malformedQuery('The inner and outer selects should not be on the same object type');
  }
  const outerObjects = objectsOf(outer);
  if (objectsOf(inner).some((name) => outerObjects.includes(name))) return;
  throw malformedQuery(
    `The selected field '${inner.field.name}' in the subquery and the left operand field in the where expression in the outer query '${outer.field.name}' should point to the same object type`,
    inner.field.name,
  );
}

function objectsOf({ scope, field }: ResolvedField): readonly string[] {
  return field.type === 'id' ? [scope.object.name] : (field.reference?.to ?? []);
}

function semiJoinsOf(condition: Condition, isBelowOr: boolean): SemiJoin[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap((part) => semiJoinsOf(part, isBelowOr || condition.kind === 'or'));
    case 'not':
      return semiJoinsOf(condition.part, isBelowOr);
    case 'compare':
    case 'in':
    case 'search':
      return [];
    case 'inQuery':
      if (isBelowOr) throw malformedQuery(`Semi join sub-selects are not supported with the 'OR' operator`);
      return [condition];
  }
}

/** A nested query sees what the one around it sees: under `queryAll` deleted and archived records too. */
export function withSameRows(outer: QueryModel, nested: QueryModel): QueryModel {
  return { ...nested, includesDeleted: outer.includesDeleted, includesArchived: outer.includesArchived };
}
