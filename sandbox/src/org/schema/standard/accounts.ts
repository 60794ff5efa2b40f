import {
  READ_ONLY,
  checkbox,
  field,
  longText,
  lookup,
  ownerField,
  phone,
  picklist,
  systemFields,
  text,
  wholeNumber,
} from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';

export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Trade Show', 'Other'];

/** The people and firms that are called: open to everybody in the sample org. */
export function accountObjects(): ObjectDefinition[] {
  return [
    standardObject('Account', '001', accountFields()),
    standardObject('Contact', '003', contactFields()),
    standardObject('Lead', '00Q', leadFields()),
  ];
}

function standardObject(name: string, keyPrefix: string, fields: FieldDefinition[]): ObjectDefinition {
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    kind: 'standard',
    sharing: 'ReadWrite',
    keyPrefix,
    fields: [...systemFields(), ownerField(), ...fields],
  };
}

function address(prefix: string): FieldDefinition[] {
  return [
    field(`${prefix}Street`, 'textarea', { length: 255 }),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
  ];
}

function accountFields(): FieldDefinition[] {
  return [
    text('Name', 255, { nillable: false, label: 'Account Name' }),
    picklist('Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Partner', 'Other']),
    picklist('Industry', ['Apparel', 'Consulting', 'Hospitality', 'Recreation', 'Retail', 'Transportation']),
    lookup('ParentId', ['Account'], 'ChildAccounts', { label: 'Parent Account ID' }),
    phone('Phone', { label: 'Account Phone' }),
    field('Website', 'url', { length: 255 }),
    field('AnnualRevenue', 'currency', { precision: 18, scale: 0 }),
    wholeNumber('NumberOfEmployees', 8, { label: 'Employees' }),
    longText('Description', 32_000),
    ...address('Billing'),
  ];
}

function contactFields(): FieldDefinition[] {
  return [
    lookup('AccountId', ['Account'], 'Contacts', { label: 'Account ID' }),
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    text('FirstName', 40),
    text('LastName', 80, { nillable: false }),
    text('Name', 121, { ...READ_ONLY, label: 'Full Name' }),
    text('Title', 128),
    text('Department', 80),
    phone('Phone', { label: 'Business Phone' }),
    phone('MobilePhone'),
    phone('HomePhone'),
    phone('OtherPhone'),
    phone('AssistantPhone', { label: 'Asst. Phone' }),
    field('Email', 'email', { length: 80, idLookup: true }),
    checkbox('DoNotCall'),
    checkbox('HasOptedOutOfEmail', { label: 'Email Opt Out' }),
    lookup('ReportsToId', ['Contact'], null, { label: 'Reports To ID' }),
    picklist('LeadSource', LEAD_SOURCES),
    longText('Description', 32_000),
    ...address('Mailing'),
  ];
}

function leadFields(): FieldDefinition[] {
  return [
    picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']),
    text('FirstName', 40),
    text('LastName', 80, { nillable: false }),
    text('Name', 121, { ...READ_ONLY, label: 'Full Name' }),
    text('Company', 255, { nillable: false }),
    text('Title', 128),
    phone('Phone'),
    phone('MobilePhone'),
    field('Email', 'email', { length: 80, idLookup: true }),
    checkbox('DoNotCall'),
    picklist(
      'Status',
      ['Open - Not Contacted*', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      {
        nillable: false,
      },
    ),
    picklist('LeadSource', LEAD_SOURCES),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    checkbox('IsConverted', { ...READ_ONLY, label: 'Converted' }),
    field('ConvertedDate', 'date', READ_ONLY),
    lookup('ConvertedAccountId', ['Account'], null, { ...READ_ONLY, label: 'Converted Account ID' }),
    lookup('ConvertedContactId', ['Contact'], null, { ...READ_ONLY, label: 'Converted Contact ID' }),
    lookup('ConvertedOpportunityId', ['Opportunity'], null, {
      ...READ_ONLY,
      label: 'Converted Opportunity ID',
    }),
    field('Street', 'textarea', { length: 255 }),
    text('City', 40),
    text('Country', 80),
    longText('Description', 32_000),
  ];
}
