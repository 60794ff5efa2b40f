import { canRead, objectAccess } from '../access/permissions.ts';
import { visibleRows } from '../access/sharing.ts';
import { tableOf } from '../storage/tables.ts';
import { isArchivable } from './archive.ts';
import { compileCondition } from './conditions.ts';
import type { ConditionContext } from './conditions.ts';
import { checkGrouping, isAggregateQuery, isGroupable } from './grouping.ts';
import type { Grouping, Ordering, QueryModel, Selection } from './model.ts';
import { compileOperand } from './operands.ts';
import {
  malformedQuery,
  notGroupable,
  notSortable,
  unknownChildRelationship,
  unknownObject,
} from './queryErrors.ts';
import { outputSql } from './rowPlan.ts';
import type { RowPlan } from './rowPlan.ts';
import { Scope, Statement } from './scope.ts';
import type { QueryContext, ResolvedField } from './scope.ts';
import { checkSemiJoinSides, checkSemiJoins, withSameRows } from './semiJoins.ts';
import { SelectList } from './selectList.ts';

/** One SQL statement with its bound values, and the plan that turns its rows into records. */
export interface CompiledQuery {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly plan: RowPlan;
}

/** A part of a query: its select list, what follows it, and the plan of its rows. */
interface CompiledRows {
  readonly columns: string;
  readonly rest: string;
  readonly plan: RowPlan;
}

/**
 * Translates a query to one SQL statement. Names come from the schema and are quoted, values are bound, and every
 * object is narrowed to what the user may see. Throws {@link QueryError}s in the org's words.
 */
export function compileQuery(context: QueryContext, model: QueryModel): CompiledQuery {
  const statement = new Statement();
  const object = context.schema.object(model.from);
  if (!object || object.kind === 'view' || !objectAccess(context.access, object).read) {
    throw unknownObject(model.from);
  }
  const joins: string[] = [];
  const scope = new Scope(context, statement, object, statement.nextAlias(), joins);
  const { columns, rest, plan } = compileRows(context, statement, scope, joins, model, []);
  const sql = model.countsRows
    ? `SELECT count(*) AS "c0" FROM (SELECT 1 ${rest}) counted`
    : `SELECT ${columns} ${rest}`;
  return { sql, values: statement.values, plan };
}

function compileRows(
  context: QueryContext,
  statement: Statement,
  scope: Scope,
  joins: readonly string[],
  model: QueryModel,
  fixedConditions: readonly string[],
): CompiledRows {
  const conditionContext: ConditionContext = {
    query: context,
    statement,
    scope,
    compileSemiJoin: (outer, query) => compileSemiJoin(context, statement, outer, withSameRows(model, query)),
  };
  checkGrouping(model);
  checkSemiJoins(model.where);
  const isAggregate = isAggregateQuery(model);
  const list = new SelectList(scope, isAggregate);
  for (const selection of model.select) {
    addSelection(context, statement, scope, list, model, selection);
  }
  const conditions = [...fixedConditions];
  if (!model.includesDeleted) conditions.push(`NOT ${scope.column('IsDeleted')}`);
  if (!model.includesArchived && isArchivable(scope.object)) conditions.push(`NOT ${scope.archived()}`);
  const seen = visibleRows(context.schema, context.access, statement.bind, scope.object, scope.alias);
  if (seen !== null) conditions.push(seen);
  if (model.where) conditions.push(compileCondition(conditionContext, model.where));
  const groups = model.groupBy.map((grouping) => compileGrouping(scope, grouping));
  const having = model.having ? compileCondition(conditionContext, model.having) : null;
  const order = model.countsRows ? [] : compileOrder(scope, model.orderBy, isAggregate);
  // The joins come last: every field above may have added one.
  const parts = [
    `FROM ${tableOf(scope.object)} ${scope.alias}`,
    ...joins,
    `WHERE ${conditions.join(' AND ') || 'true'}`,
    ...(groups.length > 0 ? [`GROUP BY ${groups.join(', ')}`] : []),
    ...(having === null ? [] : [`HAVING ${having}`]),
    ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
    ...(model.limit === null ? [] : [`LIMIT ${statement.bind(model.limit)}`]),
    ...(model.offset === null ? [] : [`OFFSET ${statement.bind(model.offset)}`]),
  ];
  return { columns: list.sql(), rest: parts.join(' '), plan: list.plan() };
}

function addSelection(
  context: QueryContext,
  statement: Statement,
  scope: Scope,
  list: SelectList,
  model: QueryModel,
  selection: Selection,
): void {
  switch (selection.kind) {
    case 'field':
      list.addField(selection.path, selection.alias);
      return;
    case 'dateFunction':
    case 'aggregate': {
      const operand = compileOperand(scope, selection, false);
      list.addComputed(outputSql(operand.field, operand.sql), selection.alias);
      return;
    }
    case 'children':
      addChildren(context, statement, scope, list, withSameRows(model, selection.query));
      return;
  }
}

function addChildren(
  context: QueryContext,
  statement: Statement,
  scope: Scope,
  list: SelectList,
  model: QueryModel,
): void {
  const relationship = context.schema
    .childRelationships(scope.object)
    .find((candidate) => candidate.name.toLowerCase() === model.from.toLowerCase());
  if (
    !relationship ||
    !objectAccess(context.access, relationship.child).read ||
    !canRead(context.access, relationship.child, relationship.field)
  ) {
    throw unknownChildRelationship(model.from);
  }
  if (isAggregateQuery(model)) throw malformedQuery('Only root queries support aggregate expressions');
  const joins: string[] = [];
  const child = new Scope(context, statement, relationship.child, statement.nextAlias(), joins);
  const link = `${child.column(relationship.field.name)} = ${scope.column('Id')}`;
  const rows = compileRows(context, statement, child, joins, model, [link]);
  list.addChildren(
    `(SELECT coalesce(json_agg(row_to_json(child)), '[]') FROM (SELECT ${rows.columns} ${rows.rest}) child)`,
    relationship.name,
    rows.plan,
  );
}

function compileSemiJoin(
  context: QueryContext,
  statement: Statement,
  outer: ResolvedField,
  model: QueryModel,
): string {
  const object = context.schema.object(model.from);
  if (!object || !objectAccess(context.access, object).read) throw unknownObject(model.from);
  const [selection, ...others] = model.select;
  if (selection?.kind !== 'field' || others.length > 0) {
    throw malformedQuery('The inner select of a semi join must have exactly one field');
  }
  const joins: string[] = [];
  const scope = new Scope(context, statement, object, statement.nextAlias(), joins);
  const inner = scope.resolve(selection.path);
  checkSemiJoinSides(outer, inner);
  const { rest } = compileRows(context, statement, scope, joins, { ...model, select: [] }, []);
  return `SELECT ${inner.column} ${rest}`;
}

function compileGrouping(scope: Scope, grouping: Grouping): string {
  const { sql, field } = compileOperand(scope, grouping, false);
  if (field && !isGroupable(field)) throw notGroupable(field);
  return sql;
}

function compileOrder(scope: Scope, orderBy: readonly Ordering[], isAggregate: boolean): string[] {
  const parts = orderBy.map(({ operand, descending, nulls }) => {
    const { sql, field } = compileOperand(scope, operand, false);
    if (field && !field.filterable) throw notSortable(field);
    const isText = field !== null && ['string', 'email', 'phone', 'url', 'textarea'].includes(field.type);
    const key = isText && !isAggregate ? `lower(${sql})` : sql;
    const nullsLast = nulls === null ? descending : nulls === 'last';
    return `${key} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
  });
  return isAggregate ? parts : [...parts, scope.column('Id')];
}
