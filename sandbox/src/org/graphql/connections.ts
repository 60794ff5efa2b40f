import { readableFields } from '../access/permissions.ts';
import { emptyQuery, fieldPath } from '../query/model.ts';
import type { Condition, QueryModel } from '../query/model.ts';
import { malformedQuery } from '../query/queryErrors.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { runQuery } from '../query/runQuery.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { readFilter, readOrder } from './filters.ts';

/** What every resolver of one request shares. */
export interface GraphqlContext {
  readonly work: UnitOfWork;
  readonly version: string;
  /** Parents that the request has read already, by id. */
  readonly parents: Map<string, Promise<OrgRecord | null>>;
}

/** The arguments of a connection, as GraphQL has checked them. */
export interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
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

const DEFAULT_PAGE_SIZE = 10;
const MAXIMUM_PAGE_SIZE = 2_000;

/** Reads one page of records as the user sees them, each with all the fields that the user can read. */
export async function readConnection(
  context: GraphqlContext,
  object: ObjectDefinition,
  given: ConnectionArguments,
  link: Condition | null = null,
): Promise<Connection> {
  const { work, version } = context;
  const pageSize = given.first ?? DEFAULT_PAGE_SIZE;
  if (pageSize < 1 || pageSize > MAXIMUM_PAGE_SIZE) {
    throw malformedQuery(`first must be between 1 and ${MAXIMUM_PAGE_SIZE}`);
  }
  const start = given.after ? readCursor(given.after) : 0;
  const filter = readFilter(work.schema, object, given.where);
  const parts = [link, filter].filter((part) => part !== null);
  const model: QueryModel = {
    ...emptyQuery(object.name),
    select: selectReadable(work, object),
    where: parts.length === 0 ? null : { kind: 'and', parts },
    orderBy: readOrder(given.orderBy),
  };
  const page = { ...model, limit: pageSize + 1, offset: start };
  const { records } = await runQuery(work, work.connection, page, version);
  const shown = records.slice(0, pageSize);
  const edges = shown.map((node, index) => ({ node, cursor: writeCursor(start + index + 1) }));
  return {
    edges,
    pageResultCount: edges.length,
    pageInfo: {
      hasNextPage: records.length > pageSize,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
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

function writeCursor(position: number): string {
  return Buffer.from(`after:${position}`).toString('base64');
}

function readCursor(cursor: string): number {
  const position = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (position === undefined) throw malformedQuery('The cursor is not one of this query');
  return Number(position);
}
