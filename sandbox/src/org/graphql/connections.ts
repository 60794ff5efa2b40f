import type { GraphQLResolveInfo } from 'graphql';

import { readableFields } from '../access/permissions.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type { Condition, QueryModel } from '../query/model.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { readFilter, readOrder } from './filters.ts';
import { pageOf, pageResult } from './pages.ts';
import type { PageArguments } from './pages.ts';
import { inWrittenOrder } from './writtenOrder.ts';

/** What every resolver of one request shares. */
export interface GraphqlContext {
  readonly work: UnitOfWork;
  readonly version: string;
  /** The variables as the request has them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Parents that the request has read already, by id. */
  readonly parents: Map<string, Promise<OrgRecord | null>>;
}

/** The arguments of a connection, as GraphQL has checked them. */
export interface ConnectionArguments extends PageArguments {
  readonly where?: unknown;
  readonly orderBy?: unknown;
}

export interface Connection {
  readonly edges: readonly { readonly node: OrgRecord; readonly cursor: string }[];
  readonly pageInfo: object;
  readonly pageResultCount: number;
  /** Counted only when the query asks for it. */
  readonly totalCount: () => Promise<number>;
}

/** Reads one page of records as the user sees them, each with all the fields that the user can read. */
export async function readConnection(
  context: GraphqlContext,
  object: ObjectDefinition,
  given: ConnectionArguments,
  info: GraphQLResolveInfo,
  link: Condition | null = null,
): Promise<Connection> {
  const { work, version } = context;
  const page = pageOf(given);
  const filter = readFilter(work.schema, object, given.where);
  const parts = [link, filter].filter((part) => part !== null);
  const model: QueryModel = {
    ...emptyQuery(object.name),
    select: selectReadable(work, object),
    where: parts.length === 0 ? null : { kind: 'and', parts },
    orderBy: readOrder(inWrittenOrder(given.orderBy, 'orderBy', info, context.variables)),
  };
  const rows = { ...model, limit: page.size + page.lookahead, offset: page.start };
  const { records } = await runQuery(work, work.connection, rows, version);
  const result = pageResult(page, records);
  return {
    ...result,
    pageResultCount: result.edges.length,
    totalCount: async () => {
      const counted = { ...model, select: [], orderBy: [], countsRows: true };
      return (await runQuery(work, work.connection, counted, version)).totalSize;
    },
  };
}

/** Reads a parent once per request, or answers null where the user does not see it. */
export function readParent(
  context: GraphqlContext,
  object: ObjectDefinition,
  id: string,
): Promise<OrgRecord | null> {
  const known = context.parents.get(id);
  if (known) return known;
  const { work, version } = context;
  const model: QueryModel = {
    ...emptyQuery(object.name),
    select: selectReadable(work, object),
    where: idEquals('Id', id),
  };
  const reading = runQuery(work, work.connection, model, version).then(({ records }) => records[0] ?? null);
  context.parents.set(id, reading);
  return reading;
}

export function idEquals(fieldName: string, id: string): Condition {
  return {
    kind: 'compare',
    operand: { kind: 'field', path: fieldPath(fieldName) },
    operator: '=',
    value: { kind: 'text', text: id, pattern: id },
  };
}

function selectReadable(work: UnitOfWork, object: ObjectDefinition): QueryModel['select'] {
  return readableFields(work.access, object).map((field) => ({
    kind: 'field',
    path: fieldPath(field.name),
    alias: null,
  }));
}
