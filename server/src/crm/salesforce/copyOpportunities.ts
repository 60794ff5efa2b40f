import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const numberSchema = z.nullable(z.number());
const daySchema = z.nullable(z.iso.date());
const system = { Id: z.string(), IsDeleted: z.boolean(), SystemModstamp: apiInstantSchema };

/** Opportunities as they are. */
export const opportunityCopy = defineTableCopy({
  objectName: 'Opportunity',
  fields: [
    'Id',
    'OwnerId',
    'AccountId',
    'CampaignId',
    'StageName',
    'Amount',
    'Probability',
    'CloseDate',
    'ForecastCategory',
    'Type',
    'LeadSource',
    'IsClosed',
    'IsWon',
    'CreatedDate',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: z.object({
    ...system,
    OwnerId: textSchema,
    AccountId: textSchema,
    CampaignId: textSchema,
    StageName: textSchema,
    Amount: numberSchema,
    Probability: numberSchema,
    CloseDate: daySchema,
    ForecastCategory: textSchema,
    Type: textSchema,
    LeadSource: textSchema,
    IsClosed: z.boolean(),
    IsWon: z.boolean(),
    CreatedDate: apiInstantSchema,
  }),
  table: {
    name: 'crm_opportunity',
    key: 'opportunity_id',
    columns: {
      opportunity_id: 'text',
      user_id: 'text',
      account_id: 'text',
      campaign_id: 'text',
      stage: 'text',
      amount: 'double precision',
      probability: 'double precision',
      close_day: 'date',
      forecast_category: 'text',
      type: 'text',
      lead_source: 'text',
      is_closed: 'boolean',
      is_won: 'boolean',
      created_at: 'timestamptz',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    opportunity_id: row.Id,
    user_id: row.OwnerId,
    account_id: row.AccountId,
    campaign_id: row.CampaignId,
    stage: row.StageName,
    amount: row.Amount,
    probability: row.Probability,
    close_day: row.CloseDate,
    forecast_category: row.ForecastCategory,
    type: row.Type,
    lead_source: row.LeadSource,
    is_closed: row.IsClosed,
    is_won: row.IsWon,
    created_at: row.CreatedDate,
    is_deleted: row.IsDeleted,
  }),
});

/** How opportunities became what they are: a row for every new stage, amount, probability or close date. */
export const opportunityHistoryCopy = defineTableCopy({
  objectName: 'OpportunityHistory',
  fields: [
    'Id',
    'OpportunityId',
    'StageName',
    'Amount',
    'Probability',
    'CloseDate',
    'ForecastCategory',
    'CreatedDate',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: z.object({
    ...system,
    OpportunityId: z.string(),
    StageName: textSchema,
    Amount: numberSchema,
    Probability: numberSchema,
    CloseDate: daySchema,
    ForecastCategory: textSchema,
    CreatedDate: apiInstantSchema,
  }),
  table: {
    name: 'crm_opportunity_change',
    key: 'change_id',
    columns: {
      change_id: 'text',
      opportunity_id: 'text',
      stage: 'text',
      amount: 'double precision',
      probability: 'double precision',
      close_day: 'date',
      forecast_category: 'text',
      created_at: 'timestamptz',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    change_id: row.Id,
    opportunity_id: row.OpportunityId,
    stage: row.StageName,
    amount: row.Amount,
    probability: row.Probability,
    close_day: row.CloseDate,
    forecast_category: row.ForecastCategory,
    created_at: row.CreatedDate,
    is_deleted: row.IsDeleted,
  }),
});

/** What opportunities are made of. */
export const opportunityLineCopy = defineTableCopy({
  objectName: 'OpportunityLineItem',
  fields: ['Id', 'OpportunityId', 'Product2Id', 'Quantity', 'TotalPrice', 'IsDeleted', 'SystemModstamp'],
  schema: z.object({
    ...system,
    OpportunityId: z.string(),
    Product2Id: textSchema,
    Quantity: numberSchema,
    TotalPrice: numberSchema,
  }),
  table: {
    name: 'crm_opportunity_product',
    key: 'line_id',
    columns: {
      line_id: 'text',
      opportunity_id: 'text',
      product_id: 'text',
      quantity: 'double precision',
      total_price: 'double precision',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    line_id: row.Id,
    opportunity_id: row.OpportunityId,
    product_id: row.Product2Id,
    quantity: row.Quantity,
    total_price: row.TotalPrice,
    is_deleted: row.IsDeleted,
  }),
});

/** The families of what is sold. */
export const productCopy = defineTableCopy({
  objectName: 'Product2',
  fields: ['Id', 'Family', 'IsActive', 'IsDeleted', 'SystemModstamp'],
  schema: z.object({ ...system, Family: textSchema, IsActive: z.boolean() }),
  table: {
    name: 'crm_product',
    key: 'product_id',
    columns: { product_id: 'text', family: 'text', is_active: 'boolean', is_deleted: 'boolean' },
    tellsChange: true,
  },
  rowOf: (row) => ({
    product_id: row.Id,
    family: row.Family,
    is_active: row.IsActive,
    is_deleted: row.IsDeleted,
  }),
});
