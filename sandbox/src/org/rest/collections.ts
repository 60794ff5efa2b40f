import { z } from 'zod';

import { ApiError } from '../apiError.ts';
import { createRecord, deleteRecord, idOf, updateRecord } from '../changes/saveRecord.ts';
import { saveMany } from '../changes/saveMany.ts';
import type { SaveResult } from '../changes/saveMany.ts';
import { upsertMany } from '../changes/upsertMany.ts';
import type { TypedValues } from '../changes/upsertMany.ts';
import { externalIdField } from '../changes/upsertRecord.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from './api.ts';
import { checkCollectionSize, parseBody, recordBody, typedRecord } from './bodies.ts';
import { objectOfPath } from './describe.ts';
import { retrieveRecords } from './retrieve.ts';

/** Up to 200 records in one call; each has its own result, in order. */
export const collectionRoutes: readonly Route[] = [
  { method: 'POST', path: '/composite/sobjects', handle: createMany },
  { method: 'PATCH', path: '/composite/sobjects', handle: updateMany },
  { method: 'DELETE', path: '/composite/sobjects', handle: deleteMany },
  { method: 'PATCH', path: '/composite/sobjects/:type/:field', handle: upsertRecords },
  { method: 'POST', path: '/composite/sobjects/:type', handle: retrieveByBody },
  { method: 'GET', path: '/composite/sobjects/:type', handle: retrieveByAddress },
];

const MAXIMUM_RETRIEVED = 2_000;
const collectionBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(typedRecord) });
const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

async function createMany(request: ApiRequest): Promise<ApiResponse> {
  const { allOrNone, records } = parseCollection(request);
  const body = await saveMany(request.work, records, allOrNone, async ({ type, values }) => ({
    id: await createRecord(request.work, knownObject(request, type), values),
  }));
  return saved(body, allOrNone);
}

async function updateMany(request: ApiRequest): Promise<ApiResponse> {
  const { allOrNone, records } = parseCollection(request);
  const body = await saveMany(request.work, records, allOrNone, async ({ type, values }) => {
    const object = knownObject(request, type);
    const { id, Id, ...others } = values;
    const given = id ?? Id;
    if (typeof given !== 'string')
      throw new ApiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
    const fullId = idOf(object, given);
    await updateRecord(request.work, object, fullId, others);
    return { id: fullId };
  });
  return saved(body, allOrNone);
}

async function deleteMany(request: ApiRequest): Promise<ApiResponse> {
  const ids = (request.search.get('ids') ?? '').split(',').filter((id) => id !== '');
  checkCollectionSize(ids.length);
  const allOrNone = request.search.get('allOrNone') === 'true' || request.isAllOrNone === true;
  const body = await saveMany(request.work, ids, allOrNone, async (text) => {
    const id = normalizeId(text.trim());
    const object = id === null ? undefined : request.work.schema.objectOfPrefix(id.slice(0, 3));
    if (id === null || !object) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${text}`);
    await deleteRecord(request.work, object, id);
    return { id };
  });
  return saved(body, allOrNone);
}

async function upsertRecords(
  request: ApiRequest,
  { type = '', field = '' }: PathValues,
): Promise<ApiResponse> {
  const object = objectOfPath(request.work, type);
  const key = externalIdField(request.work, object, field);
  const { allOrNone, records } = parseCollection(request);
  return saved(await upsertMany(request.work, object, key, records, allOrNone), allOrNone);
}

function saved(results: readonly SaveResult[], allOrNone: boolean): ApiResponse {
  const isUndone = allOrNone && results.some(({ success }) => !success);
  return { status: 200, body: results, isUndone };
}

async function retrieveByBody(request: ApiRequest, { type = '' }: PathValues): Promise<ApiResponse> {
  const { ids, fields } = parseBody(retrieveBody, request.body);
  return retrieve(request, type, ids, fields);
}

async function retrieveByAddress(request: ApiRequest, { type = '' }: PathValues): Promise<ApiResponse> {
  const listOf = (name: string): string[] => (request.search.get(name) ?? '').split(',').filter(Boolean);
  return retrieve(request, type, listOf('ids'), listOf('fields'));
}

async function retrieve(
  request: ApiRequest,
  type: string,
  ids: readonly string[],
  fields: readonly string[],
): Promise<ApiResponse> {
  checkCollectionSize(ids.length, MAXIMUM_RETRIEVED);
  const object = objectOfPath(request.work, type);
  const known = ids.map((id) => normalizeId(id));
  const found = known.filter((id) => id !== null);
  const records =
    found.length === 0 ? [] : await retrieveRecords(request.work, object, found, fields, request.version);
  const byId = new Map(records.map((record) => [record['Id'], record]));
  return { status: 200, body: known.map((id) => byId.get(id) ?? null) };
}

function parseCollection(request: ApiRequest): {
  readonly allOrNone: boolean;
  readonly records: readonly TypedValues[];
} {
  const { allOrNone, records } = parseBody(collectionBody, request.body);
  checkCollectionSize(records.length);
  return {
    allOrNone: allOrNone || request.isAllOrNone === true,
    records: records.map(({ attributes, ...values }) => ({
      type: attributes.type,
      values: recordBody.parse(values),
    })),
  };
}

/** The object that a record of a collection names; a wrong one is that record's fault alone. */
function knownObject(request: ApiRequest, name: string): ObjectDefinition {
  try {
    return objectOfPath(request.work, name);
  } catch {
    throw new ApiError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
  }
}
