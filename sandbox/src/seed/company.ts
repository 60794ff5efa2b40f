import { SAMPLE_REPORTS, type LocalOrg } from '../org/index.ts';
import { seedDeals } from './deals.ts';
import { ACCOUNTS, CONTACTS } from './people.ts';

/** Targets of a whole quarter, small enough for a demo that a few calls move the score. */
const QUARTER_TARGETS = {
  dials: 90,
  connects: 30,
  connectRate: 0.35,
  conversations: 22,
  talkSeconds: 4_200,
  meetingsPerConversation: 0.3,
  attainment: 1,
  commitmentsKept: 0.9,
} as const;
/** The most points that each metric can give. */
export const WEIGHTS = {
  dials: 10,
  connectRate: 15,
  conversations: 20,
  meetingsPerConversation: 15,
  attainment: 25,
  commitmentsKept: 15,
} as const;
/** Older than any period the demo shows. */
const EFFECTIVE_FROM = '2020-01-01';
const TIME_ZONE = 'America/Denver';
/** So many of the contacts are in the campaign of renewals. */
const RENEWALS = 9;

interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly role: 'manager' | 'rep' | 'admin';
  /** Where colleagues reach them. */
  readonly phone: string;
}

const PEOPLE: readonly Person[] = [
  {
    firstName: 'Maya',
    lastName: 'Lindqvist',
    title: 'Account Executive',
    role: 'rep',
    phone: '+1 303 555 0301',
  },
  {
    firstName: 'Tomas',
    lastName: 'Okafor',
    title: 'Account Executive',
    role: 'rep',
    phone: '+1 303 555 0302',
  },
  {
    firstName: 'Ingrid',
    lastName: 'Bauer',
    title: 'Sales Manager',
    role: 'manager',
    phone: '+1 303 555 0303',
  },
  {
    firstName: 'Astrid',
    lastName: 'Nwosu',
    title: 'Salesforce Admin',
    role: 'admin',
    phone: '+1 303 555 0304',
  },
];

/** Fills an empty org with a small company: two reps, their manager, an admin, the relay's user, accounts, contacts, targets. */
export async function seedCompany(org: LocalOrg, relayUsername: string): Promise<void> {
  // Activities have no sharing rules: to amend the reps' Tasks, the relay's user has a role above theirs.
  const [relayRoleId = ''] = await org.insert('UserRole', [
    { Name: 'Integration', DeveloperName: 'Integration' },
  ]);
  const [managerRoleId = ''] = await org.insert('UserRole', [
    { Name: 'Sales Manager', DeveloperName: 'Sales_Manager', ParentRoleId: relayRoleId },
  ]);
  const [repRoleId = ''] = await org.insert('UserRole', [
    { Name: 'Account Executive', DeveloperName: 'Account_Executive', ParentRoleId: managerRoleId },
  ]);
  const roleIds = { manager: managerRoleId, rep: repRoleId, admin: null };
  const userIds = await org.insert('User', [
    ...PEOPLE.map(({ firstName, lastName, title, role, phone }) => ({
      FirstName: firstName,
      LastName: lastName,
      Title: title,
      Phone: phone,
      Username: `${firstName}.${lastName}@northwind-outdoor.test`.toLowerCase(),
      Email: `${firstName}.${lastName}@northwind-outdoor.test`.toLowerCase(),
      UserRoleId: roleIds[role],
      TimeZoneSidKey: TIME_ZONE,
      IsActive: true,
    })),
    {
      LastName: 'Scoreline Relay',
      Username: relayUsername,
      Email: relayUsername,
      UserRoleId: relayRoleId,
      TimeZoneSidKey: TIME_ZONE,
      IsActive: true,
    },
  ]);
  const relayUserId = userIds.at(-1) ?? '';
  await assignPermissionSets(org, userIds.slice(0, PEOPLE.length), relayUserId);

  const repIds = userIds.filter((_, index) => PEOPLE[index]?.role === 'rep');
  const accountIds = await org.insert(
    'Account',
    ACCOUNTS.map((account) => ({ ...account, OwnerId: repIds[0] })),
  );
  const contactIds = await org.insert(
    'Contact',
    CONTACTS.map(({ account, ...contact }, index) => ({
      ...contact,
      AccountId: accountIds[account],
      OwnerId: repIds[index % repIds.length],
    })),
  );
  await seedCampaigns(org, repIds[0], contactIds);
  await seedReports(org);
  await org.insert(
    'Rep_Target__c',
    repIds.flatMap((repId) =>
      Object.entries(QUARTER_TARGETS).map(([metric, target]) => ({
        Rep__c: repId,
        Metric__c: metric,
        Target__c: target,
        Effective_From__c: EFFECTIVE_FROM,
      })),
    ),
  );
  await org.insert(
    'Score_Weight__c',
    Object.entries(WEIGHTS).map(([metric, weight]) => ({
      Metric__c: metric,
      Weight__c: weight,
      Effective_From__c: EFFECTIVE_FROM,
    })),
  );
  await seedDeals(org, {
    repIds,
    accountIds,
    contacts: CONTACTS.map(({ account }, index) => ({ id: contactIds[index] ?? '', account })),
    timeZone: TIME_ZONE,
  });
}

/** What the reps may work through: the people of the first accounts, and those of the others. */
async function seedCampaigns(
  org: LocalOrg,
  ownerId: string | undefined,
  contactIds: readonly string[],
): Promise<void> {
  const [renewalsId, fairId] = await org.insert(
    'Campaign',
    ['West renewals', 'Spring fair'].map((Name) => ({
      Name,
      Type: 'Telemarketing',
      Status: 'In Progress',
      IsActive: true,
      OwnerId: ownerId,
    })),
  );
  await org.insert(
    'CampaignMember',
    contactIds.map((ContactId, index) => ({
      ContactId,
      CampaignId: index < RENEWALS ? renewalsId : fairId,
      Status: 'Sent',
    })),
  );
}

/** The reports that the reps have viewed, one a day. */
async function seedReports(org: LocalOrg): Promise<void> {
  const dayMs = 86_400_000;
  await org.insert(
    'Report',
    Object.entries(SAMPLE_REPORTS).map(([DeveloperName, { name }], index) => ({
      DeveloperName,
      Name: name,
      Format: 'Tabular',
      LastViewedDate: new Date(Date.now() - index * dayMs).toISOString(),
    })),
  );
}

async function assignPermissionSets(
  org: LocalOrg,
  peopleIds: readonly string[],
  relayUserId: string,
): Promise<void> {
  const setOf = { rep: 'Scoreline_Rep', manager: 'Scoreline_Manager', admin: 'Scoreline_Admin' } as const;
  const assignments = [
    ...peopleIds.map((userId, index) => ({ userId, permissionSet: setOf[PEOPLE[index]?.role ?? 'rep'] })),
    { userId: relayUserId, permissionSet: 'Scoreline_Relay' },
  ];
  for (const { userId, permissionSet } of assignments) await org.assignPermissionSet(userId, permissionSet);
}
