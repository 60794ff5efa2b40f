import { environment } from './environment.ts';
import { dataPath, orgRequest } from './orgRequest.ts';
import { createFetchingAdapter, createRefreshTopics } from './wireAdapter.ts';

/** The two list views that every object has here; the org keeps no others. */
const LIST_VIEWS = [
  { prefix: 'All', isOwn: false },
  { prefix: 'My', isOwn: true },
] as const;

interface InfosConfig {
  readonly objectApiName?: string | undefined;
  readonly pageSize?: number | undefined;
}

interface RecordsConfig {
  readonly objectApiName?: string | undefined;
  readonly listViewApiName?: string | undefined;
  readonly pageSize?: number | undefined;
}

interface GraphqlAnswer {
  readonly data?: {
    readonly uiapi: {
      readonly query: Readonly<Record<string, { readonly edges: readonly { node: { Id: string } }[] }>>;
    };
  };
}

const topics = createRefreshTopics();

/** Wire adapter `{objectApiName}` → `{data: {lists}}`. */
export const getListInfosByObjectName = createFetchingAdapter<InfosConfig>(
  {
    request: ({ objectApiName }) =>
      objectApiName === undefined ? undefined : () => Promise.resolve({ lists: listsOf(objectApiName) }),
  },
  topics,
  ({ data, error }) => ({ data, error }),
);

/** Wire adapter `{objectApiName, listViewApiName}` → `{data: {records}}`, as sharing shows them. */
export const getListRecordsByName = createFetchingAdapter<RecordsConfig>(
  {
    request: ({ objectApiName, listViewApiName, pageSize = 50 }) => {
      if (objectApiName === undefined || listViewApiName === undefined) return undefined;
      const isOwn = listViewApiName.startsWith('My');
      return () => readRecords(objectApiName, isOwn, pageSize);
    },
  },
  topics,
  ({ data, error }) => ({ data, error }),
);

function listsOf(objectApiName: string): unknown[] {
  return LIST_VIEWS.map(({ prefix }, index) => ({
    id: `00B${objectApiName.padEnd(11, '0').slice(0, 11)}${index}AAA`,
    apiName: `${prefix}${objectApiName}s`,
    label: `${prefix} ${objectApiName}s`,
  }));
}

async function readRecords(objectApiName: string, isOwn: boolean, pageSize: number): Promise<unknown> {
  const own = isOwn ? ', where: { OwnerId: { eq: $userId } }' : '';
  const query = `query listView${isOwn ? '($userId: ID)' : ''} { uiapi { query { ${objectApiName}(first: ${pageSize}${own}) {
    edges { node { Id } } } } } }`;
  const variables = isOwn ? { userId: environment.session?.userId } : {};
  const { data } = (await orgRequest(dataPath('graphql'), { body: { query, variables } })) as GraphqlAnswer;
  const edges = data?.uiapi.query[objectApiName]?.edges ?? [];
  return { records: edges.map(({ node }) => ({ id: node.Id, apiName: objectApiName, fields: {} })) };
}
