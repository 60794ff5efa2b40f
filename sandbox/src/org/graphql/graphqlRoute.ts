import {
  GraphQLError,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  execute,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { DocumentNode } from 'graphql';
import { z } from 'zod';

import { ApiError } from '../apiError.ts';
import type { ApiRequest, ApiResponse, Route } from '../rest/api.ts';
import { parseBody } from '../rest/bodies.ts';
import type { Schema } from '../schema/schema.ts';
import type { GraphqlContext } from './connections.ts';
import { buildOrgGraphql } from './orgSchema.ts';
import type { OrgGraphql } from './orgSchema.ts';
import { visibleQuery } from './visibleQuery.ts';

const graphqlBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Objects that one request may read, records and groups together. */
const MAXIMUM_ENTRIES = 10;

/** Without what a left-out field was the only one to use: a variable, a fragment. */
const RULES = specifiedRules.filter(
  (rule) => rule !== NoUnusedVariablesRule && rule !== NoUnusedFragmentsRule,
);

/** `POST /graphql`. As in the org, a wrong query is answered with status 200 and a list of errors. */
export function graphqlRoute(schema: Schema): Route {
  const orgGraphql = buildOrgGraphql(schema);
  return {
    method: 'POST',
    path: '/graphql',
    handle: (request) => answer(schema, orgGraphql, request),
  };
}

async function answer(schema: Schema, orgGraphql: OrgGraphql, request: ApiRequest): Promise<ApiResponse> {
  const { query, variables, operationName } = parseBody(graphqlBody, request.body);
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return refuse('InvalidSyntax', [error instanceof Error ? error.message : 'Invalid syntax']);
  }
  const visible = visibleQuery(schema, orgGraphql, request.work.access, document);
  if (visible.errors.length > 0) return refuse('ValidationError', visible.errors);
  const invalid = validate(orgGraphql.graphql, visible.document, RULES);
  if (invalid.length > 0) {
    return refuse(
      'ValidationError',
      invalid.map(({ message }) => message),
    );
  }
  if (visible.entries > MAXIMUM_ENTRIES) {
    const message = `The query has ${visible.entries} subqueries; at most ${MAXIMUM_ENTRIES} are allowed`;
    return refuse('ValidationError', [message]);
  }
  const contextValue: GraphqlContext = {
    work: request.work,
    version: request.version,
    variables: variables ?? {},
    parents: new Map(),
  };
  const result = await execute({
    schema: orgGraphql.graphql,
    document: visible.document,
    contextValue,
    variableValues: variables ?? {},
    operationName: operationName ?? undefined,
  });
  const unexpected = result.errors?.find(({ originalError }) => !isRefusal(originalError));
  if (unexpected?.originalError) throw unexpected.originalError;
  const errors = (result.errors ?? []).map(({ message, path }) => ({
    message,
    paths: path ?? [],
    extensions: { ErrorType: path ? 'DataFetchingException' : 'OperationNotSupported' },
  }));
  return { status: 200, body: { data: result.data ?? null, errors } };
}

/** Whether an error is for whoever wrote the query; any other is the org's own fault. */
function isRefusal(error: Error | undefined): boolean {
  return error === undefined || error instanceof ApiError || error instanceof GraphQLError;
}

function refuse(ErrorType: 'InvalidSyntax' | 'ValidationError', messages: readonly string[]): ApiResponse {
  const errors = messages.map((message) => ({ message, paths: [], extensions: { ErrorType } }));
  return { status: 200, body: { data: null, errors } };
}
