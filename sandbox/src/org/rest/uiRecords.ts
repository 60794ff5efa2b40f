import { z } from 'zod';

import { canRead } from '../access/permissions.ts';
import { ApiError, notFound } from '../apiError.ts';
import { createRecord, deleteRecord, updateRecord } from '../changes/saveRecord.ts';
import { displayValue } from '../displayValue.ts';
import type { OrgRecord } from '../query/rowPlan.ts';
import { QueryError } from '../query/queryErrors.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import { normalizeId } from '../storage/recordIds.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from './api.ts';
import { parseBody, recordBody } from './bodies.ts';
import { objectOfPath } from './describe.ts';
import { retrieveRecords } from './retrieve.ts';

/** Records as the Lightning page reads them: each field with its value and how it is shown. */
export const uiRecordRoutes: readonly Route[] = [
  { method: 'POST', path: '/ui-api/records', handle: create },
  { method: 'GET', path: '/ui-api/records/:id', handle: read },
  { method: 'PATCH', path: '/ui-api/records/:id', handle: update },
  { method: 'DELETE', path: '/ui-api/records/:id', handle: remove },
];

/** What every representation tells of its record, asked for or not. */
const HEADER_FIELDS = ['Id', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];
const createBody = z.object({ apiName: z.string(), fields: recordBody });
const updateBody = z.object({ fields: recordBody });

async function create(request: ApiRequest): Promise<ApiResponse> {
  const { apiName, fields } = parseBody(createBody, request.body);
  const object = objectOfPath(request.work, apiName);
  const id = await createRecord(request.work, object, fields);
  const { body } = await represent(request, object, id, Object.keys(fields));
  return { status: 201, body };
}

async function remove(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  const { object, fullId } = objectOfId(request.work, id);
  await deleteRecord(request.work, object, fullId);
  return { status: 204 };
}

async function read(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  const { object, fullId } = objectOfId(request.work, id);
  const required = fieldNames(request, 'fields', object);
  const optional = fieldNames(request, 'optionalFields', object);
  if (required.length + optional.length === 0) {
    throw new ApiError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', 'Specify fields or optionalFields');
  }
  const readable = optional.filter((name) => leadsToReadableField(request.work, object, name.split('.')));
  return represent(request, object, fullId, [...required, ...readable]);
}

async function update(request: ApiRequest, { id = '' }: PathValues): Promise<ApiResponse> {
  const { object, fullId } = objectOfId(request.work, id);
  const { fields } = parseBody(updateBody, request.body);
  await updateRecord(request.work, object, fullId, fields);
  return represent(request, object, fullId, Object.keys(fields));
}

function objectOfId(work: UnitOfWork, id: string): { object: ObjectDefinition; fullId: string } {
  const fullId = normalizeId(id);
  const object = fullId === null ? undefined : work.schema.objectOfPrefix(fullId.slice(0, 3));
  if (fullId === null || !object) throw notFound('The requested resource does not exist');
  return { object: objectOfPath(work, object.name), fullId };
}

/** Reads `Contact.Name,Contact.Account.Name` as paths from the object. */
function fieldNames(request: ApiRequest, parameter: string, object: ObjectDefinition): string[] {
  const names = (request.search.get(parameter) ?? '').split(',').filter((name) => name.trim() !== '');
  return names.map((name) => {
    const [first, ...path] = name.trim().split('.');
    if (first?.toLowerCase() !== object.name.toLowerCase() || path.length === 0) {
      throw new ApiError(400, 'INVALID_FIELD', `The field ${name} is not one of ${object.name}`);
    }
    return path.join('.');
  });
}

function leadsToReadableField(work: UnitOfWork, object: ObjectDefinition, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    const field = work.schema.field(object, name);
    return field !== undefined && canRead(work.access, object, field);
  }
  const field = work.schema.parentField(object, name);
  if (!field?.reference || !canRead(work.access, object, field)) return false;
  const parent = work.schema.object(field.reference.isPolymorphic ? 'Name' : (field.reference.to[0] ?? ''));
  return parent !== undefined && leadsToReadableField(work, parent, rest);
}

async function represent(
  request: ApiRequest,
  object: ObjectDefinition,
  id: string,
  names: readonly string[],
): Promise<ApiResponse> {
  const { work, version } = request;
  const wanted = [...names, ...HEADER_FIELDS];
  const unique = [...new Map(wanted.map((name) => [name.toLowerCase(), name])).values()];
  try {
    const [record] = await retrieveRecords(work, object, [id], unique, version);
    if (!record) throw notFound('The requested resource does not exist');
    return { status: 200, body: representation(work, object, record) };
  } catch (error) {
    if (error instanceof QueryError) throw new ApiError(400, error.errorCode, error.message);
    throw error;
  }
}

function representation(work: UnitOfWork, object: ObjectDefinition, record: OrgRecord): object {
  const fields = Object.entries(record)
    .filter(([name]) => name !== 'attributes' && name !== 'Id')
    .map(([name, value]) => {
      const field = work.schema.field(object, name);
      return [name, field ? fieldValue(work, field, value) : parentValue(work, value)];
    });
  return {
    apiName: object.name,
    childRelationships: {},
    fields: Object.fromEntries(fields),
    id: record['Id'] ?? null,
    lastModifiedById: record['LastModifiedById'] ?? null,
    lastModifiedDate: record['LastModifiedDate'] ?? null,
    recordTypeId: null,
    recordTypeInfo: null,
    systemModstamp: record['SystemModstamp'] ?? null,
  };
}

function fieldValue(work: UnitOfWork, field: Parameters<typeof displayValue>[0], value: unknown): object {
  return { displayValue: displayValue(field, value, work.access.timeZone), value };
}

function parentValue(work: UnitOfWork, value: unknown): object {
  if (typeof value !== 'object' || value === null) return { displayValue: null, value: null };
  const parent = value as OrgRecord;
  const { type } = parent['attributes'] as { type: string };
  const object = work.schema.object(type);
  const name = parent['Name'];
  return {
    displayValue: typeof name === 'string' ? name : null,
    value: object ? representation(work, object, parent) : null,
  };
}
