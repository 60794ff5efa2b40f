import { environment } from './environment.ts';

/** An answer other than 2xx, in the shape that Lightning's wire adapters and Apex methods report. */
export class OrgRequestError extends Error {
  readonly body: unknown;
  readonly ok = false;
  readonly status: number;
  readonly statusText: string;

  constructor(response: Response, body: unknown) {
    super(messageOf(body) ?? `The org answered ${response.status}`);
    this.name = 'OrgRequestError';
    this.body = body;
    this.status = response.status;
    this.statusText = response.statusText;
  }
}

function messageOf(body: unknown): string | undefined {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (
    typeof first === 'object' &&
    first !== null &&
    'message' in first &&
    typeof first.message === 'string'
  ) {
    return first.message;
  }
  return undefined;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') {
    return null;
  }
  return response.headers.get('content-type')?.includes('json') === true
    ? (JSON.parse(text) as unknown)
    : { message: text };
}

/**
 * Sends a request to the org as the signed-in user.
 * @param path of the org, e.g. `/services/data/v66.0/graphql`
 * @throws OrgRequestError for any answer but 2xx; a refused session also signs the user out
 */
export async function orgRequest(
  path: string,
  options: { readonly method?: string; readonly body?: unknown } = {},
): Promise<unknown> {
  const response = await fetch(path, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(environment.session === undefined
        ? {}
        : { authorization: `Bearer ${environment.session.accessToken}` }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const body = await bodyOf(response);
  if (response.status === 401 && environment.session !== undefined) {
    environment.signOut('Your session has ended.');
  }
  if (!response.ok) {
    throw new OrgRequestError(response, body);
  }
  return body;
}

/** The REST resource of this path in the page's API version, e.g. `query?q=…`. */
export function dataPath(resource: string): string {
  return `/services/data/v${environment.apiVersion}/${resource}`;
}
