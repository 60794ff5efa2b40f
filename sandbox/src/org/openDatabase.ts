import type pg from 'pg';

import { createJobTables } from './bulk/jobStore.ts';
import type { OrgMetadata } from './schema/loadMetadata.ts';
import { deployRecords } from './setup.ts';
import type { OrganizationProfile } from './setup.ts';
import { inTransaction } from './storage/database.ts';
import type { Connection } from './storage/database.ts';
import { assignKeyPrefixes } from './storage/keyPrefixes.ts';
import { newOrganizationId } from './storage/recordIds.ts';
import { createBookkeeping, createTables, dropTables } from './storage/tables.ts';
import { createWorkSource } from './workSource.ts';
import type { WorkSource } from './workSource.ts';

/** Two starts at once must not build the same tables: the key of their lock. */
const SETUP_LOCK = 6_602_614;

/** What a database holds once it is an org's. */
export interface OpenedOrg {
  readonly orgId: string;
  /** With the prefixes that this database gives to custom objects. */
  readonly metadata: OrgMetadata;
  readonly works: WorkSource;
}

/** Builds or widens the tables and deploys what the metadata holds as records, in one transaction. */
export async function openDatabase(
  pool: pg.Pool,
  loaded: OrgMetadata,
  { organization, reset = false }: { organization: OrganizationProfile; reset?: boolean },
): Promise<OpenedOrg> {
  return inTransaction(pool, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    if (reset) await dropTables(connection);
    await createBookkeeping(connection);
    await createJobTables(connection);
    const schema = await assignKeyPrefixes(connection, loaded.schema);
    await createTables(connection, schema);
    const metadata = { ...loaded, schema };
    const orgId = await ensureOrganization(connection, organization);
    const works = createWorkSource(metadata);
    await deployRecords(await works.forSystem(connection), metadata);
    return { result: { metadata, orgId, works }, commit: true };
  });
}

async function ensureOrganization(connection: Connection, profile: OrganizationProfile): Promise<string> {
  const [row] = await connection.query<{ Id: string }>('SELECT "Id" FROM org."Organization"');
  if (row) return row.Id;
  const orgId = newOrganizationId();
  await connection.query(
    `INSERT INTO org."Organization" ("Id", "Name", "TimeZoneSidKey", "DefaultLocaleSidKey", "LanguageLocaleKey",
       "FiscalYearStartMonth", "OrganizationType", "IsSandbox", "CreatedDate", "LastModifiedDate", "SystemModstamp")
     VALUES ($1, $2, $3, 'en_US', 'en_US', $4, 'Developer Edition', true,
       date_trunc('second', now()), date_trunc('second', now()), date_trunc('second', now()))`,
    [orgId, profile.name, profile.timeZone, profile.fiscalYearStartMonth],
  );
  return orgId;
}
