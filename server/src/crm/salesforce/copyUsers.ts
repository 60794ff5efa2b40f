import * as z from 'zod/mini';
import { hashEmail } from '../../calls/index.ts';
import type { Connection } from '../../database/index.ts';
import { readNumbers } from '../matching/readNumbers.ts';
import { storeCopies, type CopyTable } from '../storeCopies.ts';
import { apiInstantSchema, defineCopy, type CopyContext } from './changedRecords.ts';

const textSchema = z.nullable(z.string());
const userSchema = z.object({
  Id: z.string(),
  IsActive: z.boolean(),
  TimeZoneSidKey: z.string(),
  UserRoleId: textSchema,
  ManagerId: textSchema,
  Email: textSchema,
  Phone: textSchema,
  Extension: textSchema,
  MobilePhone: textSchema,
  SystemModstamp: apiInstantSchema,
});
type User = z.infer<typeof userSchema>;

const USER_TABLE: CopyTable = {
  name: 'crm_user',
  key: 'user_id',
  columns: {
    user_id: 'text',
    is_active: 'boolean',
    time_zone: 'text',
    role_id: 'text',
    manager_id: 'text',
    email_hash: 'text',
  },
};

/** The org's own people: who is active, where on the clock and in the hierarchy, and what tells their own numbers and address. */
export const userCopy = defineCopy({
  objectName: 'User',
  fields: [
    'Id',
    'IsActive',
    'TimeZoneSidKey',
    'UserRoleId',
    'ManagerId',
    'Email',
    'Phone',
    'Extension',
    'MobilePhone',
    'SystemModstamp',
  ],
  // Not the customers and partners who sign in to a portal, of whom there may be millions.
  condition: "UserType = 'Standard'",
  schema: userSchema,
  isUrgent: true,
  async store(connection, rows, context) {
    const { orgId, personalDataKey } = context;
    await storeCopies(
      connection,
      orgId,
      USER_TABLE,
      rows.map((row) => ({
        user_id: row.Id,
        is_active: row.IsActive,
        time_zone: row.TimeZoneSidKey,
        role_id: row.UserRoleId,
        manager_id: row.ManagerId,
        email_hash: row.Email === null ? null : hashEmail(personalDataKey, orgId, row.Email),
        modified_at: row.SystemModstamp,
      })),
    );
    await replaceNumbers(connection, rows, context);
  },
});

async function replaceNumbers(
  connection: Connection,
  users: readonly User[],
  context: CopyContext,
): Promise<void> {
  const entries = users.flatMap((user) =>
    readNumbers([user.Phone, user.MobilePhone], context, user.Extension).map((number) => ({
      userId: user.Id,
      ...number,
    })),
  );
  await connection.query('delete from crm_user_number where org_id = $1 and user_id = any($2::text[])', [
    context.orgId,
    users.map(({ Id }) => Id),
  ]);
  await connection.query(
    `insert into crm_user_number (org_id, user_id, number_hash, extension)
     select $1, each.* from unnest($2::text[], $3::text[], $4::text[]) as each on conflict do nothing`,
    [
      context.orgId,
      entries.map(({ userId }) => userId),
      entries.map(({ numberHash }) => numberHash),
      entries.map(({ extension }) => extension),
    ],
  );
}
