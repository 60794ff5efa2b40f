import { ApiError } from '../apiError.ts';
import { inSavepoint } from '../storage/database.ts';
import { dispatch } from './api.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';

/** A request inside a composite or batch request. */
export interface Subrequest {
  readonly method: string;
  /** From `/services/data/` on, or from the version on. */
  readonly url: string;
  readonly body: unknown;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Runs one in the request's transaction; a refused one leaves nothing. Throws where the url is no REST resource. */
export async function runSubrequest(
  routes: readonly Route[],
  request: ApiRequest,
  { method, url, body, headers }: Subrequest,
): Promise<ApiResponse> {
  const address = new URL(/^v\d/.test(url) ? `/services/data/${url}` : url, 'http://org.local');
  const [, version, path = ''] = /^\/services\/data\/v(\d+\.0)(\/.*)?$/.exec(address.pathname) ?? [];
  if (version === undefined) {
    throw new ApiError(400, 'INVALID_INPUT', `The url ${url} is not a REST resource`);
  }
  return inSavepoint(request.work.connection, async () => {
    const result = await dispatch(routes, {
      ...request,
      method,
      path,
      search: address.searchParams,
      body,
      version,
      headers,
    });
    return { result, commit: result.status < 400 };
  });
}
