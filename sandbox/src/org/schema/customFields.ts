import { field } from './fieldBuilders.ts';
import type { FieldDefinition, FieldType, Picklist, PicklistValue } from './model.ts';
import type { XmlElement } from './xmlElement.ts';

const TYPES: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Text: 'string',
  TextArea: 'textarea',
  Url: 'url',
};

const DEFAULT_LENGTHS: Readonly<Record<string, number>> = {
  Email: 80,
  Phone: 40,
  Picklist: 255,
  TextArea: 255,
  Url: 255,
};

/**
 * Reads a `CustomField` element. Throws on field types that the local org does not carry, formulas among them, so
 * that none is ignored in silence.
 */
export function customField(
  name: string,
  element: XmlElement,
  globalValueSets: ReadonlyMap<string, readonly PicklistValue[]>,
): FieldDefinition {
  const metadataType = element.required('type');
  const type = TYPES[metadataType];
  if (!type || element.first('formula')) {
    throw new Error(`The local org has no fields of type ${metadataType}${type ? ' with a formula' : ''}`);
  }
  const isMasterDetail = metadataType === 'MasterDetail';
  const isReadOnly = metadataType === 'AutoNumber';
  const isRequired = element.isTrue('required') || isMasterDetail || type === 'boolean';
  const picklist = type === 'picklist' ? readPicklist(element, globalValueSets) : null;
  return field(name, type, {
    label: element.required('label'),
    length: type === 'reference' ? 18 : element.number('length') || (DEFAULT_LENGTHS[metadataType] ?? 0),
    precision: element.number('precision'),
    scale: element.number('scale'),
    nillable: !isRequired,
    createable: !isReadOnly,
    updateable: !isReadOnly && !(isMasterDetail && !element.isTrue('reparentableMasterDetail')),
    unique: element.isTrue('unique'),
    caseSensitive: element.isTrue('caseSensitive'),
    externalId: element.isTrue('externalId'),
    idLookup: element.isTrue('externalId'),
    filterable: metadataType !== 'LongTextArea',
    custom: true,
    defaultValue: defaultValueOf(type, element, picklist),
    picklist,
    reference: type === 'reference' ? readReference(name, element, isMasterDetail) : null,
    autoNumberFormat: isReadOnly ? element.required('displayFormat') : null,
  });
}

/** Reads the values of a picklist definition or of a global value set. */
export function picklistValues(elements: readonly XmlElement[]): PicklistValue[] {
  return elements
    .filter((element) => element.value('isActive') !== 'false')
    .map((element) => ({
      value: element.required('fullName'),
      label: element.value('label') ?? element.required('fullName'),
      isDefault: element.isTrue('default'),
    }));
}

function readPicklist(
  element: XmlElement,
  globalValueSets: ReadonlyMap<string, readonly PicklistValue[]>,
): Picklist {
  const valueSet = element.first('valueSet');
  const setName = valueSet?.value('valueSetName');
  if (setName === undefined) {
    return {
      restricted: valueSet?.isTrue('restricted') ?? false,
      values: picklistValues(valueSet?.first('valueSetDefinition')?.all('value') ?? []),
    };
  }
  const values = globalValueSets.get(setName);
  if (!values) throw new Error(`The global value set ${setName} is unknown`);
  return { restricted: true, values };
}

function readReference(name: string, element: XmlElement, isMasterDetail: boolean) {
  const childName = element.value('relationshipName');
  return {
    to: [element.required('referenceTo')],
    relationshipName: name.replace(/__c$/, '__r'),
    childRelationshipName: childName === undefined ? null : `${childName}__r`,
    isMasterDetail,
    isPolymorphic: false,
  };
}

function defaultValueOf(
  type: FieldType,
  element: XmlElement,
  picklist: Picklist | null,
): string | number | boolean | null {
  if (type === 'boolean') return element.isTrue('defaultValue');
  if (type === 'double' && element.value('defaultValue') !== undefined) return element.number('defaultValue');
  return picklist?.values.find((value) => value.isDefault)?.value ?? null;
}
