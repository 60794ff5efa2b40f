import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const instantSchema = z.nullable(apiInstantSchema);
const activity = {
  Id: z.string(),
  OwnerId: textSchema,
  WhoId: textSchema,
  WhatId: textSchema,
  AccountId: textSchema,
  CreatedDate: apiInstantSchema,
  IsDeleted: z.boolean(),
  SystemModstamp: apiInstantSchema,
};

/** Meetings, by their owners; the copies that invited colleagues have are none of their own. */
export const meetingCopy = defineTableCopy({
  objectName: 'Event',
  fields: [
    'Id',
    'OwnerId',
    'WhoId',
    'WhatId',
    'AccountId',
    'StartDateTime',
    'EndDateTime',
    'CreatedDate',
    'IsDeleted',
    'SystemModstamp',
  ],
  condition: 'IsChild = false',
  schema: z.object({ ...activity, StartDateTime: instantSchema, EndDateTime: instantSchema }),
  table: {
    name: 'crm_meeting',
    key: 'event_id',
    columns: {
      event_id: 'text',
      user_id: 'text',
      who_id: 'text',
      what_id: 'text',
      account_id: 'text',
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      created_at: 'timestamptz',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    event_id: row.Id,
    user_id: row.OwnerId,
    who_id: row.WhoId,
    what_id: row.WhatId,
    account_id: row.AccountId,
    starts_at: row.StartDateTime,
    ends_at: row.EndDateTime,
    created_at: row.CreatedDate,
    is_deleted: row.IsDeleted,
  }),
});

/** Follow-ups: Tasks that people planned, open or done. What calls became, and e-mail, is none. */
export const followUpCopy = defineTableCopy({
  objectName: 'Task',
  fields: [
    'Id',
    'OwnerId',
    'WhoId',
    'WhatId',
    'AccountId',
    'ActivityDate',
    'IsClosed',
    'CompletedDateTime',
    'CreatedDate',
    'IsDeleted',
    'SystemModstamp',
  ],
  condition: "TaskSubtype = 'Task' AND Call_Id__c = null",
  schema: z.object({
    ...activity,
    ActivityDate: z.nullable(z.iso.date()),
    IsClosed: z.boolean(),
    CompletedDateTime: instantSchema,
  }),
  table: {
    name: 'crm_follow_up',
    key: 'task_id',
    columns: {
      task_id: 'text',
      user_id: 'text',
      who_id: 'text',
      what_id: 'text',
      account_id: 'text',
      due_on: 'date',
      is_closed: 'boolean',
      created_at: 'timestamptz',
      completed_at: 'timestamptz',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    task_id: row.Id,
    user_id: row.OwnerId,
    who_id: row.WhoId,
    what_id: row.WhatId,
    account_id: row.AccountId,
    due_on: row.ActivityDate,
    is_closed: row.IsClosed,
    created_at: row.CreatedDate,
    completed_at: row.CompletedDateTime,
    is_deleted: row.IsDeleted,
  }),
});
