import * as z from 'zod/mini';
import { hashEmail } from '../../calls/index.ts';
import { indexRecords, type RecordToIndex } from '../matching/indexRecords.ts';
import { readNumbers } from '../matching/readNumbers.ts';
import { storeCopies, type CopyTable } from '../storeCopies.ts';
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
  OwnerId: textSchema,
  Status: textSchema,
  LeadSource: textSchema,
  CreatedDate: apiInstantSchema,
  IsConverted: z.boolean(),
  ConvertedDate: z.nullable(z.iso.date()),
  ConvertedAccountId: textSchema,
  ConvertedContactId: textSchema,
  ConvertedOpportunityId: textSchema,
});
type Lead = z.infer<typeof leadSchema>;

const LEAD_TABLE: CopyTable = {
  name: 'crm_lead',
  key: 'lead_id',
  columns: {
    lead_id: 'text',
    owner_id: 'text',
    status: 'text',
    lead_source: 'text',
    created_at: 'timestamptz',
    is_converted: 'boolean',
    converted_on: 'date',
    account_id: 'text',
    contact_id: 'text',
    opportunity_id: 'text',
    is_deleted: 'boolean',
  },
  tellsChange: true,
};

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
  isUrgent: true,
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

/** Leads: their way to an opportunity, and their numbers, which are the contact's once they are converted. */
export const leadCopy = defineCopy({
  objectName: 'Lead',
  fields: [
    'Id',
    'DoNotCall',
    'Email',
    'Phone',
    'MobilePhone',
    'OwnerId',
    'Status',
    'LeadSource',
    'CreatedDate',
    'IsConverted',
    'ConvertedDate',
    'ConvertedAccountId',
    'ConvertedContactId',
    'ConvertedOpportunityId',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: leadSchema,
  isUrgent: true,
  async store(connection, rows, context) {
    await storeCopies(connection, context.orgId, LEAD_TABLE, rows.map(leadRowOf));
    await indexRecords(
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
    );
  },
});

/** Accounts: the numbers of firms. */
export const accountCopy = defineCopy({
  objectName: 'Account',
  fields: ['Id', 'Phone', 'IsDeleted', 'SystemModstamp'],
  schema: accountSchema,
  isUrgent: true,
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

function leadRowOf(row: Lead) {
  return {
    lead_id: row.Id,
    owner_id: row.OwnerId,
    status: row.Status,
    lead_source: row.LeadSource,
    created_at: row.CreatedDate,
    is_converted: row.IsConverted,
    converted_on: row.ConvertedDate,
    account_id: row.ConvertedAccountId,
    contact_id: row.ConvertedContactId,
    opportunity_id: row.ConvertedOpportunityId,
    is_deleted: row.IsDeleted,
    modified_at: row.SystemModstamp,
  };
}

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
