import { DateTime } from 'luxon';

import { askingLookups } from './changes/lookups.ts';
import { loadUserAccess, systemAccess } from './access/userAccess.ts';
import type { OrgMetadata } from './schema/loadMetadata.ts';
import type { Connection } from './storage/database.ts';
import { createIdSource } from './storage/recordIds.ts';
import type { UnitOfWork } from './unitOfWork.ts';

/** Makes the units of work of one org. */
export interface WorkSource {
  /** The work of a user, or null where there is no such active user. */
  forUser(connection: Connection, userId: string): Promise<UnitOfWork | null>;
  forSystem(connection: Connection): Promise<UnitOfWork>;
}

/** Units of work over the org's metadata, which read the user's access from the transaction they are given. */
export function createWorkSource(metadata: OrgMetadata): WorkSource {
  const { schema, permissionSets, validationRules } = metadata;
  const ids = createIdSource();
  return {
    async forUser(connection, userId) {
      const access = await loadUserAccess(connection, permissionSets, userId);
      if (!access) return null;
      const now = DateTime.now().setZone(access.timeZone);
      return {
        connection,
        schema,
        access,
        ids,
        lookups: askingLookups(connection),
        validationRules,
        now,
        actorId: userId,
      };
    },
    async forSystem(connection) {
      const [row] = await connection.query<{
        zone: string;
        month: number;
        byStart: boolean;
        actorId: string | null;
      }>(
        `SELECT o."TimeZoneSidKey" AS zone, o."FiscalYearStartMonth" AS month,
                o."UsesStartDateAsFiscalYearName" AS "byStart",
                (SELECT min(u."Id" COLLATE "C") FROM org."User" u WHERE u."IsActive") AS "actorId"
           FROM org."Organization" o`,
      );
      const access = systemAccess(row?.zone ?? 'UTC', row?.month ?? 1, row?.byStart);
      const now = DateTime.now().setZone(access.timeZone);
      return {
        connection,
        schema,
        access,
        ids,
        lookups: askingLookups(connection),
        validationRules,
        now,
        actorId: row?.actorId ?? null,
      };
    },
  };
}
