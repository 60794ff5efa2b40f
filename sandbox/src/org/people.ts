import type { DemoUser } from './demoLogin.ts';
import type { ConnectedApp } from './oauth.ts';
import type { UnitOfWork } from './unitOfWork.ts';

/** The active users who are people, oldest first: those of connected applications are left out. */
export async function listPeople(
  work: UnitOfWork,
  connectedApps: readonly ConnectedApp[],
): Promise<DemoUser[]> {
  return work.connection.query<DemoUser>(
    `SELECT u."Id" AS "userId", u."Name" AS name, u."Title" AS title, r."Name" AS role
       FROM org."User" u LEFT JOIN org."UserRole" r ON r."Id" = u."UserRoleId"
      WHERE u."IsActive" AND NOT u."IsDeleted" AND NOT lower(u."Username") = ANY($1::text[]) ORDER BY u."Id"`,
    [connectedApps.map((app) => app.username.toLowerCase())],
  );
}

/** The id of the active user of this name, or null. */
export async function findUserId(work: UnitOfWork, username: string): Promise<string | null> {
  const [row] = await work.connection.query<{ Id: string }>(
    `SELECT "Id" FROM org."User" WHERE lower("Username") = lower($1) AND "IsActive" AND NOT "IsDeleted"`,
    [username],
  );
  return row?.Id ?? null;
}

/** What an identity tells of an active user, or null where there is none. */
export async function readUser(
  work: UnitOfWork,
  userId: string,
): Promise<Record<string, string | null> | null> {
  const [row] = await work.connection.query<Record<string, string | null>>(
    `SELECT "Username", "Name", "Email", "TimeZoneSidKey" FROM org."User" WHERE "Id" = $1 AND "IsActive"`,
    [userId],
  );
  return row ?? null;
}
