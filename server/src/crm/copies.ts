import type { Connection } from '../database/index.ts';
import type { DatedValue } from '@scoreline/scoring';

export interface Rep {
  readonly userId: string;
  readonly isActive: boolean;
  /** IANA zone name. */
  readonly timeZone: string;
  /** The role that makes peers; null for none. */
  readonly roleId: string | null;
}

export interface OrganizationCopy {
  readonly orgId: string;
  /** IANA zone name. */
  readonly timeZone: string;
  /** 1 (January) to 12. */
  readonly fiscalYearStartMonth: number;
  /** Whether a fiscal year bears the name of the calendar year in which it starts or ends. */
  readonly fiscalYearNamedBy: 'start' | 'end';
}

/** Whether someone with this number asked not to be called; the hash is `hashNumber` of calls. */
export async function isDoNotCall(
  connection: Connection,
  orgId: string,
  numberHash: string,
): Promise<boolean> {
  const rows = await connection.query(
    'select 1 from crm_do_not_call where org_id = $1 and number_hash = $2 limit 1',
    [orgId, numberHash],
  );
  return rows.length > 0;
}

/**
 * The countries (ISO 3166 two-letter codes) that may be called; null while the rules, or the people who asked not to
 * be called, were never read whole.
 */
export async function dialingRules(
  connection: Connection,
  orgId: string,
): Promise<{ allowedCountries: string[] } | null> {
  const [row] = await connection.query<{ allowedCountries: string[] }>(
    `select coalesce((select array_agg(country_code order by country_code) from crm_dialing_rule
                      where org_id = $1 and is_allowed), '{}') as "allowedCountries"
     from crm_sync_cursor
     where org_id = $1 and object_name = any($2::text[]) and complete_as_of is not null
     having count(*) = cardinality($2::text[])`,
    [orgId, ['Dialing_Rule__mdt', 'Contact', 'Lead']],
  );
  return row ?? null;
}

/** The users among these that the relay has a copy of. */
export async function repsOf(
  connection: Connection,
  orgId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Rep>> {
  const reps = await connection.query<Rep>(
    `select user_id as "userId", is_active as "isActive", time_zone as "timeZone", role_id as "roleId"
     from crm_user where org_id = $1 and user_id = any($2::text[])`,
    [orgId, userIds],
  );
  return new Map(reps.map((rep) => [rep.userId, rep]));
}

/** The relay's copy of a user; null when there is none (yet). */
export async function repOf(connection: Connection, orgId: string, userId: string): Promise<Rep | null> {
  return (await repsOf(connection, orgId, [userId])).get(userId) ?? null;
}

/** The relay's copy of the org itself; null when there is none yet. */
export async function organizationOf(
  connection: Connection,
  orgId: string,
): Promise<OrganizationCopy | null> {
  const [row] = await connection.query<OrganizationCopy>(
    `select org_id as "orgId", time_zone as "timeZone", fiscal_year_start_month as "fiscalYearStartMonth",
       fiscal_year_named_by as "fiscalYearNamedBy"
     from crm_organization where org_id = $1`,
    [orgId],
  );
  return row ?? null;
}

/** A rep's targets of all times, per whole period. */
export async function targetsOf(
  connection: Connection,
  orgId: string,
  userId: string,
): Promise<DatedValue[]> {
  return connection.query<DatedValue>(
    `select target_id as id, metric, target as value, effective_from as "effectiveFrom"
     from crm_target where org_id = $1 and user_id = $2 and not is_deleted`,
    [orgId, userId],
  );
}

/** A weight with what was set beside it; null where nothing was. */
export interface WeightCopy extends DatedValue {
  readonly floor: number | null;
  readonly cap: number | null;
  /** Seconds of talk. */
  readonly threshold: number | null;
}

/** The org's weights of all times. */
export async function weightsOf(connection: Connection, orgId: string): Promise<WeightCopy[]> {
  return connection.query<WeightCopy>(
    `select weight_id as id, metric, weight as value, effective_from as "effectiveFrom", floor, cap,
       threshold_seconds as threshold
     from crm_weight where org_id = $1 and not is_deleted`,
    [orgId],
  );
}

/** Which of these numbers, as `hashNumber` of calls makes them, are the org's own people's. */
export async function numbersOfOwnPeople(
  connection: Connection,
  orgId: string,
  numberHashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await connection.query<{ numberHash: string }>(
    `select distinct number_hash as "numberHash" from crm_user_number
     where org_id = $1 and number_hash = any($2::text[]) and extension = ''`,
    [orgId, numberHashes],
  );
  return new Set(rows.map(({ numberHash }) => numberHash));
}
