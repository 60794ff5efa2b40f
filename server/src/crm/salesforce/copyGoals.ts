import * as z from 'zod/mini';
import { apiInstantSchema, defineCopy } from './changedRecords.ts';

const amountSchema = z.nullable(z.number());
const daySchema = z.iso.date();

const targetSchema = z.object({
  Id: z.string(),
  Rep__c: z.nullable(z.string()),
  Metric__c: z.nullable(z.string()),
  Target__c: amountSchema,
  Effective_From__c: z.nullable(daySchema),
  IsDeleted: z.boolean(),
  SystemModstamp: apiInstantSchema,
});

const weightSchema = z.object({
  Id: z.string(),
  Metric__c: z.nullable(z.string()),
  Weight__c: amountSchema,
  Floor__c: amountSchema,
  Cap__c: amountSchema,
  Threshold__c: amountSchema,
  Effective_From__c: z.nullable(daySchema),
  IsDeleted: z.boolean(),
  SystemModstamp: apiInstantSchema,
});

/** What a goal without a first day has: it has always held. */
const ALWAYS = '0001-01-01';

/** The reps' targets; one without rep, metric or amount is no target. */
export const targetCopy = defineCopy({
  objectName: 'Rep_Target__c',
  fields: ['Id', 'Rep__c', 'Metric__c', 'Target__c', 'Effective_From__c', 'IsDeleted', 'SystemModstamp'],
  schema: targetSchema,
  isUrgent: true,
  async store(connection, rows, { orgId }) {
    await connection.query(
      `insert into crm_target as known
         (org_id, target_id, user_id, metric, target, effective_from, is_deleted)
       select $1, each.* from unnest(
         $2::text[], $3::text[], $4::text[], $5::double precision[], $6::date[], $7::boolean[]) as each
       on conflict (org_id, target_id) do update
       set user_id = excluded.user_id, metric = excluded.metric, target = excluded.target,
         effective_from = excluded.effective_from, is_deleted = excluded.is_deleted, changed_at = now()
       where (known.user_id, known.metric, known.target, known.effective_from, known.is_deleted)
         is distinct from
         (excluded.user_id, excluded.metric, excluded.target, excluded.effective_from, excluded.is_deleted)`,
      [
        orgId,
        rows.map((row) => row.Id),
        rows.map((row) => row.Rep__c ?? ''),
        rows.map((row) => row.Metric__c ?? ''),
        rows.map((row) => row.Target__c ?? 0),
        rows.map((row) => row.Effective_From__c ?? ALWAYS),
        rows.map((row) => row.IsDeleted || row.Rep__c === null || row.Target__c === null),
      ],
    );
  },
});

/** The weights of the score. */
export const weightCopy = defineCopy({
  objectName: 'Score_Weight__c',
  fields: [
    'Id',
    'Metric__c',
    'Weight__c',
    'Floor__c',
    'Cap__c',
    'Threshold__c',
    'Effective_From__c',
    'IsDeleted',
    'SystemModstamp',
  ],
  schema: weightSchema,
  isUrgent: true,
  async store(connection, rows, { orgId }) {
    await connection.query(
      `insert into crm_weight as known
         (org_id, weight_id, metric, weight, effective_from, is_deleted, floor, cap, threshold_seconds)
       select $1, each.* from unnest(
         $2::text[], $3::text[], $4::double precision[], $5::date[], $6::boolean[], $7::double precision[],
         $8::double precision[], $9::double precision[]) as each
       on conflict (org_id, weight_id) do update
       set metric = excluded.metric, weight = excluded.weight, effective_from = excluded.effective_from,
         is_deleted = excluded.is_deleted, floor = excluded.floor, cap = excluded.cap,
         threshold_seconds = excluded.threshold_seconds, changed_at = now()
       where (known.metric, known.weight, known.effective_from, known.is_deleted, known.floor, known.cap,
           known.threshold_seconds)
         is distinct from (excluded.metric, excluded.weight, excluded.effective_from, excluded.is_deleted,
           excluded.floor, excluded.cap, excluded.threshold_seconds)`,
      [
        orgId,
        rows.map((row) => row.Id),
        rows.map((row) => row.Metric__c ?? ''),
        rows.map((row) => row.Weight__c ?? 0),
        rows.map((row) => row.Effective_From__c ?? ALWAYS),
        rows.map((row) => row.IsDeleted || row.Weight__c === null),
        rows.map((row) => row.Floor__c),
        rows.map((row) => row.Cap__c),
        rows.map((row) => row.Threshold__c),
      ],
    );
  },
});
