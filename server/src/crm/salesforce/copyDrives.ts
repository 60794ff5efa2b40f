import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const daySchema = z.nullable(z.iso.date());

/** Improvement drives. */
export const driveCopy = defineTableCopy({
  objectName: 'Sales_Drive__c',
  fields: [
    'Id',
    'Metric__c',
    'Uplift__c',
    'First_Day__c',
    'Last_Day__c',
    'Practice__c',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: z.object({
    Id: z.string(),
    Metric__c: textSchema,
    Uplift__c: z.nullable(z.number()),
    First_Day__c: daySchema,
    Last_Day__c: daySchema,
    Practice__c: textSchema,
    IsDeleted: z.boolean(),
    SystemModstamp: apiInstantSchema,
  }),
  table: {
    name: 'crm_sales_drive',
    key: 'drive_id',
    columns: {
      drive_id: 'text',
      metric: 'text',
      uplift: 'double precision',
      first_day: 'date',
      last_day: 'date',
      practice: 'text',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    drive_id: row.Id,
    metric: row.Metric__c,
    uplift: row.Uplift__c,
    first_day: row.First_Day__c,
    last_day: row.Last_Day__c,
    practice: row.Practice__c,
    is_deleted: row.IsDeleted,
  }),
});

/** Who takes part in them. The figures on these records are the relay's own and are not read back. */
export const driveMemberCopy = defineTableCopy({
  objectName: 'Sales_Drive_Member__c',
  fields: ['Id', 'Member_Key__c', 'Drive__c', 'Rep__c', 'IsDeleted', 'SystemModstamp'],
  schema: z.object({
    Id: z.string(),
    Member_Key__c: textSchema,
    Drive__c: textSchema,
    Rep__c: textSchema,
    IsDeleted: z.boolean(),
    SystemModstamp: apiInstantSchema,
  }),
  table: {
    name: 'crm_drive_member',
    key: 'member_id',
    columns: {
      member_id: 'text',
      member_key: 'text',
      drive_id: 'text',
      user_id: 'text',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    member_id: row.Id,
    member_key: row.Member_Key__c,
    drive_id: row.Drive__c,
    user_id: row.Rep__c,
    is_deleted: row.IsDeleted,
  }),
});
