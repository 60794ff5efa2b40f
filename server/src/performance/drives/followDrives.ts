import { METRICS } from '@scoreline/contract';
import {
  comparableOf,
  driveResultsOf,
  driveWindowsOf,
  type DriveResult,
  type DriveWindow,
  type DriveWindows,
  type Estimate,
} from '@scoreline/scoring';
import { DateTime } from 'luxon';
import type { PublishRecords } from '../../crm/index.ts';
import type { Connection, Database } from '../../database/index.ts';
import { figuresOf } from '../figuresOf.ts';
import { dueDrives, peopleOfRoles, recordDriveTold, type DriveMember, type DueDrive } from './dueDrives.ts';

/**
 * Tells the members of drives how they go, and in the end honestly how they went. Meant to run after every pass of the
 * sync; a drive is told of once an hour.
 *
 * @param now the moment of which the days are; the clock's when absent
 * @throws CrmError when the org could not be asked; the drive is told of again then
 */
export async function followDrives(
  database: Database,
  publish: PublishRecords,
  orgId: string,
  now: Date = new Date(),
): Promise<void> {
  for (const drive of await dueDrives(database, orgId)) {
    const records = await recordsOf(database, orgId, drive, now);
    if (records.length > 0) {
      const group = { objectName: 'Sales_Drive_Member__c', externalIdField: 'Member_Key__c', records };
      await publish(orgId, group);
    }
    await recordDriveTold(database, orgId, drive.driveId);
  }
}

async function recordsOf(connection: Connection, orgId: string, drive: DueDrive, now: Date) {
  const { metric, uplift, members } = drive;
  const { better } = METRICS[metric];
  if (better === 'neither') return [];
  // One calendar for all: the latest day that any of them has, so that nobody's last day is cut off.
  const today =
    members
      .map(({ timeZone }) => dayIn(timeZone, now))
      .toSorted()
      .at(-1) ?? dayIn('UTC', now);
  const windows = driveWindowsOf(drive, today);
  if (windows === null) return [];
  const estimate = (rep: Omit<DriveMember, 'memberKey'>, window: DriveWindow): Promise<Estimate | null> =>
    estimateOf(connection, { orgId, rep, metric, today }, window);
  const figures = [];
  for (const member of members)
    figures.push({
      now: await estimate(member, windows.drive),
      before: await estimate(member, windows.baseline),
    });
  const everybody: Estimate[] = [];
  const roleIds = [...new Set(members.flatMap(({ roleId }) => roleId ?? []))];
  for (const person of await peopleOfRoles(connection, orgId, roleIds)) {
    const before = await estimate(person, windows.baseline);
    if (before !== null) everybody.push(before);
  }
  const results = driveResultsOf({ members: figures, everybody, uplift, better, isOver: windows.isOver });
  return members.flatMap((member, index) => {
    const result = results[index];
    return result === undefined
      ? []
      : [{ ...memberRecord(member, result, windows, now), ...driveFields(drive) }];
  });
}

async function estimateOf(
  connection: Connection,
  asked: {
    readonly orgId: string;
    readonly rep: Omit<DriveMember, 'memberKey'>;
    readonly metric: DueDrive['metric'];
    readonly today: string;
  },
  window: DriveWindow,
): Promise<Estimate | null> {
  const { orgId, rep, metric, today } = asked;
  const question = { orgId, userId: rep.userId, timeZone: rep.timeZone, roleId: rep.roleId, today };
  const figures = await figuresOf(connection, question, { ...window, label: '' });
  return comparableOf(metric, figures);
}

/** What the drive is about: its members may not see it, nor each other's figures. */
function driveFields({ metric, uplift, startDay, endDay, practice }: DueDrive) {
  return {
    Metric__c: metric,
    Uplift__c: Number((uplift * 100).toFixed(1)),
    First_Day__c: startDay,
    Last_Day__c: endDay,
    Practice__c: practice,
  };
}

function memberRecord(
  { memberKey, userId }: DriveMember,
  { baseline, expected, goal, value, change, verdict }: DriveResult,
  windows: DriveWindows,
  now: Date,
) {
  return {
    Member_Key__c: memberKey,
    // Whoever added the rep, the record is the rep's own, so that the rep and everybody above see it.
    OwnerId: userId,
    Baseline__c: toScale(baseline),
    Expected__c: toScale(expected),
    Goal__c: toScale(goal),
    Value__c: toScale(value),
    Change__c: toScale(change?.difference ?? null),
    Change_Low__c: toScale(change?.low ?? null),
    Change_High__c: toScale(change?.high ?? null),
    Verdict__c: verdict,
    Days__c: windows.workingDays,
    Calculated_At__c: now.toISOString(),
  };
}

/** The fields keep four decimals. */
function toScale(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}

function dayIn(timeZone: string, now: Date): string {
  const day = DateTime.fromJSDate(now, { zone: timeZone }).toISODate();
  if (day === null) throw new RangeError('The zone is not valid');
  return day;
}
