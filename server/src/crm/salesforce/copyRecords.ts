import * as z from 'zod/mini';
import { hashEmail } from '../../calls/index.ts';
import { indexRecords, type RecordToIndex } from '../matching/indexRecords.ts';
import { readNumbers } from '../matching/readNumbers.ts';
import { apiInstantSchema, defineCopy, type CopyContext } from './changedRecords.ts';

const textSchema = z.nullable(z.string());
const system = { Id: z.string(), IsDeleted: z.boolean(), SystemModstamp: apiInstantSchema };

const contactSchema = z.object({
  ...system,
  AccountId: textSchema,
  DoNotCall: z.boolean(),
  Email: textSchema,
  Phone: textSchema,
  MobilePhone: textSchema,
  HomePhone: textSchema,
  OtherPhone: textSchema,
  AssistantPhone: textSchema,
});

const leadSchema = z.object({
  ...system,
  DoNotCall: z.boolean(),
  Email: textSchema,
  Phone: textSchema,
  MobilePhone: textSchema,
  ConvertedContactId: textSchema,
  ConvertedAccountId: textSchema,
});

const accountSchema = z.object({ ...system, Phone: textSchema });

/** Contacts: their numbers, and who of them asked not to be called. */
export const contactCopy = defineCopy({
  objectName: 'Contact',
  fields: [
    'Id',
    'AccountId',
    'DoNotCall',
    'Email',
    'Phone',
    'MobilePhone',
    'HomePhone',
    'OtherPhone',
    'AssistantPhone',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: contactSchema,
  store: (connection, rows, context) =>
    indexRecords(
      connection,
      context.orgId,
      context.personalDataKey,
      rows.map((row) => ({
        ...recordOf(row, context),
        objectName: 'Contact',
        accountId: row.AccountId,
        convertedTo: null,
        doNotCall: row.DoNotCall,
        numbers: readNumbers(
          [row.Phone, row.MobilePhone, row.HomePhone, row.OtherPhone, row.AssistantPhone],
          context,
        ),
      })),
    ),
});

/** Leads; a converted one's numbers are its contact's. */
export const leadCopy = defineCopy({
  objectName: 'Lead',
  fields: [
    'Id',
    'DoNotCall',
    'Email',
    'Phone',
    'MobilePhone',
    'ConvertedContactId',
    'ConvertedAccountId',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: leadSchema,
  store: (connection, rows, context) =>
    indexRecords(
      connection,
      context.orgId,
      context.personalDataKey,
      rows.map((row) => ({
        ...recordOf(row, context),
        objectName: 'Lead',
        accountId: row.ConvertedAccountId,
        convertedTo: row.ConvertedContactId,
        doNotCall: row.DoNotCall,
        numbers: readNumbers([row.Phone, row.MobilePhone], context),
      })),
    ),
});

/** Accounts: the numbers of firms. */
export const accountCopy = defineCopy({
  objectName: 'Account',
  fields: ['Id', 'Phone', 'IsDeleted', 'SystemModstamp'],
  schema: accountSchema,
  store: (connection, rows, context) =>
    indexRecords(
      connection,
      context.orgId,
      context.personalDataKey,
      rows.map((row) => ({
        ...recordOf(row, context),
        objectName: 'Account',
        accountId: row.Id,
        convertedTo: null,
        doNotCall: false,
        numbers: readNumbers([row.Phone], context),
      })),
    ),
});

function recordOf(
  row: { Id: string; Email?: string | null; IsDeleted: boolean; SystemModstamp: Date },
  { personalDataKey, orgId }: CopyContext,
): Pick<RecordToIndex, 'recordId' | 'emailHash' | 'isDeleted' | 'modifiedAt'> {
  const email = row.Email ?? '';
  return {
    recordId: row.Id,
    emailHash: email === '' ? null : hashEmail(personalDataKey, orgId, email),
    isDeleted: row.IsDeleted,
    modifiedAt: row.SystemModstamp,
  };
}
