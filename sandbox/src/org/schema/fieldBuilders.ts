import type { FieldDefinition, FieldType, PicklistValue } from './model.ts';

type Overrides = Partial<Omit<FieldDefinition, 'name' | 'type'>>;

/** A field with the properties that most fields have: optional, writable, filterable, not unique. */
export function field(name: string, type: FieldType, overrides: Overrides = {}): FieldDefinition {
  return {
    name,
    type,
    label: labelOf(name),
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    unique: false,
    caseSensitive: false,
    externalId: false,
    idLookup: false,
    filterable: true,
    custom: false,
    defaultValue: null,
    picklist: null,
    reference: null,
    autoNumberFormat: null,
    ...overrides,
  };
}

export function text(name: string, length: number, overrides: Overrides = {}): FieldDefinition {
  return field(name, 'string', { length, ...overrides });
}

/** A long text, which can be read but neither filtered nor sorted by. */
export function longText(name: string, length: number, overrides: Overrides = {}): FieldDefinition {
  return field(name, 'textarea', { length, filterable: false, ...overrides });
}

export function phone(name: string, overrides: Overrides = {}): FieldDefinition {
  return field(name, 'phone', { length: 40, ...overrides });
}

export function checkbox(name: string, overrides: Overrides = {}): FieldDefinition {
  return field(name, 'boolean', { nillable: false, defaultValue: false, ...overrides });
}

export function wholeNumber(name: string, digits: number, overrides: Overrides = {}): FieldDefinition {
  return field(name, 'int', { precision: digits, ...overrides });
}

/** An unrestricted picklist of the given values; one marked with `*` is the default. */
export function picklist(
  name: string,
  values: readonly string[],
  overrides: Overrides = {},
): FieldDefinition {
  const entries: PicklistValue[] = values.map((entry) => {
    const value = entry.replace(/\*$/, '');
    return { value, label: value, isDefault: entry.endsWith('*') };
  });
  return field(name, 'picklist', {
    length: 255,
    picklist: { restricted: false, values: entries },
    defaultValue: entries.find((entry) => entry.isDefault)?.value ?? null,
    ...overrides,
  });
}

/** A lookup, e.g. `lookup('AccountId', ['Account'], 'Contacts')`. */
export function lookup(
  name: string,
  to: readonly string[],
  childRelationshipName: string | null = null,
  overrides: Overrides = {},
): FieldDefinition {
  return field(name, 'reference', {
    length: 18,
    label: labelOf(name.replace(/Id$/, '')),
    reference: {
      to,
      relationshipName: name.replace(/Id$/, ''),
      childRelationshipName,
      isMasterDetail: false,
      isPolymorphic: name === 'WhoId' || name === 'WhatId',
    },
    ...overrides,
  });
}

/** The reference of a detail to its master, e.g. `detailOf('Opportunity', 'OpportunityLineItems')`. */
export function detailOf(
  master: string,
  childRelationshipName: string,
  overrides: Overrides = {},
): FieldDefinition {
  const reference = lookup(`${master}Id`, [master], childRelationshipName);
  return {
    ...reference,
    label: `${master} ID`,
    nillable: false,
    updateable: false,
    reference: reference.reference && { ...reference.reference, isMasterDetail: true },
    ...overrides,
  };
}

export const READ_ONLY = { createable: false, updateable: false } as const;

/** The fields that every stored object has. */
export function systemFields(): FieldDefinition[] {
  const readOnly = { ...READ_ONLY, nillable: false };
  return [
    field('Id', 'id', { ...readOnly, length: 18, idLookup: true, caseSensitive: true }),
    checkbox('IsDeleted', { ...readOnly, label: 'Deleted' }),
    field('CreatedDate', 'datetime', readOnly),
    lookup('CreatedById', ['User'], null, { ...READ_ONLY }),
    field('LastModifiedDate', 'datetime', readOnly),
    lookup('LastModifiedById', ['User'], null, { ...READ_ONLY }),
    field('SystemModstamp', 'datetime', { ...readOnly, label: 'System Modstamp' }),
  ];
}

/** The fields of a history row, which never changes. */
export function historyFields(): FieldDefinition[] {
  const kept = ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById'];
  return systemFields().filter(({ name }) => kept.includes(name));
}

/** The owner of a record; the org puts the current user where none is given. */
export function ownerField(childRelationshipName: string | null = null): FieldDefinition {
  return lookup('OwnerId', ['User'], childRelationshipName, { label: 'Owner ID', nillable: false });
}

function labelOf(name: string): string {
  return name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
