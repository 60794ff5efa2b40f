import * as z from 'zod/mini';
import { apiInstantSchema, copyChanges, type CopyContext } from './changedRecords.ts';

const userSchema = z.object({
  Id: z.string(),
  IsActive: z.boolean(),
  TimeZoneSidKey: z.string(),
  SystemModstamp: apiInstantSchema,
});

/** Copies which users are active, and where on the clock they are. */
export async function copyUsers(context: CopyContext): Promise<void> {
  await copyChanges(context, {
    objectName: 'User',
    fields: ['Id', 'IsActive', 'TimeZoneSidKey'],
    schema: userSchema,
    async store(connection, rows) {
      await connection.query(
        `insert into crm_user (org_id, user_id, is_active, time_zone)
         select $1, each.* from unnest($2::text[], $3::boolean[], $4::text[]) as each
         on conflict (org_id, user_id) do update
         set is_active = excluded.is_active, time_zone = excluded.time_zone`,
        [
          context.orgId,
          rows.map((row) => row.Id),
          rows.map((row) => row.IsActive),
          rows.map((row) => row.TimeZoneSidKey),
        ],
      );
    },
  });
}
