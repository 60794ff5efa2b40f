import * as z from 'zod/mini';
import { apiInstantSchema } from './changedRecords.ts';
import { defineTableCopy, defineTracelessCopy } from './copyTable.ts';

const textSchema = z.nullable(z.string());
const numberSchema = z.nullable(z.number());
const daySchema = z.nullable(z.iso.date());
const stamp = { Id: z.string(), SystemModstamp: apiInstantSchema };

/** Who stands above whom. */
export const roleCopy = defineTracelessCopy({
  objectName: 'UserRole',
  fields: ['Id', 'ParentRoleId', 'SystemModstamp'],
  schema: z.object({ ...stamp, ParentRoleId: textSchema }),
  table: {
    name: 'crm_role',
    key: 'role_id',
    columns: { role_id: 'text', parent_role_id: 'text' },
    tellsChange: true,
  },
  rowOf: (row) => ({ role_id: row.Id, parent_role_id: row.ParentRoleId }),
});

/** When reps are away, so that less is asked of them. */
export const absenceCopy = defineTableCopy({
  objectName: 'Rep_Absence__c',
  fields: ['Id', 'Rep__c', 'First_Day__c', 'Last_Day__c', 'Share__c', 'IsDeleted', 'SystemModstamp'],
  schema: z.object({
    ...stamp,
    Rep__c: textSchema,
    First_Day__c: daySchema,
    Last_Day__c: daySchema,
    Share__c: numberSchema,
    IsDeleted: z.boolean(),
  }),
  table: {
    name: 'crm_absence',
    key: 'absence_id',
    columns: {
      absence_id: 'text',
      user_id: 'text',
      first_day: 'date',
      last_day: 'date',
      share: 'double precision',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    absence_id: row.Id,
    user_id: row.Rep__c,
    first_day: row.First_Day__c,
    last_day: row.Last_Day__c,
    share: row.Share__c,
    is_deleted: row.IsDeleted,
  }),
});

/** Quotas, where the org forecasts in Salesforce. */
export const quotaCopy = defineTracelessCopy({
  objectName: 'ForecastingQuota',
  fields: [
    'Id',
    'QuotaOwnerId',
    'StartDate',
    'QuotaAmount',
    'QuotaQuantity',
    'ProductFamily',
    'SystemModstamp',
  ],
  isOptional: true,
  schema: z.object({
    ...stamp,
    QuotaOwnerId: z.string(),
    StartDate: z.iso.date(),
    QuotaAmount: numberSchema,
    QuotaQuantity: numberSchema,
    ProductFamily: textSchema,
  }),
  table: {
    name: 'crm_quota',
    key: 'quota_id',
    columns: {
      quota_id: 'text',
      user_id: 'text',
      first_day: 'date',
      amount: 'double precision',
      quantity: 'double precision',
      product_family: 'text',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    quota_id: row.Id,
    user_id: row.QuotaOwnerId,
    first_day: row.StartDate,
    amount: row.QuotaAmount,
    quantity: row.QuotaQuantity,
    product_family: row.ProductFamily,
  }),
});

/** What others reach, as an admin entered it. */
export const benchmarkCopy = defineTableCopy({
  objectName: 'Benchmark__c',
  fields: [
    'Id',
    'Metric__c',
    'Value__c',
    'Low__c',
    'High__c',
    'Effective_From__c',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: z.object({
    ...stamp,
    Metric__c: textSchema,
    Value__c: numberSchema,
    Low__c: numberSchema,
    High__c: numberSchema,
    Effective_From__c: daySchema,
    IsDeleted: z.boolean(),
  }),
  table: {
    name: 'crm_benchmark',
    key: 'benchmark_id',
    columns: {
      benchmark_id: 'text',
      metric: 'text',
      value: 'double precision',
      low: 'double precision',
      high: 'double precision',
      effective_from: 'date',
      is_deleted: 'boolean',
    },
    tellsChange: true,
  },
  rowOf: (row) => ({
    benchmark_id: row.Id,
    metric: row.Metric__c,
    value: row.Value__c,
    low: row.Low__c,
    high: row.High__c,
    effective_from: row.Effective_From__c,
    is_deleted: row.IsDeleted,
  }),
});
