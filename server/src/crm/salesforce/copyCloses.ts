import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const daySchema = z.nullable(z.iso.date());

/** The quarters that managers signed off. */
export const quarterCloseCopy = defineTableCopy({
  objectName: 'Quarter_Close__c',
  fields: [
    'Id',
    'Close_Key__c',
    'Rep__c',
    'Period_Start__c',
    'Period_End__c',
    'Signed_Off__c',
    'IsDeleted',
    'SystemModstamp',
  ],
  isUrgent: true,
  schema: z.object({
    Id: z.string(),
    Close_Key__c: textSchema,
    Rep__c: textSchema,
    Period_Start__c: daySchema,
    Period_End__c: daySchema,
    Signed_Off__c: z.boolean(),
    IsDeleted: z.boolean(),
    SystemModstamp: apiInstantSchema,
  }),
  table: {
    name: 'crm_quarter_close',
    key: 'close_id',
    columns: {
      close_id: 'text',
      close_key: 'text',
      user_id: 'text',
      first_day: 'date',
      last_day: 'date',
      is_signed_off: 'boolean',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    close_id: row.Id,
    close_key: row.Close_Key__c,
    user_id: row.Rep__c,
    first_day: row.Period_Start__c,
    last_day: row.Period_End__c,
    is_signed_off: row.Signed_Off__c,
    is_deleted: row.IsDeleted,
  }),
});
