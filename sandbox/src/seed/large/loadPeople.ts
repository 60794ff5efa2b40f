import type { LocalOrg } from '../../org/index.ts';
import { WEIGHTS } from '../company.ts';
import type { Person, Staff, Team } from './staff.ts';

/** Older than any period the demo shows. */
const EFFECTIVE_FROM = '2020-01-01';
/** Of a whole quarter: what a rep of average pace and skill comes near to. */
const TARGETS = {
  dials: 380,
  connects: 58,
  connectRate: 0.16,
  conversations: 36,
  talkSeconds: 8_400,
  meetingsPerConversation: 0.2,
  commitmentsKept: 0.9,
} as const;
const MAIL_DOMAIN = 'northwind-outdoor.test';

/** Writes roles and users with their permission sets: every manager above one team, the relay above all. */
export async function loadPeople(
  org: LocalOrg,
  { teams, managers, reps }: Staff,
  relayUsername: string,
): Promise<{ reps: string[]; relayUser: string }> {
  // Activities have no sharing rules: to amend the reps' Tasks, the relay's user has a role above theirs.
  const [top = ''] = await org.insert('UserRole', [{ Name: 'Integration', DeveloperName: 'Integration' }]);
  const managerRoles = await org.insert(
    'UserRole',
    teams.map((team) => roleOf(team, 'Sales Manager', top)),
  );
  const repRoles = await org.insert(
    'UserRole',
    teams.map((team, index) => roleOf(team, 'Account Executive', managerRoles[index] ?? '')),
  );
  const managerIds = await org.insert(
    'User',
    managers.map((manager) => ({
      ...userFields(manager, teams),
      Title: 'Sales Manager',
      UserRoleId: managerRoles[manager.team],
    })),
  );
  const repIds = await org.insert(
    'User',
    reps.map((rep) => ({
      ...userFields(rep, teams),
      Title: 'Account Executive',
      UserRoleId: repRoles[rep.team],
      ManagerId: managerIds[rep.team],
    })),
  );
  const [relayUser = ''] = await org.insert('User', [
    {
      LastName: 'Scoreline Relay',
      Username: relayUsername,
      Email: relayUsername,
      UserRoleId: top,
      TimeZoneSidKey: 'UTC',
    },
  ]);
  for (const id of managerIds) await org.assignPermissionSet(id, 'Scoreline_Manager');
  // One of them administers too, so that somebody sees the set-up page.
  for (const id of managerIds.slice(0, 1)) await org.assignPermissionSet(id, 'Scoreline_Admin');
  for (const id of repIds) await org.assignPermissionSet(id, 'Scoreline_Rep');
  await org.assignPermissionSet(relayUser, 'Scoreline_Relay');
  return { reps: repIds, relayUser };
}

function roleOf(team: Team, name: string, parentId: string) {
  const label = `${name}, ${team.name}`;
  return { Name: label, DeveloperName: label.replaceAll(/\W+/gu, '_'), ParentRoleId: parentId };
}

function userFields({ firstName, lastName, team }: Person, teams: readonly Team[]) {
  const mail = `${firstName}.${lastName}@${MAIL_DOMAIN}`.toLowerCase();
  return {
    FirstName: firstName,
    LastName: lastName,
    Username: mail,
    Email: mail,
    TimeZoneSidKey: teams[team]?.zone ?? 'UTC',
    LocaleSidKey: teams[team]?.locale ?? 'en_US',
    IsActive: true,
  };
}

/** Writes what the reps are to reach, and when they were away. */
export async function loadGoals(org: LocalOrg, staff: Staff, repIds: readonly string[]): Promise<void> {
  await org.insert(
    'Score_Weight__c',
    Object.entries(WEIGHTS).map(([metric, weight]) => ({
      Metric__c: metric,
      Weight__c: weight,
      Effective_From__c: EFFECTIVE_FROM,
    })),
  );
  await org.load(
    'Rep_Target__c',
    repIds.flatMap((repId) =>
      Object.entries(TARGETS).map(([metric, target]) => ({
        OwnerId: repId,
        Rep__c: repId,
        Metric__c: metric,
        Target__c: target,
        Effective_From__c: EFFECTIVE_FROM,
      })),
    ),
  );
  await org.load(
    'Rep_Absence__c',
    staff.reps.flatMap(({ absences }, index) =>
      absences.map(({ firstDay, lastDay, reason }) => ({
        OwnerId: repIds[index] ?? '',
        Rep__c: repIds[index] ?? '',
        First_Day__c: firstDay,
        Last_Day__c: lastDay,
        Share__c: 100,
        Reason__c: reason,
      })),
    ),
  );
}
