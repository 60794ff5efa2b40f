import { createRecord, updateRecord } from './changes/saveRecord.ts';
import type { OrgMetadata } from './schema/loadMetadata.ts';
import { OPPORTUNITY_STAGES } from './schema/standard/opportunityStages.ts';
import { quoteIdentifier } from './storage/database.ts';
import { tableOf } from './storage/tables.ts';
import type { UnitOfWork } from './unitOfWork.ts';

/** What the org says of itself; its people may be anywhere else. */
export interface OrganizationProfile {
  readonly name: string;
  readonly timeZone: string;
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
}

/** Brings the records that come from metadata up to it: permission sets, custom metadata, stages, the price book. */
export async function deployRecords(work: UnitOfWork, metadata: OrgMetadata): Promise<void> {
  for (const set of metadata.permissionSets) {
    await deployRecord(work, 'PermissionSet', 'Name', { Name: set.name, Label: set.label });
  }
  for (const record of metadata.customMetadataRecords) {
    await deployRecord(work, record.objectName, 'DeveloperName', record.values);
  }
  for (const [index, stage] of OPPORTUNITY_STAGES.entries()) {
    await deployRecord(work, 'OpportunityStage', 'MasterLabel', {
      MasterLabel: stage.name,
      ApiName: stage.name,
      IsActive: true,
      SortOrder: index + 1,
      IsClosed: stage.isClosed,
      IsWon: stage.isWon,
      DefaultProbability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
    });
  }
  await deployRecord(work, 'Pricebook2', 'Name', {
    Name: 'Standard Price Book',
    IsActive: true,
    IsStandard: true,
  });
}

/** Creates the record with this key, or changes it where it differs, so that an unchanged one keeps its stamp. */
async function deployRecord(
  work: UnitOfWork,
  objectName: string,
  keyName: string,
  values: Readonly<Record<string, string | number | boolean | null>>,
): Promise<void> {
  const object = work.schema.object(objectName);
  if (!object) throw new Error(`The object ${objectName} is unknown`);
  const [row] = await work.connection.query<{ Id: string; stored: Record<string, unknown> }>(
    `SELECT "Id", row_to_json(r) AS stored FROM ${tableOf(object)} r
      WHERE ${quoteIdentifier(keyName)} = $1 AND NOT "IsDeleted"`,
    [values[keyName]],
  );
  if (!row) {
    await createRecord(work, object, values);
    return;
  }
  const isChanged = Object.entries(values).some(([name, value]) => (row.stored[name] ?? null) !== value);
  if (isChanged) await updateRecord(work, object, row.Id, values);
}

/** The permission set of this name, given to the user once however often it is asked for. */
export async function assignPermissionSet(work: UnitOfWork, userId: string, name: string): Promise<void> {
  const [set] = await work.connection.query<{ Id: string; isAssigned: boolean }>(
    `SELECT p."Id", EXISTS (SELECT 1 FROM org."PermissionSetAssignment" a
        WHERE a."PermissionSetId" = p."Id" AND a."AssigneeId" = $2 AND NOT a."IsDeleted") AS "isAssigned"
       FROM org."PermissionSet" p WHERE p."Name" = $1 AND NOT p."IsDeleted"`,
    [name, userId],
  );
  if (!set) throw new Error(`There is no permission set ${name}`);
  const object = work.schema.object('PermissionSetAssignment');
  if (set.isAssigned || !object) return;
  await createRecord(work, object, { AssigneeId: userId, PermissionSetId: set.Id });
}
