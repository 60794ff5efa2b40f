import type { OrgUnderTest } from '../org/orgUnderTest.ts';
import { seededRandom } from '../../src/seed/seededRandom.ts';

/** How large the teams below the manager are, and the number that their figures follow from. */
export interface TeamPlan {
  readonly teams: readonly { readonly name: string; readonly people: number }[];
  readonly seed: number;
}

const FIRST_NAMES = [
  'Imani',
  'Ana',
  'Ben',
  'Leo',
  'Sofia',
  'Noor',
  'Kai',
  'Elif',
  'Jonas',
  'Mei',
  'Pavel',
  'Rosa',
];
const LAST_NAMES = ['Okoye', 'Ruiz', 'Kowalski', 'Sand', 'Marin', 'Haddad', 'Tanaka', 'Demir', 'Berg', 'Lin'];
const QUARTERS = ['Q2 2025', 'Q3 2025', 'Q4 2025', 'Q1 2026', 'Q2 2026'];

/** Writes teams below the org's manager, each a role, and for every person a card of this quarter and of the last. */
export async function insertTeams(under: OrgUnderTest, plan: TeamPlan): Promise<void> {
  const { org, people } = under;
  const random = seededRandom(plan.seed);
  const [managerRole] = await org.query(`SELECT UserRoleId FROM User WHERE Id = '${people.manager}'`);
  const roles = await org.insert(
    'UserRole',
    plan.teams.map(({ name }) => ({ Name: name, ParentRoleId: managerRole?.['UserRoleId'] })),
  );
  const users = plan.teams.flatMap((team, index) =>
    Array.from({ length: team.people }, (_, position) => ({
      FirstName: FIRST_NAMES[position % FIRST_NAMES.length],
      LastName: nameOf(index, position),
      Username: `rep${index}.${position}@northwind-outdoor.test`,
      TimeZoneSidKey: 'America/Denver',
      UserRoleId: roles[index],
      ManagerId: people.manager,
      IsActive: true,
    })),
  );
  const userIds = await org.insert('User', users);
  const median = 71;
  const cards = userIds.flatMap((userId, index) => {
    const score = Math.round(Math.min(Math.max(median + (random() + random() + random() - 1.5) * 26, 8), 98));
    return [
      cardOf(userId, { index, score, random, median, peers: userIds.length }),
      { ...pastCardOf(userId, score) },
    ];
  });
  const cardIds: string[] = [];
  for (let start = 0; start < cards.length; start += 500)
    cardIds.push(...(await org.insert('Rep_Scorecard__c', cards.slice(start, start + 500))));
  await org.insert('Score_Dispute__c', [
    {
      Scorecard__c: cardIds[0],
      Metric__c: 'connectRate',
      Reason__c: 'Two of the dials were to my own desk phone.',
      Status__c: 'open',
    },
  ]);
  await insertDrive(under, userIds);
}

/** A drive of the first two people, which has ended. */
async function insertDrive({ org, people }: OrgUnderTest, userIds: readonly string[]): Promise<void> {
  const drive = {
    Metric__c: 'connectRate',
    Uplift__c: 20,
    First_Day__c: '2026-10-05',
    Last_Day__c: '2026-11-06',
  };
  const [driveId = ''] = await org.insert('Sales_Drive__c', [
    {
      OwnerId: people.manager,
      ...drive,
      Practice__c: 'Call before ten, and leave no voicemail at the first try.',
    },
  ]);
  const figures = { Baseline__c: 0.14, Expected__c: 0.155, Goal__c: 0.186, Days__c: 25 };
  const changes = [
    {
      Value__c: 0.211,
      Change__c: 0.056,
      Change_Low__c: 0.012,
      Change_High__c: 0.101,
      Verdict__c: 'improved',
    },
    {
      Value__c: 0.16,
      Change__c: 0.005,
      Change_Low__c: -0.041,
      Change_High__c: 0.052,
      Verdict__c: 'noEvidence',
    },
  ];
  await org.insert(
    'Sales_Drive_Member__c',
    userIds.slice(0, changes.length).map((userId, index) => ({
      OwnerId: userId,
      Drive__c: driveId,
      Rep__c: userId,
      Member_Key__c: `${driveId}:${userId}`,
      ...drive,
      ...figures,
      ...changes[index],
    })),
  );
}

function nameOf(team: number, position: number): string {
  const last = LAST_NAMES[(position * 7 + team * 3) % LAST_NAMES.length] ?? '';
  return position < FIRST_NAMES.length ? last : `${last} ${String(position).padStart(4, '0')}`;
}

interface CardPlan {
  readonly index: number;
  readonly score: number;
  readonly random: () => number;
  readonly median: number;
  readonly peers: number;
}

function cardOf(userId: string, { index, score, random, median, peers }: CardPlan) {
  const half = 5 + random() * 6;
  const standing = score - half > median ? 'above' : score + half < median ? 'below' : 'same';
  const previous = Math.round(score + (random() - 0.5) * 24);
  const change = score - previous + random();
  const changeHalf = 8 + random() * 3;
  const verdict =
    change - changeHalf > 0 ? 'improved' : change + changeHalf < 0 ? 'declined' : ('noEvidence' as const);
  const quota = 90_000 + Math.round(random() * 60) * 1_000;
  const attainment = Number((0.25 + random() * 0.75).toFixed(4));
  return {
    Scorecard_Key__c: `${userId}:2026-07-01`,
    OwnerId: userId,
    Rep__c: userId,
    Period_Start__c: '2026-07-01',
    Period_End__c: '2026-09-30',
    Period_Label__c: 'Q3 2026',
    Period_Share__c: 0.62,
    Days_Left__c: 35,
    Score__c: score,
    Score_Low__c: Math.max(score - half, 0),
    Score_High__c: Math.min(score + half, 100),
    Team_Score__c: median,
    Standing__c: standing,
    Rank_Low__c: Math.max(1, Math.round(peers * (1 - (score + half) / 100))),
    Rank_High__c: Math.min(peers, Math.max(1, Math.round(peers * (1 - (score - half) / 100)))),
    Peers__c: peers,
    Quota__c: quota,
    Won_Amount__c: Math.round(quota * attainment),
    Open_Amount__c: Math.round(quota * random() * 0.8),
    Attainment__c: attainment,
    History__c: QUARTERS.map(
      (label, at) => `${label}:${Math.round(score + (at - 4) * (random() * 6 - 3))}`,
    ).join(';'),
    Verdict__c: verdict,
    Change__c: change,
    Change_Low__c: change - changeHalf,
    Change_High__c: change + changeHalf,
    Previous_Score__c: previous,
    Previous_Label__c: 'Q2 2026',
    Ramp_Month__c: index % 9 === 4 ? 2 : null,
    Dials__c: 400 + Math.round(random() * 400),
    Connects__c: 120,
    Conversations__c: 90,
    Calls_Logged__c: 500,
    Calls_Pending__c: 4,
    Calls_Contradicted__c: index % 8 === 5 ? 1 : 0,
    Evidence_Basis__c: 'verified',
    Watermark__c: 1,
    Calculated_At__c: '2026-08-26T14:10:00.000Z',
  };
}

function pastCardOf(userId: string, score: number) {
  return {
    Scorecard_Key__c: `${userId}:2026-04-01`,
    OwnerId: userId,
    Rep__c: userId,
    Period_Start__c: '2026-04-01',
    Period_End__c: '2026-06-30',
    Period_Label__c: 'Q2 2026',
    Period_Share__c: 1,
    Score__c: score,
    Score_Low__c: score - 6,
    Score_High__c: Math.min(score + 6, 100),
    Dials__c: 800,
    Calls_Logged__c: 800,
    Evidence_Basis__c: 'verified',
    Calculated_At__c: '2026-07-01T06:10:00.000Z',
  };
}
