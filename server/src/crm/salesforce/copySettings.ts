import * as z from 'zod/mini';
import type { CopyContext } from './changedRecords.ts';
import { completeCursor } from './cursors.ts';
import { queryAllRows } from './soql.ts';
import { CrmError } from '../port.ts';

const organizationSchema = z.object({
  FiscalYearStartMonth: z.number().check(z.gte(1), z.lte(12)),
  UsesStartDateAsFiscalYearName: z.boolean(),
  TimeZoneSidKey: z.string(),
});

const dialingRuleSchema = z.object({
  Country_Code__c: z.string().check(z.regex(/^[A-Z]{2}$/u)),
  Is_Allowed__c: z.boolean(),
});

/** Copies the org's own zone and fiscal year: one small record, read whole. */
export async function copyOrganization({ database, session, orgId }: CopyContext): Promise<void> {
  const [organization] = await queryAllRows(
    session,
    'SELECT FiscalYearStartMonth, UsesStartDateAsFiscalYearName, TimeZoneSidKey FROM Organization LIMIT 1',
    organizationSchema,
  );
  if (organization === undefined) throw new CrmError('UNREADABLE_ANSWER', true);
  await database.query(
    `insert into crm_organization as known
       (org_id, time_zone, fiscal_year_start_month, fiscal_year_named_by)
     values ($1, $2, $3, $4)
     on conflict (org_id) do update
     set time_zone = excluded.time_zone, fiscal_year_start_month = excluded.fiscal_year_start_month,
       fiscal_year_named_by = excluded.fiscal_year_named_by, changed_at = now()
     where (known.time_zone, known.fiscal_year_start_month, known.fiscal_year_named_by) is distinct from
       (excluded.time_zone, excluded.fiscal_year_start_month, excluded.fiscal_year_named_by)`,
    [
      orgId,
      organization.TimeZoneSidKey,
      organization.FiscalYearStartMonth,
      organization.UsesStartDateAsFiscalYearName ? 'start' : 'end',
    ],
  );
}

/** Copies the countries that may be called: custom metadata, few records without SystemModstamp, read whole. */
export async function copyDialingRules({ database, session, orgId }: CopyContext): Promise<void> {
  const startedAt = new Date();
  const rules = await queryAllRows(
    session,
    'SELECT Country_Code__c, Is_Allowed__c FROM Dialing_Rule__mdt',
    dialingRuleSchema,
  );
  await database.transaction(async (connection) => {
    await connection.query('delete from crm_dialing_rule where org_id = $1', [orgId]);
    // Where two records name one country, the stricter holds.
    await connection.query(
      `insert into crm_dialing_rule (org_id, country_code, is_allowed)
       select $1, country_code, bool_and(is_allowed)
       from unnest($2::text[], $3::boolean[]) as rule (country_code, is_allowed) group by country_code`,
      [orgId, rules.map((rule) => rule.Country_Code__c), rules.map((rule) => rule.Is_Allowed__c)],
    );
    await completeCursor(connection, orgId, 'Dialing_Rule__mdt', startedAt);
  });
}

const apiShareSchema = z.object({ Api_Share_Percent__c: z.nullable(z.number()) });
const DEFAULT_API_SHARE = 0.5;

/**
 * Copies how much of the org's daily requests its admin leaves to the relay, as a fraction. Without the record, or
 * with nothing in it, that is half of them.
 */
export async function copyApiShare({ database, session, orgId }: CopyContext): Promise<void> {
  const [setting] = await queryAllRows(
    session,
    "SELECT Api_Share_Percent__c FROM Relay_Setting__mdt WHERE DeveloperName = 'Default'",
    apiShareSchema,
  );
  const percent = setting?.Api_Share_Percent__c ?? null;
  const share = percent === null ? DEFAULT_API_SHARE : Math.min(1, Math.max(0, percent / 100));
  await database.query(
    `insert into crm_pace as known (org_id, api_share, next_request_at, resume_at)
     values ($1, $2, to_timestamp(0), to_timestamp(0))
     on conflict (org_id) do update set api_share = excluded.api_share
     where known.api_share <> excluded.api_share`,
    [orgId, share],
  );
}
