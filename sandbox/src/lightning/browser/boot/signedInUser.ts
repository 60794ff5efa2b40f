import * as z from 'zod/mini';
import type { AppModel, Session, SignedInUser } from '../../environmentTypes.ts';

const DEFAULT_LOCALE = 'en_US';

const userSchema = z.object({
  Name: z.string(),
  Title: z.nullable(z.string()),
  TimeZoneSidKey: z.string(),
  LocaleSidKey: z.nullable(z.string()),
});
const organizationSchema = z.object({ Name: z.string() });
const assignmentSchema = z.object({ PermissionSet: z.nullable(z.object({ Name: z.string() })) });

/** The org no longer takes the session. */
export class SessionEndedError extends Error {}

async function query<T>(
  session: Session,
  apiVersion: string,
  soql: string,
  schema: z.ZodMiniType<T>,
): Promise<T[]> {
  const response = await fetch(`/services/data/v${apiVersion}/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${session.accessToken}` },
  });
  if (response.status === 401) {
    throw new SessionEndedError('Your session has ended.');
  }
  if (!response.ok) {
    throw new Error(`The org answered ${response.status} to "${soql}"`);
  }
  return z.object({ records: z.array(schema) }).parse(await response.json()).records;
}

/**
 * Reads who is signed in, in which time zone and with which permissions.
 * @throws SessionEndedError when the org refuses the session, or no longer has the user
 */
export async function readSignedInUser(
  session: Session,
  app: AppModel,
  apiVersion: string,
): Promise<SignedInUser> {
  const userId = session.userId.replaceAll(/[^a-zA-Z0-9]/gu, '');
  const [users, organizations, assignments] = await Promise.all([
    query(
      session,
      apiVersion,
      `SELECT Name, Title, TimeZoneSidKey, LocaleSidKey FROM User WHERE Id = '${userId}'`,
      userSchema,
    ),
    query(session, apiVersion, 'SELECT Name FROM Organization', organizationSchema),
    query(
      session,
      apiVersion,
      `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${userId}'`,
      assignmentSchema,
    ),
  ]);
  const [user] = users;
  if (user === undefined) {
    throw new SessionEndedError('This user is no longer in the org.');
  }
  const granted = assignments.flatMap(
    ({ PermissionSet }) => app.permissionSets[PermissionSet?.Name ?? ''] ?? [],
  );
  return {
    userId: session.userId,
    name: user.Name,
    title: user.Title ?? '',
    timeZone: user.TimeZoneSidKey,
    locale: (user.LocaleSidKey ?? DEFAULT_LOCALE).replaceAll('_', '-'),
    organizationName: organizations[0]?.Name ?? '',
    customPermissions: granted.flatMap(({ customPermissions }) => customPermissions),
    userPermissions: granted.flatMap(({ userPermissions }) => userPermissions),
    visibleTabs: granted.flatMap(({ visibleTabs }) => visibleTabs),
  };
}
