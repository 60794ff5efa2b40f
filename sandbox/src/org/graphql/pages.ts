import { malformedQuery } from '../query/queryErrors.ts';

/** The arguments by which a connection is read page by page. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly upperBound?: number | null;
}

/** The rows of one page: `size` of them after the first `start`. */
export interface Page {
  readonly start: number;
  readonly size: number;
  /** Rows to read beyond the page, so as to know whether there is a next one: none at an upper bound. */
  readonly lookahead: 0 | 1;
}

const DEFAULT_SIZE = 10;
const MAXIMUM_SIZE = 2_000;
/** With an upper bound, pages have at least so many rows. */
const MINIMUM_BOUND_SIZE = 200;
/** Rows that pages without an upper bound reach. */
const MAXIMUM_REACH = 4_000;

/** Reads the page that the arguments ask for. Throws where it is too large, or begins beyond what pages reach. */
export function pageOf({ first, after, upperBound }: PageArguments): Page {
  const size = first ?? DEFAULT_SIZE;
  const isBound = upperBound !== null && upperBound !== undefined;
  const minimum = isBound ? MINIMUM_BOUND_SIZE : 1;
  if (size < minimum || size > MAXIMUM_SIZE) {
    throw malformedQuery(`The value of first must be between ${minimum} and ${MAXIMUM_SIZE}: ${size}`);
  }
  const start = after === null || after === undefined ? 0 : readCursor(after) + 1;
  const reach = isBound ? upperBound : MAXIMUM_REACH;
  if (start > 0 && start >= reach) {
    throw malformedQuery(`The cursor is beyond the first ${reach} records: use upperBound to read more`);
  }
  return {
    start,
    size: Math.max(0, Math.min(size, reach - start)),
    lookahead: isBound && start + size >= reach ? 0 : 1,
  };
}

/** The cursor of a row, by its place in the whole result. */
function writeCursor(index: number): string {
  return Buffer.from(`v1:${index}`).toString('base64');
}

function readCursor(cursor: string): number {
  const index = /^v1:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (index === undefined) throw malformedQuery(`Invalid cursor: ${cursor}`);
  return Number(index);
}

/** The edges of a page and what `pageInfo` says of it. `rows` may hold one more than the page, which tells of a next. */
export function pageResult<Node>(
  page: Page,
  rows: readonly Node[],
): {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: object;
} {
  const edges = rows
    .slice(0, page.size)
    .map((node, index) => ({ node, cursor: writeCursor(page.start + index) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.size,
      hasPreviousPage: page.start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
