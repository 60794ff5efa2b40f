import * as z from 'zod/mini';
import { describeObject, query, quoteId } from './orgData.ts';

const ADDRESS_PARTS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

/** The fields of a record's page by its object, in their order; those the user may not see are left out. */
const FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name', 'Type', 'Industry', 'Phone', 'Website', ...address('Billing'), 'OwnerId', 'Description'],
  Contact: [
    'Name',
    'AccountId',
    'Title',
    'Department',
    'Email',
    'Phone',
    'MobilePhone',
    'HomePhone',
    'OtherPhone',
    'Fax',
    'DoNotCall',
    ...address('Mailing'),
    'OwnerId',
    'Description',
  ],
  Lead: [
    'Name',
    'Company',
    'Title',
    'Status',
    'Email',
    'Phone',
    'MobilePhone',
    'Fax',
    'DoNotCall',
    ...address(''),
    'OwnerId',
    'Description',
  ],
  Opportunity: [
    'Name',
    'AccountId',
    'StageName',
    'Amount',
    'Probability',
    'CloseDate',
    'Type',
    'OwnerId',
    'Description',
  ],
};

/** Where a reference's name stands, by the reference's field. */
const PARENTS: Readonly<Record<string, string>> = { AccountId: 'Account', OwnerId: 'Owner' };

export interface ShownField {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly isBoolean: boolean;
  readonly isTrue: boolean;
}

const parentSchema = z.nullable(z.object({ Name: z.string() }));
const recordSchema = z.record(z.string(), z.unknown());

function address(prefix: string): string[] {
  return ADDRESS_PARTS.map((part) => `${prefix}${part}`);
}

function textOf(record: Readonly<Record<string, unknown>>, fieldName: string): string {
  const parent = PARENTS[fieldName];
  const value = parent === undefined ? record[fieldName] : parentSchema.parse(record[parent] ?? null)?.Name;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Reads the fields of a record's page with their labels.
 * @returns undefined when there is no such record, or the user may not see it
 */
export async function readRecord(
  objectName: string,
  recordId: string,
): Promise<readonly ShownField[] | undefined> {
  const { fields } = await describeObject(objectName);
  const names = FIELD_NAMES[objectName] ?? ['Name'];
  const shown = names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const selected = shown.map(({ name }) => (PARENTS[name] === undefined ? name : `${PARENTS[name]}.Name`));
  const [record] = await query(
    `SELECT ${selected.join(', ')} FROM ${objectName} WHERE Id = ${quoteId(recordId)}`,
    recordSchema,
  );
  return record === undefined
    ? undefined
    : shown.map(({ name, label, type }) => ({
        name,
        // As Lightning labels a reference: by the record it leads to.
        label: PARENTS[name] === undefined ? label : label.replace(/ ID$/u, ''),
        text: textOf(record, name),
        isBoolean: type === 'boolean',
        isTrue: record[name] === true,
      }));
}
