import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const daySchema = z.nullable(z.iso.date());
const system = { Id: z.string(), IsDeleted: z.boolean(), SystemModstamp: apiInstantSchema };

/** Campaigns. */
export const campaignCopy = defineTableCopy({
  objectName: 'Campaign',
  fields: ['Id', 'Type', 'Status', 'StartDate', 'EndDate', 'IsActive', 'IsDeleted', 'SystemModstamp'],
  schema: z.object({
    ...system,
    Type: textSchema,
    Status: textSchema,
    StartDate: daySchema,
    EndDate: daySchema,
    IsActive: z.boolean(),
  }),
  table: {
    name: 'crm_campaign',
    key: 'campaign_id',
    columns: {
      campaign_id: 'text',
      type: 'text',
      status: 'text',
      first_day: 'date',
      last_day: 'date',
      is_active: 'boolean',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    campaign_id: row.Id,
    type: row.Type,
    status: row.Status,
    first_day: row.StartDate,
    last_day: row.EndDate,
    is_active: row.IsActive,
    is_deleted: row.IsDeleted,
  }),
});

/** Who was in a campaign, and who responded. */
export const campaignMemberCopy = defineTableCopy({
  objectName: 'CampaignMember',
  fields: [
    'Id',
    'CampaignId',
    'LeadId',
    'ContactId',
    'HasResponded',
    'FirstRespondedDate',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: z.object({
    ...system,
    CampaignId: z.string(),
    LeadId: textSchema,
    ContactId: textSchema,
    HasResponded: z.boolean(),
    FirstRespondedDate: daySchema,
  }),
  table: {
    name: 'crm_campaign_member',
    key: 'member_id',
    columns: {
      member_id: 'text',
      campaign_id: 'text',
      lead_id: 'text',
      contact_id: 'text',
      has_responded: 'boolean',
      responded_on: 'date',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    member_id: row.Id,
    campaign_id: row.CampaignId,
    lead_id: row.LeadId,
    contact_id: row.ContactId,
    has_responded: row.HasResponded,
    responded_on: row.FirstRespondedDate,
    is_deleted: row.IsDeleted,
  }),
});
