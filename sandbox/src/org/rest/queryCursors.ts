import { randomBytes } from 'node:crypto';

import type { OrgRecord } from '../query/rowPlan.ts';

/** Rows of a query that wait to be fetched. */
interface Waiting {
  readonly userId: string | null;
  readonly totalSize: number;
  readonly records: readonly OrgRecord[];
}

/** One page of a query's answer. */
export interface QueryPage {
  readonly totalSize: number;
  readonly records: readonly OrgRecord[];
  /** The locator of the next page, or null behind the last. */
  readonly next: string | null;
}

/** Keeps the rows behind a query's first page, as the org's query cursors do. */
export interface QueryCursors {
  open(userId: string | null, records: readonly OrgRecord[], pageSize: number): QueryPage;
  /** A further page, or null where the locator is unknown or another user's. */
  page(userId: string | null, locator: string, pageSize: number): QueryPage | null;
}

/** Cursors that a user may have open at once: the oldest closes when one more opens. */
const MAXIMUM_OPEN = 10;

export function createQueryCursors(): QueryCursors {
  const waiting = new Map<string, Waiting>();
  const pageFrom = (id: string, query: Waiting, start: number, pageSize: number): QueryPage => {
    const end = start + pageSize;
    return {
      totalSize: query.totalSize,
      records: query.records.slice(start, end),
      next: end < query.records.length ? `${id}-${end}` : null,
    };
  };
  return {
    open(userId, records, pageSize) {
      const query: Waiting = { userId, totalSize: records.length, records };
      const id = `01g${randomBytes(8).toString('hex').slice(0, 15)}`;
      if (records.length > pageSize) {
        const own = [...waiting].filter(([, other]) => other.userId === userId);
        for (const [oldId] of own.slice(0, Math.max(0, own.length - MAXIMUM_OPEN + 1))) waiting.delete(oldId);
        waiting.set(id, query);
      }
      return pageFrom(id, query, 0, pageSize);
    },
    page(userId, locator, pageSize) {
      const [id = '', start = ''] = locator.split('-');
      const query = waiting.get(id);
      if (!query || query.userId !== userId || !/^\d+$/.test(start)) return null;
      return pageFrom(id, query, Number(start), pageSize);
    },
  };
}
