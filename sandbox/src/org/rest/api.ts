import { ApiError, notFound } from '../apiError.ts';
import type { RequestUsage } from '../budget/requestBudget.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { QueryCursors } from './queryCursors.ts';

/** What the resources know of the org they belong to. */
export interface OrgIdentity {
  readonly orgId: string;
  readonly instanceUrl: string;
  readonly cursors: QueryCursors;
  /** Requests of the last day, which the limits resource and every answer's header tell. */
  readonly usage: () => RequestUsage;
  /** Says that a bulk job waits to be worked through. */
  readonly wakeBulk: () => void;
}

/** A request to a REST resource, from the network or from within a composite request. */
export interface ApiRequest {
  readonly method: string;
  /** Behind `/services/data/vXX.0`, e.g. `/sobjects/Account`. */
  readonly path: string;
  readonly search: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** e.g. `66.0` */
  readonly version: string;
  readonly work: UnitOfWork;
  readonly org: OrgIdentity;
  /** Part of a composite request that is all or none: a collection in it is so too, whatever it says itself. */
  readonly isAllOrNone?: boolean;
}

export interface ApiResponse {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of a body that is JSON; the headers name its type. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An all-or-none collection failed, though its status is 200: its rows say why. */
  readonly isUndone?: boolean;
  /** What the request sets going once its changes stay. */
  readonly afterCommit?: () => void;
}

/** The values of a route's `:names`. */
export type PathValues = Readonly<Record<string, string>>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  /** e.g. `/sobjects/:type/:id` */
  readonly path: string;
  readonly handle: (request: ApiRequest, values: PathValues) => Promise<ApiResponse>;
}

/** Answers a request by its route; refusals become the error list of the REST API. Other errors pass. */
export async function dispatch(routes: readonly Route[], request: ApiRequest): Promise<ApiResponse> {
  try {
    const matches = routes.flatMap((route) => {
      const values = matchPath(route.path, request.path);
      return values ? [{ route, values }] : [];
    });
    if (matches.length === 0) throw notFound();
    const match = matches.find(({ route }) => route.method === methodOf(request));
    if (!match) {
      const allowed = matches.map(({ route }) => route.method).join(',');
      throw new ApiError(
        405,
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${request.method}' not allowed. Allowed are ${allowed}`,
      );
    }
    return await match.route.handle(request, match.values);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: [error.entry()] };
    throw error;
  }
}

/** Clients that cannot send PATCH say so in the address. */
function methodOf(request: ApiRequest): string {
  const override = request.search.get('_HttpMethod');
  return request.method === 'POST' && override !== null ? override.toUpperCase() : request.method;
}

function matchPath(pattern: string, path: string): PathValues | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    if (part.startsWith(':')) values[part.slice(1)] = decodePart(text);
    else if (part !== text) return null;
  }
  return values;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound();
  }
}
