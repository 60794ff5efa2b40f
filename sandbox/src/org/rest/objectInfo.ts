import { canRead, fieldAccess, objectAccess, readableFields } from '../access/permissions.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../schema/model.ts';
import { isSearchable } from '../sosl/runSearch.ts';
import type { UnitOfWork } from '../unitOfWork.ts';
import type { ApiRequest, ApiResponse, PathValues, Route } from './api.ts';
import { objectOfPath } from './describe.ts';
import { allPicklistValues, picklistValues } from './picklistValues.ts';
import { MASTER_RECORD_TYPE, withTag } from './uiAnswers.ts';

/** Objects and their picklists as the Lightning page reads them. */
export const objectInfoRoutes: readonly Route[] = [
  { method: 'GET', path: '/ui-api/object-info/:object', handle: readObjectInfo },
  {
    method: 'GET',
    path: '/ui-api/object-info/:object/picklist-values/:recordType',
    handle: allPicklistValues,
  },
  {
    method: 'GET',
    path: '/ui-api/object-info/:object/picklist-values/:recordType/:field',
    handle: picklistValues,
  },
];

const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'Reference',
  reference: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  picklist: 'Picklist',
  phone: 'Phone',
  email: 'Email',
  url: 'Url',
};

async function readObjectInfo(request: ApiRequest, { object: name = '' }: PathValues): Promise<ApiResponse> {
  const { work } = request;
  const object = objectOfPath(work, name);
  return Promise.resolve({ status: 200, body: withTag(objectInfo(work, object)) });
}

function objectInfo(work: UnitOfWork, object: ObjectDefinition): object {
  const access = objectAccess(work.access, object);
  const fields = readableFields(work.access, object);
  const master = {
    available: true,
    defaultRecordTypeMapping: true,
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE,
  };
  return {
    apiName: object.name,
    childRelationships: work.schema
      .childRelationships(object)
      .filter(({ child, field }) => canRead(work.access, child, field))
      .map(({ name, child, field }) => ({
        childObjectApiName: child.name,
        fieldName: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: name,
      })),
    createable: access.create,
    custom: object.kind === 'custom' || object.kind === 'customMetadata',
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: access.delete,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldInfo(work, object, field)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.kind !== 'setup',
    mruEnabled: false,
    nameFields: nameFields(object),
    queryable: true,
    recordTypeInfos: { [MASTER_RECORD_TYPE]: master },
    searchable: isSearchable(object),
    themeInfo: null,
    updateable: access.edit,
  };
}

function fieldInfo(work: UnitOfWork, object: ObjectDefinition, field: FieldDefinition): object {
  const access = fieldAccess(work.access, object, field);
  const { reference } = field;
  return {
    apiName: field.name,
    calculated: false,
    compound: false,
    compoundComponentName: null,
    compoundFieldName: null,
    controllerName: null,
    controllingFields: [],
    createable: access.createable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: false,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    nameField: nameFields(object).includes(field.name),
    polymorphicForeignKey: reference?.isPolymorphic ?? false,
    precision: field.precision,
    reference: reference !== null,
    referenceTargetField: null,
    referenceToInfos: (reference?.to ?? []).flatMap((name) => {
      const parent = work.schema.object(name);
      return parent ? [{ apiName: name, nameFields: nameFields(parent) }] : [];
    }),
    relationshipName: reference?.relationshipName ?? null,
    required: !field.nillable && field.type !== 'boolean' && field.createable,
    scale: field.scale,
    searchPrefilterable: false,
    sortable: field.filterable,
    unique: field.unique,
    updateable: access.updateable,
  };
}

/** The fields that a record is named by: people by their parts, activities by their subject. */
function nameFields(object: ObjectDefinition): readonly string[] {
  const names = new Set(object.fields.map((field) => field.name));
  if (names.has('FirstName') && names.has('LastName')) return ['FirstName', 'LastName'];
  return ['Name', 'Subject'].filter((name) => names.has(name)).slice(0, 1);
}
