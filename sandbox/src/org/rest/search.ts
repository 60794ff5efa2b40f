import { z } from 'zod';

import type { OrgRecord } from '../query/rowPlan.ts';
import type { QueryModel } from '../query/model.ts';
import type { SearchGroup, SearchModel } from '../sosl/model.ts';
import { parseSosl, returningQuery } from '../sosl/parseSosl.ts';
import { runSearch } from '../sosl/runSearch.ts';
import { malformedSearch, parseSearchText } from '../sosl/searchText.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import { parseBody } from './bodies.ts';

export const searchRoutes: readonly Route[] = [
  { method: 'GET', path: '/search', handle: search },
  {
    method: 'GET',
    path: '/parameterizedSearch',
    handle: (request) => searchBy(request, parametersOf(request)),
  },
  {
    method: 'POST',
    path: '/parameterizedSearch',
    handle: (request) => searchBy(request, parseBody(parametersBody, request.body)),
  },
];

const rowCount = z.number().int().min(0).optional();
const parametersBody = z.object({
  q: z.string(),
  in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']).default('ALL'),
  fields: z.array(z.string()).optional(),
  sobjects: z
    .array(
      z.object({
        name: z.string(),
        fields: z.array(z.string()).optional(),
        where: z.string().optional(),
        orderBy: z.string().optional(),
        limit: rowCount,
        offset: rowCount,
      }),
    )
    .optional(),
  defaultLimit: rowCount,
  overallLimit: rowCount,
});

type Parameters = z.output<typeof parametersBody>;
type SearchedObject = NonNullable<Parameters['sobjects']>[number];

async function search(request: ApiRequest): Promise<ApiResponse> {
  const sosl = request.search.get('q');
  if (sosl === null)
    throw malformedSearch('No search term found. The search term must be enclosed in braces.');
  return answer(
    request,
    parseSosl(sosl, () => []),
  );
}

async function searchBy(request: ApiRequest, parameters: Parameters): Promise<ApiResponse> {
  const { sobjects, fields, overallLimit } = parameters;
  if (fields && !sobjects) throw malformedSearch('fields need at least one sobject');
  const group: SearchGroup = parameters.in === 'SIDEBAR' ? 'NAME' : parameters.in;
  return answer(request, {
    expression: parseSearchText(parameters.q, true),
    group,
    returning: sobjects?.map((object) => queryOf(object, parameters)) ?? null,
    limit: overallLimit ?? null,
  });
}

function queryOf(object: SearchedObject, { fields, defaultLimit }: Parameters): QueryModel {
  const limit = object.limit ?? defaultLimit;
  const clauses = [
    ...(object.where === undefined ? [] : [`WHERE ${object.where}`]),
    ...(object.orderBy === undefined ? [] : [`ORDER BY ${object.orderBy}`]),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ...(object.offset === undefined ? [] : [`OFFSET ${object.offset}`]),
  ];
  return returningQuery(object.name, object.fields ?? fields ?? ['Id'], clauses.join(' '), () => []);
}

/** Reads `q=…&sobject=Account&Account.fields=id,name&Account.limit=10&in=NAME`. */
function parametersOf({ search: given }: ApiRequest): Parameters {
  const list = (name: string): string[] | undefined =>
    given
      .get(name)
      ?.split(',')
      .map((part) => part.trim());
  const number = (name: string): number | undefined =>
    given.has(name) ? Number(given.get(name)) : undefined;
  const sobjects = given.getAll('sobject').map((name) => ({
    name,
    fields: list(`${name}.fields`),
    where: given.get(`${name}.where`) ?? undefined,
    orderBy: given.get(`${name}.orderBy`) ?? undefined,
    limit: number(`${name}.limit`),
    offset: number(`${name}.offset`),
  }));
  return parseBody(parametersBody, {
    q: given.get('q') ?? undefined,
    in: given.get('in')?.toUpperCase(),
    fields: list('fields'),
    sobjects: sobjects.length === 0 ? undefined : sobjects,
    defaultLimit: number('defaultLimit'),
    overallLimit: number('overallLimit'),
  });
}

async function answer(request: ApiRequest, model: SearchModel): Promise<ApiResponse> {
  const { work, version } = request;
  const searchRecords: OrgRecord[] = await runSearch(work, work.connection, model, version);
  return { status: 200, body: { searchRecords } };
}
