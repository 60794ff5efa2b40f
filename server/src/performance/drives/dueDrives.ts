import { METRIC_NAMES, type MetricName } from '@scoreline/contract';
import type { Connection } from '../../database/index.ts';

/** A drive whose members are to be told how it goes. Days are `YYYY-MM-DD`. */
export interface DueDrive {
  readonly driveId: string;
  readonly metric: MetricName;
  /** As a share of what is expected. */
  readonly uplift: number;
  readonly startDay: string;
  readonly endDay: string;
  /** What its members do differently; null where nobody said. */
  readonly practice: string | null;
  readonly members: readonly DriveMember[];
}

export interface DriveMember {
  readonly memberKey: string;
  readonly userId: string;
  readonly timeZone: string;
  readonly roleId: string | null;
}

interface MemberRow extends DriveMember {
  readonly driveId: string;
  readonly metric: string;
  readonly uplift: number | null;
  readonly startDay: string;
  readonly endDay: string;
  readonly practice: string | null;
}

/** How often a running drive is told of. */
const TELL_AGAIN = '1 hour';
/** What comes late still counts for so long after a drive's end; then its result stays. */
const SETTLES_WITHIN = '7 days';

/** The drives that run or have just ended and were not told of lately, or changed since; with everybody who takes part. */
export async function dueDrives(connection: Connection, orgId: string): Promise<DueDrive[]> {
  const rows = await connection.query<MemberRow>(
    `select drive.drive_id as "driveId", drive.metric, drive.uplift,
       drive.first_day as "startDay", drive.last_day as "endDay", drive.practice,
       member.member_key as "memberKey", rep.user_id as "userId", rep.time_zone as "timeZone",
       rep.role_id as "roleId"
     from crm_sales_drive drive
     join crm_drive_member member on member.org_id = drive.org_id and member.drive_id = drive.drive_id
     join crm_user rep on rep.org_id = member.org_id and rep.user_id = member.user_id
     left join drive_progress told on told.org_id = drive.org_id and told.drive_id = drive.drive_id
     where drive.org_id = $1 and not drive.is_deleted and not member.is_deleted
       and member.member_key is not null and drive.metric = any($4::text[])
       and drive.first_day <= drive.last_day
       and drive.first_day <= (now() + interval '14 hours')::date
       and (now() < drive.last_day + 1 + $3::interval or told.told_at is null)
       and (told.told_at is null or told.told_at < now() - $2::interval
         or drive.changed_at > told.told_at or member.changed_at > told.told_at)
     order by drive.drive_id, member.member_id`,
    [orgId, TELL_AGAIN, SETTLES_WITHIN, METRIC_NAMES],
  );
  return [...Map.groupBy(rows, ({ driveId }) => driveId)].flatMap(([driveId, members]) => {
    const [first] = members;
    const metric = METRIC_NAMES.find((name) => name === first?.metric);
    if (first === undefined || metric === undefined) return [];
    const { startDay, endDay, practice } = first;
    return [{ driveId, metric, uplift: (first.uplift ?? 0) / 100, startDay, endDay, practice, members }];
  });
}

/** Everybody of these roles, at most so many as tell well enough how people differ. */
export async function peopleOfRoles(
  connection: Connection,
  orgId: string,
  roleIds: readonly string[],
): Promise<Omit<DriveMember, 'memberKey'>[]> {
  return connection.query<Omit<DriveMember, 'memberKey'>>(
    `select rep.user_id as "userId", rep.time_zone as "timeZone", rep.role_id as "roleId"
     from crm_user rep join rep_rollup rollup using (org_id, user_id)
     where rep.org_id = $1 and rep.is_active and rep.role_id = any($2::text[])
     order by rep.user_id limit 200`,
    [orgId, roleIds],
  );
}

export async function recordDriveTold(connection: Connection, orgId: string, driveId: string): Promise<void> {
  await connection.query(
    `insert into drive_progress (org_id, drive_id, told_at) values ($1, $2, now())
     on conflict (org_id, drive_id) do update set told_at = now()`,
    [orgId, driveId],
  );
}
