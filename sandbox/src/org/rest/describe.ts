import { canRead, objectAccess, readableFields } from '../access/permissions.ts';
import { notFound } from '../apiError.ts';
import type { ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import { isSearchable } from '../sosl/runSearch.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';
import { describeField } from './describeField.ts';

export const describeRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects', handle: describeGlobal },
  { method: 'GET', path: '/sobjects/:type', handle: describeBasically },
  { method: 'GET', path: '/sobjects/:type/describe', handle: describeObject },
];

/** The object of a path. Throws `NOT_FOUND` where this user has no access to one of the name. */
export function objectOfPath(work: UnitOfWork, name: string): ObjectDefinition {
  const object = work.schema.object(name);
  if (!object || object.kind === 'view' || !objectAccess(work.access, object).read) throw notFound();
  return object;
}

async function describeGlobal(request: ApiRequest): Promise<ApiResponse> {
  const { work, version } = request;
  const objects = work.schema.objects.filter(
    (object) => object.kind !== 'view' && objectAccess(work.access, object).read,
  );
  return Promise.resolve({
    status: 200,
    body: {
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: objects.map((object) => objectSummary(work, object, version)),
    },
  });
}

async function describeBasically(
  { work, version }: ApiRequest,
  { type = '' }: Readonly<Record<string, string>>,
): Promise<ApiResponse> {
  const objectDescribe = objectSummary(work, objectOfPath(work, type), version);
  return Promise.resolve({ status: 200, body: { objectDescribe, recentItems: [] } });
}

async function describeObject(
  request: ApiRequest,
  { type = '' }: Readonly<Record<string, string>>,
): Promise<ApiResponse> {
  const { work, version } = request;
  const object = objectOfPath(work, type);
  return Promise.resolve({
    status: 200,
    body: {
      ...objectSummary(work, object, version),
      actionOverrides: [],
      childRelationships: work.schema
        .childRelationships(object)
        .filter(({ child, field }) => canRead(work.access, child, field))
        .map(({ name, child, field }) => ({
          cascadeDelete: field.reference?.isMasterDetail ?? false,
          childSObject: child.name,
          deprecatedAndHidden: false,
          field: field.name,
          junctionIdListNames: [],
          junctionReferenceTo: [],
          relationshipName: name,
          restrictedDelete: false,
        })),
      fields: readableFields(work.access, object).map((field) => describeField(work, object, field)),
      namedLayoutInfos: [],
      recordTypeInfos: [],
      supportedScopes: [],
    },
  });
}

function objectSummary(work: UnitOfWork, object: ObjectDefinition, version: string): object {
  const access = objectAccess(work.access, object);
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    activateable: false,
    createable: access.create,
    custom: object.kind === 'custom' || object.kind === 'customMetadata',
    customSetting: false,
    deletable: access.delete,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isSubtype: false,
    layoutable: object.kind !== 'setup',
    mergeable: false,
    mruEnabled: false,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: isSearchable(object),
    triggerable: object.kind !== 'setup',
    undeletable: false,
    updateable: access.edit,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}
