import type { FieldGrant, ObjectGrant, PermissionSetDefinition } from '../schema/permissionSets.ts';
import type { Connection } from '../storage/database.ts';

/** Who asks, and what their permission sets and their role allow. Read anew for every request. */
export interface UserAccess {
  /** Null for the org itself, which may do everything. */
  readonly userId: string | null;
  readonly timeZone: string;
  readonly fiscalYearStartMonth: number;
  /** Whether a fiscal year has the number of the year in which it starts; else of the one in which it ends. */
  readonly namesFiscalYearByStart: boolean;
  /** The user and everybody whose role is below theirs. */
  readonly visibleOwnerIds: readonly string[];
  readonly userPermissions: ReadonlySet<string>;
  readonly objectGrants: ReadonlyMap<string, ObjectGrant>;
  readonly fieldGrants: ReadonlyMap<string, FieldGrant>;
  /** Lower-case `object.field` names that nobody may see for the time being. */
  readonly hiddenFields?: ReadonlySet<string>;
}

interface UserRow {
  TimeZoneSidKey: string;
  FiscalYearStartMonth: number;
  UsesStartDateAsFiscalYearName: boolean;
  permissionSets: string[];
  subordinates: string[];
}

const USER_SQL = `
  WITH RECURSIVE below AS (
    SELECT r."Id" FROM org."UserRole" r JOIN org."User" u ON r."ParentRoleId" = u."UserRoleId"
     WHERE u."Id" = $1 AND NOT r."IsDeleted"
    UNION
    SELECT r."Id" FROM org."UserRole" r JOIN below b ON r."ParentRoleId" = b."Id" WHERE NOT r."IsDeleted"
  )
  SELECT u."TimeZoneSidKey", o."FiscalYearStartMonth", o."UsesStartDateAsFiscalYearName",
         ARRAY(SELECT p."Name" FROM org."PermissionSetAssignment" a
                 JOIN org."PermissionSet" p ON p."Id" = a."PermissionSetId"
                WHERE a."AssigneeId" = u."Id" AND NOT a."IsDeleted") AS "permissionSets",
         ARRAY(SELECT s."Id" FROM org."User" s JOIN below b ON s."UserRoleId" = b."Id") AS "subordinates"
    FROM org."User" u CROSS JOIN org."Organization" o
   WHERE u."Id" = $1 AND u."IsActive" AND NOT u."IsDeleted"`;

/** The access of an active user, or null where there is no such user. */
export async function loadUserAccess(
  connection: Connection,
  permissionSets: readonly PermissionSetDefinition[],
  userId: string,
): Promise<UserAccess | null> {
  const [row] = await connection.query<UserRow>(USER_SQL, [userId]);
  if (!row) return null;
  const assigned = permissionSets.filter((set) => row.permissionSets.includes(set.name));
  return {
    userId,
    timeZone: row.TimeZoneSidKey,
    fiscalYearStartMonth: row.FiscalYearStartMonth,
    namesFiscalYearByStart: row.UsesStartDateAsFiscalYearName,
    visibleOwnerIds: [userId, ...row.subordinates],
    userPermissions: new Set(assigned.flatMap((set) => set.userPermissions)),
    objectGrants: mergeObjectGrants(assigned),
    fieldGrants: mergeFieldGrants(assigned),
  };
}

/** The org acting by itself: sample data, and what Apex does without sharing. */
export function systemAccess(
  timeZone: string,
  fiscalYearStartMonth: number,
  namesFiscalYearByStart = false,
): UserAccess {
  return {
    userId: null,
    timeZone,
    fiscalYearStartMonth,
    namesFiscalYearByStart,
    visibleOwnerIds: [],
    userPermissions: new Set(['ModifyAllData', 'ViewAllData']),
    objectGrants: new Map(),
    fieldGrants: new Map(),
  };
}

function mergeObjectGrants(sets: readonly PermissionSetDefinition[]): Map<string, ObjectGrant> {
  const merged = new Map<string, ObjectGrant>();
  for (const [name, grant] of sets.flatMap((set) => [...set.objects])) {
    const other = merged.get(name);
    merged.set(
      name,
      other
        ? {
            read: other.read || grant.read,
            create: other.create || grant.create,
            edit: other.edit || grant.edit,
            delete: other.delete || grant.delete,
            viewAll: other.viewAll || grant.viewAll,
            modifyAll: other.modifyAll || grant.modifyAll,
          }
        : grant,
    );
  }
  return merged;
}

function mergeFieldGrants(sets: readonly PermissionSetDefinition[]): Map<string, FieldGrant> {
  const merged = new Map<string, FieldGrant>();
  for (const [name, grant] of sets.flatMap((set) => [...set.fields])) {
    const other = merged.get(name);
    merged.set(name, {
      readable: grant.readable || (other?.readable ?? false),
      editable: grant.editable || (other?.editable ?? false),
    });
  }
  return merged;
}
