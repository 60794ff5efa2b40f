import { fieldAccess, objectAccess, readableFields } from '../access/permissions.ts';
import { notFound } from '../apiError.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { ApiRequest, ApiResponse, Route } from './api.ts';

export const describeRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects', handle: describeGlobal },
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
        .filter(({ child }) => objectAccess(work.access, child).read)
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
    searchable: false,
    triggerable: object.kind !== 'setup',
    undeletable: false,
    updateable: access.edit,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

function describeField(work: UnitOfWork, object: ObjectDefinition, field: FieldDefinition): object {
  const access = fieldAccess(work.access, object, field);
  const isName = field.name === 'Name';
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    aggregatable: field.filterable,
    autoNumber: field.autoNumberFormat !== null,
    byteLength: field.length * 3,
    calculated: false,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    createable: access.createable,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultedOnCreate: field.defaultValue !== null || field.name === 'OwnerId' || field.name === 'Id',
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision : 0,
    externalId: field.externalId,
    filterable: field.filterable,
    groupable: field.filterable,
    idLookup: field.idLookup,
    length: field.length,
    nameField: isName,
    nillable: field.nillable,
    picklistValues: (field.picklist?.values ?? []).map((entry) => ({
      active: true,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: field.reference?.isPolymorphic ?? false,
    precision: field.type === 'int' ? 0 : field.precision,
    referenceTo: field.reference?.to ?? [],
    relationshipName: field.reference?.relationshipName ?? null,
    restrictedPicklist: field.picklist?.restricted ?? false,
    scale: field.scale,
    sortable: field.filterable,
    unique: field.unique,
    updateable: access.updateable,
  };
}
