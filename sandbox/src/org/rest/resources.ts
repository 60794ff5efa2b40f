import type { ApiRequest, ApiResponse, Route } from './api.ts';

/** API versions that the local org answers. What it answers is the same in all of them. */
export const OLDEST_VERSION = 50;
export const NEWEST_VERSION = 66;

export const resourceRoutes: readonly Route[] = [
  { method: 'GET', path: '', handle: listResources },
  { method: 'GET', path: '/limits', handle: limits },
];

/** The list that `/services/data` answers without a session. */
export function versionList(): unknown {
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, index) => {
    const version = `${OLDEST_VERSION + index}.0`;
    return { label: `Version ${version}`, url: `/services/data/v${version}`, version };
  });
}

async function listResources(request: ApiRequest): Promise<ApiResponse> {
  const base = `/services/data/v${request.version}`;
  const names = [
    'sobjects',
    'query',
    'queryAll',
    'search',
    'parameterizedSearch',
    'limits',
    'composite',
    'graphql',
    'ui-api',
  ];
  return Promise.resolve({
    status: 200,
    body: {
      ...Object.fromEntries(names.map((name) => [name, `${base}/${name}`])),
      identity: `${request.org.instanceUrl}/id/${request.org.orgId}/${request.work.access.userId ?? ''}`,
    },
  });
}

async function limits(request: ApiRequest): Promise<ApiResponse> {
  const { used, maximum } = request.org.usage();
  return Promise.resolve({
    status: 200,
    body: { DailyApiRequests: { Max: maximum, Remaining: Math.max(0, maximum - used) } },
  });
}
