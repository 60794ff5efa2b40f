import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';

import { DATE_FUNCTIONS } from '../query/dateFunctions.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type {
  AggregateFunction,
  DateFunction,
  Grouping,
  Operand,
  Ordering,
  QueryModel,
} from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { callOf, valueKey } from './groupingTypes.ts';
import type { GraphqlContext } from './connections.ts';
import { readFilter } from './filters.ts';
import { pageOf, pageResult } from './pages.ts';
import type { PageArguments } from './pages.ts';
import { inWrittenOrder } from './writtenOrder.ts';
import { selectedFields, selectedNames } from './selectedFields.ts';

export interface AggregateArguments extends PageArguments {
  readonly where?: unknown;
  readonly groupBy?: unknown;
  readonly orderBy?: unknown;
}

interface AggregateConnection {
  readonly edges: readonly { readonly node: OrgRecord; readonly cursor: string }[];
  readonly pageInfo: object;
  readonly totalCount: () => Promise<number>;
}

const inputSchema = z.record(z.string(), z.unknown());
const groupSchema = z.object({ group: z.boolean().nullish(), function: z.enum(DATE_FUNCTIONS).nullish() });
const orderSchema = z.object({
  function: z.enum(['AVG', 'COUNT', 'COUNT_DISTINCT', 'MAX', 'MIN', 'SUM', ...DATE_FUNCTIONS]).nullish(),
  order: z.enum(['ASC', 'DESC']).nullish(),
  nulls: z.enum(['FIRST', 'LAST']).nullish(),
});

/** Reads one page of an object's groups, as the user sees its records: of each what the query asks for. */
export async function readAggregates(
  context: GraphqlContext,
  object: ObjectDefinition,
  given: AggregateArguments,
  info: GraphQLResolveInfo,
): Promise<AggregateConnection> {
  const { work, version } = context;
  const page = pageOf(given);
  const groupBy = readGroupings(inWrittenOrder(given.groupBy, 'groupBy', info, context.variables));
  const model: QueryModel = {
    ...emptyQuery(object.name),
    // A count makes the query one of groups even where nothing else is asked for.
    select: [{ kind: 'aggregate', name: 'COUNT', path: null, alias: '' }, ...readSelections(info)],
    where: readFilter(work.schema, object, given.where),
    groupBy,
    orderBy: readOrders(inWrittenOrder(given.orderBy, 'orderBy', info, context.variables)),
  };
  // Groups come in the same order from page to page; all records together are one group, which has none.
  const ordered: QueryModel = {
    ...model,
    orderBy: [
      ...model.orderBy,
      ...groupBy.map((operand): Ordering => ({ operand, descending: false, nulls: null })),
    ],
    ...(groupBy.length === 0 ? {} : { limit: page.size + page.lookahead, offset: page.start }),
  };
  const { records } = await runQuery(work, work.connection, ordered, version);
  return {
    ...pageResult(page, records),
    totalCount: async () =>
      (await runQuery(work, work.connection, { ...model, orderBy: [] }, version)).totalSize,
  };
}

function readSelections(info: GraphQLResolveInfo): QueryModel['select'] {
  const selections = new Map<string, QueryModel['select'][number]>();
  for (const field of selectedNames(info, selectedFields(info, ['edges', 'node', 'aggregate']))) {
    if (field.name.value.startsWith('__')) continue;
    for (const { name } of selectedNames(info, [field])) {
      if (name.value.startsWith('__')) continue;
      const valueName = name.value === 'displayValue' ? 'value' : name.value;
      const alias = valueKey(field.name.value, valueName);
      selections.set(alias, { ...operandOf(field.name.value, callOf(valueName)), alias });
    }
  }
  return [...selections.values()];
}

function readGroupings(groupBy: unknown): Grouping[] {
  return Object.entries(inputSchema.parse(groupBy ?? {})).flatMap(([name, input]): Grouping[] => {
    const { group, function: call } = groupSchema.parse(input ?? {});
    const path = fieldPath(name);
    if (call) return [{ kind: 'dateFunction', name: call, path, inUserZone: false }];
    return group ? [{ kind: 'field', path }] : [];
  });
}

function readOrders(orderBy: unknown): Ordering[] {
  return Object.entries(inputSchema.parse(orderBy ?? {})).map(([name, input]) => {
    const { function: call, order, nulls } = orderSchema.parse(input ?? {});
    return {
      operand: operandOf(name, call ?? null),
      descending: order === 'DESC',
      nulls: nulls === 'FIRST' ? 'first' : nulls === 'LAST' ? 'last' : null,
    };
  });
}

function operandOf(fieldName: string, call: AggregateFunction | DateFunction | null): Operand {
  const path = fieldPath(fieldName);
  if (call === null) return { kind: 'field', path };
  const dateFunction = DATE_FUNCTIONS.find((candidate) => candidate === call);
  if (dateFunction) return { kind: 'dateFunction', name: dateFunction, path, inUserZone: false };
  return { kind: 'aggregate', name: call as AggregateFunction, path };
}
