import { READ_ONLY, checkbox, field, lookup, systemFields, text } from '../fieldBuilders.ts';
import type { FieldDefinition, ObjectDefinition } from '../model.ts';

/** What is sold, and at which price: open to everybody in the sample org. */
export function productObjects(): ObjectDefinition[] {
  return [
    catalogObject('Product2', 'Product', '01t', [
      text('Name', 255, { nillable: false, label: 'Product Name' }),
      text('ProductCode', 255),
      text('Family', 255, { label: 'Product Family' }),
      text('Description', 4_000, { label: 'Product Description' }),
      checkbox('IsActive', { label: 'Active' }),
    ]),
    catalogObject('Pricebook2', 'Price Book', '01s', [
      text('Name', 255, { nillable: false, label: 'Price Book Name' }),
      text('Description', 255),
      checkbox('IsActive', { label: 'Active' }),
      checkbox('IsStandard', { ...READ_ONLY, label: 'Is Standard Price Book' }),
    ]),
    catalogObject('PricebookEntry', 'Price Book Entry', '01u', [
      lookup('Pricebook2Id', ['Pricebook2'], 'PricebookEntries', { nillable: false, updateable: false }),
      lookup('Product2Id', ['Product2'], 'PricebookEntries', { nillable: false, updateable: false }),
      text('Name', 255, { ...READ_ONLY, label: 'Product Name' }),
      text('ProductCode', 255, READ_ONLY),
      field('UnitPrice', 'currency', { precision: 18, scale: 2, nillable: false, label: 'List Price' }),
      checkbox('UseStandardPrice'),
      checkbox('IsActive', { label: 'Active' }),
    ]),
  ];
}

function catalogObject(
  name: string,
  label: string,
  keyPrefix: string,
  fields: FieldDefinition[],
): ObjectDefinition {
  return {
    name,
    label,
    labelPlural: label.endsWith('y') ? `${label.slice(0, -1)}ies` : `${label}s`,
    kind: 'standard',
    sharing: 'ReadWrite',
    keyPrefix,
    fields: [...systemFields(), ...fields],
  };
}
