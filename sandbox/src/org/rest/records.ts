import { MultipleMatches, externalIdField, findByExternalId, upsertRecord } from '../changes/upsertRecord.ts';
import { createRecord, deleteRecord, idOf, updateRecord } from '../changes/saveRecord.ts';
import { ApiError, malformedJson, notFound } from '../apiError.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from './api.ts';
import { parseBody, recordBody } from './bodies.ts';
import { objectOfPath } from './describe.ts';
import { retrieveRecords } from './retrieve.ts';

/** One record at a time: create, read, change, delete, and all but the first also by an external id. */
export const recordRoutes: readonly Route[] = [
  { method: 'POST', path: '/sobjects/:type', handle: create },
  { method: 'GET', path: '/sobjects/:type/:id', handle: read },
  { method: 'PATCH', path: '/sobjects/:type/:id', handle: update },
  { method: 'DELETE', path: '/sobjects/:type/:id', handle: remove },
  { method: 'GET', path: '/sobjects/:type/:field/:value', handle: readByExternalId },
  { method: 'PATCH', path: '/sobjects/:type/:field/:value', handle: upsert },
];

async function create(request: ApiRequest, { type = '' }: PathValues): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  const id = await createRecord(request.work, object, parseBody(recordBody, request.body));
  return {
    status: 201,
    body: { id, success: true, errors: [] },
    headers: { Location: `/services/data/v${request.version}/sobjects/${object.name}/${id}` },
  };
}

async function read(request: ApiRequest, { type = '', id = '' }: PathValues): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  return readOne(request, object.name, idOf(object, id));
}

async function update(request: ApiRequest, { type = '', id = '' }: PathValues): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  const body = parseBody(recordBody, request.body);
  if ('Id' in body || 'id' in body) {
    throw new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', [
      'Id',
    ]);
  }
  await updateRecord(request.work, object, idOf(object, id), body);
  return { status: 204 };
}

async function remove(request: ApiRequest, { type = '', id = '' }: PathValues): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  await deleteRecord(request.work, object, idOf(object, id));
  return { status: 204 };
}

async function readByExternalId(
  request: ApiRequest,
  { type = '', field = '', value = '' }: PathValues,
): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  const key = externalIdField(request.work, object, field);
  const ids = await findByExternalId(request.work, object, key, value);
  const [id] = ids;
  if (id === undefined) throw notFound();
  return ids.length > 1 ? multipleChoices(request, object.name, ids) : readOne(request, object.name, id);
}

async function upsert(
  request: ApiRequest,
  { type = '', field = '', value = '' }: PathValues,
): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  const key = externalIdField(request.work, object, field);
  const body = parseBody(recordBody, request.body);
  if (Object.keys(body).some((name) => name.toLowerCase() === key.name.toLowerCase())) {
    throw malformedJson(`The ${key.name} field should not be specified in the sobject data.`);
  }
  try {
    const { id, created } = await upsertRecord(request.work, object, key, value, body);
    return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
  } catch (error) {
    if (error instanceof MultipleMatches) return multipleChoices(request, object.name, error.ids);
    throw error;
  }
}

async function readOne(request: ApiRequest, objectName: string, id: string): Promise<ApiResponse> {
  const object = objectOfPath(request.work, objectName);
  const names =
    request.search
      .get('fields')
      ?.split(',')
      .map((name) => name.trim()) ?? null;
  const [record] = await retrieveRecords(request.work, object, [id], names, request.version);
  if (!record) throw notFound();
  return { status: 200, body: record };
}

function multipleChoices(request: ApiRequest, objectName: string, ids: readonly string[]): ApiResponse {
  return {
    status: 300,
    body: ids.map((id) => `/services/data/v${request.version}/sobjects/${objectName}/${id}`),
  };
}
