import { dataPath, orgRequest } from './orgRequest.ts';
import { createFetchingAdapter, createRefreshTopics } from './wireAdapter.ts';

/** A parsed query, opaque to components. */
interface GraphqlDocument {
  readonly text: string;
}

interface GraphqlConfig {
  readonly query?: GraphqlDocument | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** Marks a template literal as a GraphQL query. Queries may be put into one another. */
export function gql(
  parts: TemplateStringsArray,
  ...values: readonly (string | GraphqlDocument)[]
): GraphqlDocument {
  const text = parts.reduce((joined, part, index) => {
    const value = values[index - 1] ?? '';
    return `${joined}${typeof value === 'string' ? value : value.text}${part}`;
  });
  return Object.freeze({ text });
}

async function send(config: GraphqlConfig & { readonly query: GraphqlDocument }): Promise<GraphqlAnswer> {
  return (await orgRequest(dataPath('graphql'), {
    body: {
      query: config.query.text,
      variables: config.variables ?? {},
      ...(config.operationName === undefined ? {} : { operationName: config.operationName }),
    },
  })) as GraphqlAnswer;
}

/** Wire adapter of `lightning/graphql`: `{data, errors, refresh}`. */
export const graphql = createFetchingAdapter<GraphqlConfig>(
  {
    request: (config) => {
      const { query } = config;
      return query === undefined ? undefined : () => send({ ...config, query });
    },
  },
  createRefreshTopics(),
  ({ data, error }, refresh) => {
    if (error !== undefined) {
      const message = error instanceof Error ? error.message : 'The request failed';
      return { data: undefined, errors: [{ message }], refresh };
    }
    const answer = data as GraphqlAnswer | undefined;
    const errors = answer?.errors;
    // Salesforce answers an empty list, or none, when all went well.
    return {
      data: answer?.data ?? undefined,
      errors: errors === undefined || errors.length === 0 ? undefined : errors,
      refresh,
    };
  },
);
