import { fieldAccess } from '../access/permissions.ts';
import { isAggregatable, isGroupable } from '../query/grouping.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../schema/model.ts';
import type { UnitOfWork } from '../unitOfWork.ts';

const SOAP_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

/** What no field of the local org is or has. */
const ABSENT = {
  calculated: false,
  calculatedFormula: null,
  compoundFieldName: null,
  controllerName: null,
  defaultValueFormula: null,
  dependentPicklist: false,
  deprecatedAndHidden: false,
  displayLocationInDecimal: false,
  encrypted: false,
  extraTypeInfo: null,
  filteredLookupInfo: null,
  formulaTreatNullNumberAsZero: false,
  highScaleNumber: false,
  htmlFormatted: false,
  inlineHelpText: null,
  mask: null,
  maskType: null,
  queryByDistance: false,
  referenceTargetField: null,
  restrictedDelete: false,
  searchPrefilterable: false,
};

/** A field as describe answers it: what this user may do with it, and what queries may. */
export function describeField(work: UnitOfWork, object: ObjectDefinition, field: FieldDefinition): object {
  const access = fieldAccess(work.access, object, field);
  const { reference } = field;
  return {
    ...ABSENT,
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    aggregatable: isAggregatable(field),
    autoNumber: field.autoNumberFormat !== null,
    byteLength: field.length * 3,
    cascadeDelete: reference?.isMasterDetail ?? false,
    caseSensitive: field.caseSensitive,
    createable: access.createable,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultedOnCreate: field.defaultValue !== null || field.name === 'OwnerId' || field.name === 'Id',
    digits: field.type === 'int' ? field.precision : 0,
    externalId: field.externalId,
    filterable: field.filterable,
    groupable: isGroupable(field),
    idLookup: field.idLookup,
    length: field.length,
    nameField: field.name === nameField(object),
    namePointing: reference?.isPolymorphic ?? false,
    nillable: field.nillable,
    permissionable: field.custom && (field.nillable || field.type === 'boolean'),
    picklistValues: (field.picklist?.values ?? []).map((entry) => ({
      active: true,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: reference?.isPolymorphic ?? false,
    precision: field.type === 'int' ? 0 : field.precision,
    referenceTo: reference?.to ?? [],
    relationshipName: reference?.relationshipName ?? null,
    relationshipOrder: reference?.isMasterDetail ? 0 : null,
    restrictedPicklist: field.picklist?.restricted ?? false,
    scale: field.scale,
    sortable: field.filterable,
    unique: field.unique,
    updateable: access.updateable,
    writeRequiresMasterRead: false,
  };
}

/** The field that stands for a record where it has one name: an activity has its subject. */
function nameField(object: ObjectDefinition): string {
  return object.fields.some(({ name }) => name === 'Name') ? 'Name' : 'Subject';
}
